"""What a browser keeps for the time without a connection."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

from crm.access.guard import sellers_only
from crm.desk import offline
from crm.web import answer


@require_safe
@sellers_only
def offline_data(request):
    """Today's queue, recent people and their briefs as JSON; kept on the device, at most seven days."""
    return answer.data(offline.reading(request.installation))


@login_not_required
@require_safe
def offline_shell(request):
    """The page that stands in for any other without a connection. It is nobody's: a device fills it in by itself."""
    return answer.page(request, "desk/offline_shell.html", {"for_device": True})


@login_not_required
@require_safe
def offline_worker(request):
    """The service worker, from the root, as it may only stand in for pages below its own address."""
    return answer.script(offline.worker())
