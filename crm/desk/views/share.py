"""Links that show one page to whoever has them: making, listing, ending, and what they show."""

from django.contrib.auth.decorators import login_not_required
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Prospect
from crm.access import audit
from crm.access.guard import fetch, sellers_only, touches_no_sales_record
from crm.desk import sharing
from crm.desk.forms.share import ShareForm
from crm.desk.models import ShareLink
from crm.web import address, answer

ROWS = 200


@require_safe
@sellers_only
def share_list(request):
    links = ShareLink.objects.select_related("prospect").newest_first()
    return answer.page(request, "desk/share_list.html", {"links": links[:ROWS]})


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def share_create(request):
    """A link to the brief of ?prospect=, without one to the status page. It is shown in this answer and never again."""
    if request.method != "POST":
        named = request.GET.get("prospect")
        prospect = fetch(request, Prospect, named) if named and named.isdecimal() else None
        return _page(request, ShareForm(initial={"prospect": prospect and prospect.pk}), prospect)
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _page(request, form, form.cleaned_data.get("prospect"), answer.invalid)
    prospect, days = form.cleaned_data["prospect"], int(form.cleaned_data["days"])
    link, token = ShareLink.make(uuid=form.cleaned_data["uuid"], prospect=prospect, author=request.user, days=days)
    if not token:
        why = "That link was made already, and a link is shown only once. Make another if you missed it."
        return answer.refused(request, reverse("share_list"), why, status=409)
    audit.note(request, "shared", str(link))
    whole = address.link(request, reverse("shared_brief", args=[token]))
    return _page(request, form, prospect, link=link, address=whole)


def _page(request, form, prospect, reply=answer.page, **made):
    context = {"form": form, "prospect": prospect, "in_sheet": bool(request.htmx), **made}
    return reply(request, "desk/share_create.html", context, fragment="desk/_share_link.html")


@require_POST
def share_delete(request, pk):
    """It opens nothing any more, from now on and for good."""
    link = fetch(request, ShareLink.objects.select_related("prospect"), pk)
    if link.revoke():
        audit.note(request, "share_revoked", str(link))
    toast = f"The link to {link} opens nothing any more."
    return answer.saved(request, reverse("share_list"), toast=toast, leave=True)


@login_not_required
@touches_no_sales_record
@require_safe
def shared_brief(request, token):
    """The brief, or the status page, that a link is for. Whatever is wrong with a link, the answer is the same."""
    if sharing.too_many(request):
        return sharing.sealed(answer.page(request, "desk/shared_brief.html", {}, status=429))
    link = sharing.find(request, token)
    if link is None:
        return sharing.sealed(answer.page(request, "desk/shared_brief.html", {}, status=404))
    if request.method == "GET":
        sharing.opened(request, link)
    shown = sharing.shown(link, request.installation)
    return sharing.sealed(answer.page(request, "desk/shared_brief.html", shown))
