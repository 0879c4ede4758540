from django.urls import reverse
from django.views.decorators.http import require_http_methods

from crm.access import audit, sessions
from crm.access.guard import touches_no_sales_record
from crm.web import answer


@touches_no_sales_record
@require_http_methods(["GET", "HEAD", "POST"])
def settings_sessions(request):
    """The browsers one is signed in with; the form signs all others out."""
    if request.method == "POST":
        ended = sessions.end(request.user, but=request.session.session_key)
        audit.note(request, "signed_out_elsewhere", f"{ended} browsers" if ended != 1 else "one browser")
        return answer.saved(request, reverse("settings_sessions"), leave=True, toast=sessions.ended_words(ended))
    rows = sessions.browsers(request.user, request.session.session_key)
    return answer.page(request, "access/settings_sessions.html", {"rows": rows})
