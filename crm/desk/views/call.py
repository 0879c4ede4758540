"""A call: what to know before it, and how it went."""

from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Contact, PhoneNumber, Prospect
from crm.access.guard import fetch, sellers_only
from crm.desk import filing, outcomes, recent
from crm.desk.forms.call import CallForm
from crm.desk.prep import prep
from crm.desk.refused import Refused
from crm.web import answer, clock
from crm.web.back import back
from crm.web.formats import tel
from deals.models import Deal

PREP = "desk/_call_prep.html"
EVENTS = ("activity-logged", "step-changed", "deal-changed", "prospect-changed", "contact-changed")


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def call_create(request):
    """Of ?contact=, ?prospect=, ?deal=, ?number=: the prep card and the six outcomes; for htmx the prep card alone."""
    asked = request.POST if request.method == "POST" else request.GET
    context = _context(request, asked)
    if request.method == "POST":
        return _save(request, context)
    number = asked.get("number", "")[:60] or _first_number(context)
    shown = {
        "contact": context.contact and context.contact.pk,
        "prospect": context.prospect and context.prospect.pk,
        "deal": context.deal and context.deal.pk,
        "number": number,
        "outcome": asked.get("outcome", ""),
        "when": "usual",
    }
    return answer.page(request, "desk/call_create.html", _page(CallForm(initial=shown), context, number), fragment=PREP)


def _page(form, context, number=""):
    return {
        "number": number,
        "form": form,
        "about": context,
        "prep": prep(context, number),
        "recent": recent.people() if not context.prospect else (),
    }


def _save(request, context):
    form, asked = CallForm(request.POST), request.POST.get("number", "")[:60]
    if form.is_valid():
        name = context.contact.first_name if context.contact else context.prospect and context.prospect.name
        try:
            entry = outcomes.record(
                form.fields_for(name),
                uuid=form.cleaned_data["uuid"],
                author=request.user,
                occurred_at=clock.now(),
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            to = back(request, context.contact.get_absolute_url() if context.contact else reverse("log"))
            return answer.saved(request, to, toast=f"Logged: {entry.summary}.", undo=entry, events=EVENTS)
    return answer.invalid(
        request, "desk/call_create.html", _page(form, context, asked), fragment="desk/_call_form.html"
    )


def _context(request, asked):
    """Whom the call is with; 404 for a record that is not there. A number alone tells whose it is."""
    found = {}
    for name, model in (
        ("contact", Contact.objects.select_related("prospect")),
        ("prospect", Prospect),
        ("deal", Deal),
    ):
        pk = asked.get(name) or (asked.get("who", "") if name == "contact" else "")
        if pk.isdecimal() and len(pk) < 19:
            found[name] = fetch(request, model, int(pk))
    contact, deal = found.get("contact"), found.get("deal")
    if not found.keys() & {"contact", "prospect"}:
        contact = outcomes.whose(asked.get("number", "")[:60])
    prospect = contact.prospect if contact else found.get("prospect") or (deal and deal.prospect)
    return filing.Context(prospect, contact, deal)


def _first_number(context):
    if context.contact is None:
        own = context.prospect
        return (tel(own.phone) or "").removeprefix("tel:") if own and not own.phone_is_wrong else ""
    phone = PhoneNumber.objects.filter(contact=context.contact, wrong=False).first()
    return phone.href.removeprefix("tel:") if phone else ""
