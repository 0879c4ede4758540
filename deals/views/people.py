"""Who takes part in a deal, and in what role. Kept with the deal, so Undo and lost updates work as for it."""

from django.http import Http404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Contact, Entry
from accounts.records import ChangedSince
from crm.access.guard import fetch, sellers_only
from crm.web import answer
from crm.web.forms import EntryForm
from deals.forms.deal import DealContactForm
from deals.models import Deal

EVENTS = ("deal-changed",)


def _pairs(deal):
    return [list(pair) for pair in deal.people.order_by("contact_id").values_list("contact_id", "role")]


def _store(request, deal, uuid, pairs, toast):
    to = f"{deal.get_absolute_url()}#deal-people"
    try:
        with Entry.submission(uuid, author=request.user) as entry:
            if not entry.replayed:
                deal.write(entry, people=sorted(pairs))
    except ChangedSince:
        return answer.refused(
            request, to, f"{deal} was changed meanwhile. Nothing was done.", status=409, events=EVENTS
        )
    return answer.saved(request, to, toast=toast, undo=entry, events=EVENTS)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def deal_contact_create(request, pk):
    """Somebody of the prospect joins the deal."""
    deal = fetch(request, Deal.objects.select_related("prospect"), pk)
    pairs = _pairs(deal)
    people = Contact.objects.filter(prospect=deal.prospect_id).exclude(pk__in=[contact for contact, _ in pairs])
    form = DealContactForm(request.POST or None, people=people)
    context = {"deal": deal, "form": form, "people": people}
    pages = {"template": "deals/deal_contact_create.html", "fragment": "deals/_deal_contact_form.html"}
    if request.method != "POST":
        return answer.page(request, context=context, **pages)
    if not form.is_valid():
        return answer.invalid(request, context=context, **pages)
    contact, role = form.cleaned_data["contact"], form.cleaned_data["role"]
    return _store(request, deal, form.cleaned_data["uuid"], [*pairs, [contact.pk, role]], f"{contact} is in the deal")


def _part(request, pk, contact):
    deal = fetch(request, Deal.objects.select_related("prospect"), pk)
    pairs = _pairs(deal)
    if contact not in [pk for pk, _ in pairs]:
        raise Http404
    return deal, fetch(request, Contact, contact), pairs


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def deal_contact_edit(request, pk, contact):
    """Another role."""
    deal, person, pairs = _part(request, pk, contact)
    form = DealContactForm(request.POST or None, initial={"role": dict(pairs)[contact]})
    context = {"deal": deal, "form": form, "person": person}
    pages = {"template": "deals/deal_contact_edit.html", "fragment": "deals/_deal_contact_form.html"}
    if request.method != "POST":
        return answer.page(request, context=context, **pages)
    if not form.is_valid():
        return answer.invalid(request, context=context, **pages)
    role = form.cleaned_data["role"]
    changed = [[pk, role if pk == contact else old] for pk, old in pairs]
    return _store(request, deal, form.cleaned_data["uuid"], changed, f"{person}: {role or 'no role'}")


@require_POST
def deal_contact_delete(request, pk, contact):
    """Out of the deal; the contact stays."""
    deal, person, pairs = _part(request, pk, contact)
    form = EntryForm(request.POST)
    form.is_valid()
    rest = [pair for pair in pairs if pair[0] != contact]
    return _store(request, deal, form.cleaned_data["uuid"], rest, f"{person} is out of the deal")
