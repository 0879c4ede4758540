"""The page of status: for whoever looks in, and for the seller."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from crm.access import audit
from crm.access.guard import touches_no_sales_record
from crm.desk.forms.status import SeenForm
from crm.desk.models import StatusMark
from crm.desk.status import Asked, Status, sheets
from crm.web import answer, clock, csvs


@require_safe
def status(request):
    """Every open account in brief lines, what they come to, and what changed; ?as_of= of a past day. Marks nothing."""
    asked = Asked.of(request.GET, clock.today())

    def shown():
        return {"status": Status.of(request, asked), "asked": asked}

    return answer.kept(request, "desk/status.html", shown, fragment="desk/_status_body.html")


@require_safe
def status_export(request):
    """What the page shows with these filters, all of it, as CSV; ?part= one of its tables instead of the accounts."""
    asked = Asked.of(request.GET, clock.today())
    if asked.wrong:  # the page says why
        return HttpResponseRedirect(f"{reverse('status')}?{request.GET.urlencode()}")
    sheet = sheets.of(Status.of(request, asked), request.GET.get("part", ""))
    audit.note(request, "exported", f"{sheet.name}.csv")
    return csvs.download(sheet.name, sheet.header, sheet.rows)


@require_POST
@touches_no_sales_record
def status_seen(request):
    """The reader has read what changed, up to what their page showed: by the button, or on its own after a while."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return answer.refused(request, reverse("status"), "That mark was not understood. Load the page again.")
    by_hand = form.cleaned_data["by_hand"]
    mark = StatusMark.put(request.user, form.cleaned_data["until"], form.cleaned_data["change"], by_hand=by_hand)
    if by_hand:
        return answer.saved(request, reverse("status"), toast="Marked as seen.", events=("status-seen",))
    shown = {"mark": mark, "until": form.cleaned_data["until"], "change": form.cleaned_data["change"], "some": True}
    return answer.saved(request, reverse("status"), fragment="desk/_status_seen.html", context=shown)
