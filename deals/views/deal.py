"""Making, changing and throwing away a deal."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Entry, Prospect
from accounts.picks import offered
from accounts.records import ChangedSince
from crm.access import audit
from crm.access.guard import fetch, sellers_only
from crm.web import answer
from crm.web.back import back
from crm.web.conflicts import again, rows
from crm.web.forms import EntryForm
from deals.forms.deal import DealForm, field_form
from deals.models import Deal, Stage

EVENTS = ("deal-changed",)
EDITABLE = ("name", "amount", "close_on", "stage")


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def deal_create(request):
    """A new deal, of ?prospect= or of one named in the form."""
    pages = {"template": "deals/deal_create.html", "fragment": "deals/_deal_form.html"}
    if request.method != "POST":
        named = request.GET.get("prospect", "")
        prospect = fetch(request, Prospect, named) if named.isdecimal() else None
        form = DealForm(initial={"prospect": prospect, "stage": Stage.objects.in_order().first()})
        return answer.page(request, context=_context(request, form), **pages)
    form = DealForm(request.POST)
    if not form.is_valid():
        return answer.invalid(request, context=_context(request, form), **pages)
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            _write(form, entry)
    deal = form.instance if form.instance.pk else entry.made(Deal)
    to = back(request, deal.get_absolute_url())
    return answer.saved(request, to, toast=f"{deal} is open in {deal.stage}", undo=entry, events=EVENTS)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def deal_edit(request, pk):
    """All fields of a deal."""
    deal = fetch(request, Deal.objects.select_related("stage", "prospect"), pk)
    pages = {"template": "deals/deal_edit.html", "fragment": "deals/_deal_form.html"}
    form = DealForm(request.POST or None, instance=deal)
    if request.method != "POST":
        return answer.page(request, context=_context(request, form), **pages)
    if not form.is_valid():
        return answer.invalid(request, context=_context(request, form), **pages)
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                _write(form, entry)
    except ChangedSince as changed:
        context = _context(request, again(form, changed.record)) | {"rows": rows(form, changed.record)}
        return answer.conflict(request, context=context, **pages)
    return answer.saved(request, deal.get_absolute_url(), toast=f"{deal} saved", undo=entry, events=EVENTS)


def _write(form, entry):
    """The deal, and before it the prospect that it names for the first time."""
    if form.make:
        form.instance.prospect = Prospect(name=form.make)
        form.instance.prospect.write(entry)
        form.instance.prospect_id = form.instance.prospect.pk
    form.instance.write(entry)


def _context(request, form):
    deal = form.instance if form.instance.pk else None
    unknown = form.errors.get("prospect") and not offered(form, "prospect")
    return {
        "form": form,
        "deal": deal,
        "which": offered(form, "prospect"),
        "unknown": unknown and form.data.get("prospect", ""),
        "next": back(request, ""),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def deal_field(request, pk, field):
    """One field, where it stands: its form, and its new value."""
    if field not in EDITABLE:
        raise Http404
    deal = fetch(request, Deal.objects.select_related("stage", "prospect"), pk)
    pages = {"template": "deals/deal_field.html", "fragment": "deals/_deal_field.html"}
    form = field_form(field)(request.POST if request.method == "POST" else None, instance=deal)
    form.fields[field].widget.attrs["autofocus"] = True
    context = {"deal": deal, "form": form, "field": field, "bound": form[field]}
    if request.method != "POST":
        return answer.page(request, context=context, **pages)
    if field not in request.POST:  # empty would take the value out; nothing at all says nothing
        form.add_error(field, "Nothing was sent for this field, so it stays as it is.")
    if not form.is_valid():
        return answer.invalid(request, context=context, **pages)
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                form.instance.write(entry)
    except ChangedSince as changed:
        anew = again(form, changed.record)
        context |= {"form": anew, "bound": anew[field], "rows": rows(form, changed.record)}
        return answer.conflict(request, context=context, **pages)
    return answer.saved(request, deal.get_absolute_url(), toast=f"{deal} saved", undo=entry, events=EVENTS)


@require_POST
def deal_delete(request, pk):
    """To the trash, with its steps; Undo brings both back."""
    deal = fetch(request, Deal, pk)
    form = EntryForm(request.POST)
    form.is_valid()
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            deal.trash(entry)
            audit.note(request, "deleted", f"the deal {deal}")
    return answer.saved(request, reverse("deal_board"), toast=f"{deal} is in the trash", undo=entry, leave=True)
