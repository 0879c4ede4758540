"""The CSV files of an export: a header that our own import recognises, and rows read as they are written.

A sheet is (file name, header, rows). Only what is not in the trash; the JSON files have everything.
"""

from django.db.models import F, Max, Prefetch
from django.db.models.functions import Coalesce

from accounts.models import Activity, Contact, Prospect, Step
from crm.web import clock
from deals.models import Deal, DealChange, DealContact, Stage

_CHUNK = 2000


def sheets():
    yield "stages.csv", ["Stage", "Position", "Chance, %", "Days a deal may rest", "Milestones"], _stages()
    yield "prospects.csv", *_with_extra(Prospect, _PROSPECT, _prospects)
    yield "contacts.csv", *_contacts()
    yield "deals.csv", *_with_extra(Deal, _DEAL, _deals)
    yield "deal-people.csv", ["Deal id", "Deal", "Prospect", "Person", "Person id", "Role"], _people()
    yield "deal-changes.csv", _CHANGE, _changes()
    yield "activities.csv", *_with_extra(Activity, _ACTIVITY, _activities)
    yield "steps.csv", *_with_extra(Step, _STEP, _steps)


_PROSPECT = [
    "Prospect id",
    "Prospect",
    "Source",
    "Website",
    "Prospect phone",
    "Prospect address",
    "Prospect city",
    "Prospect country",
    "Prospect about",
    "Parked until",
    "Created",
]
_CONTACT = ["Person id", "Person", "Prospect", "Prospect id", "Job title", "Time zone", "About", "Created"]
_DEAL = [
    "Deal id",
    "Deal",
    "Prospect",
    "Prospect id",
    "Stage",
    "Amount",
    "Close date",
    "Outcome",
    "Ended on",
    "Reason",
    "Opened on",
    "Deal source",
]
_CHANGE = ["Deal id", "Deal", "Changed on", "At", "Stage", "Amount", "Close date", "Outcome", "Known since"]
_ACTIVITY = [
    "Activity id",
    "Kind",
    "Direction",
    "Activity date",
    "Time",
    "Minutes",
    "Result",
    "Prospect",
    "Person",
    "Also there",
    "Deal",
    "Subject",
    "Text",
    "Private note",
]
_STEP = [
    "Activity id",
    "Kind",
    "Subject",
    "Whose step",
    "Due on",
    "Time",
    "Done",
    "Step kind",
    "Done on",
    "Activity date",
    "Prospect",
    "Person",
    "Deal",
    "Private note",
]


def _with_extra(model, header, rows):
    """The header and rows with a column for each name that an import could not map."""
    names = {}
    for extra in model.objects.exclude(extra={}).values_list("extra", flat=True).iterator(chunk_size=_CHUNK):
        names |= dict.fromkeys(extra)
    names = [name for name in names if name not in header]
    made = ([*row, *(record.extra.get(name) for name in names)] for record, row in rows())
    return [*header, *names], made


def _stages():
    for stage in Stage.objects.in_order().prefetch_related("milestones"):
        yield stage.name, stage.position, stage.chance, stage.rot_days, "\n".join(stage._read_milestones())


def _prospects():
    for row in Prospect.objects.order_by("pk").iterator(chunk_size=_CHUNK):
        place = row.address, row.city, row.country
        head = row.pk, row.name, row.source, row.website, row.phone
        yield row, [*head, *place, row.about, row.parked_until, row.created_at]


def _contacts():
    """As many columns for e-mail addresses and numbers as anybody has, named as Google names them."""
    most = {
        kind: Contact.objects.aggregate(n=Coalesce(Max(f"{kind}__position"), -1))["n"] + 1
        for kind in ("emails", "phones")
    }
    emails = _numbered("Email", "E-mail", most["emails"])
    phones = _numbered("Phone", "Phone", most["phones"])

    def rows():
        found = Contact.objects.order_by("pk").select_related("prospect").with_addresses()
        for row in found.iterator(chunk_size=_CHUNK):
            known = [row.pk, row.name, row.prospect.name, row.prospect_id, row.title, row.time_zone, row.about]
            yield row, [*known, row.created_at, *_filled(row.emails, len(emails)), *_filled(row.phones, len(phones))]

    return _with_extra(Contact, [*_CONTACT, *emails, *phones], rows)


def _numbered(first, rest, count):
    return [first, *(f"{rest} {n} - Value" for n in range(2, count + 1))]


def _filled(addresses, count):
    found = [address.raw for address in addresses.all()][:count]
    return found + [None] * (count - len(found))


def _deals():
    for row in Deal.objects.order_by("pk").select_related("prospect", "stage").iterator(chunk_size=_CHUNK):
        whose = row.prospect and row.prospect.name, row.prospect_id
        ending = row.outcome, row.ended_on, row.end_reason
        yield row, [
            row.pk, row.name, *whose, row.stage.name, row.amount, row.close_on, *ending, row.opened_on, row.source
        ]  # fmt: skip


def _people():
    rows = DealContact.objects.filter(deal__trashed_at=None, contact__trashed_at=None).order_by("deal_id", "pk")
    names = "deal_id", "deal__name", "deal__prospect__name", "contact__name", "contact_id", "role"
    return rows.values_list(*names).iterator(chunk_size=_CHUNK)


def _changes():
    rows = DealChange.objects.filter(deal__trashed_at=None).order_by(
        "deal_id", "on", F("at").asc(nulls_first=True), "pk"
    )
    names = "deal_id", "deal__name", "on", "at", "stage__name", "amount", "close_on", "outcome", "known_at"
    return rows.values_list(*names).iterator(chunk_size=_CHUNK)


def _activities():
    found = Activity.objects.order_by("on", F("at").asc(nulls_first=True), "uuid").select_related("prospect", "deal")
    found = found.prefetch_related(Prefetch("contacts", Contact.everything.order_by("pk")))
    for row in found.iterator(chunk_size=_CHUNK):
        first, *others = [person.name for person in row.contacts.all()] or [None]
        what = row.kind, row.direction, row.on, _time_of(row.at), row.minutes, row.outcome.replace("_", " ")
        whose = row.prospect and row.prospect.name, first, "; ".join(others), row.deal and row.deal.name
        yield row, [row.uuid, *what, *whose, row.subject, row.text, row.private]


def _steps():
    """An open step has its kind as the type; any other is a "to do", as a done call would come in as a call."""
    for row in Step.objects.order_by("pk").select_related("prospect", "deal", "contact").iterator(chunk_size=_CHUNK):
        is_open = row.state == Step.State.OPEN
        kind = "to do" if row.kind == Step.Kind.TODO or not is_open else row.kind
        state = {"open": "no", "done": "yes", "dropped": "dropped"}[row.state]
        whose = [getattr(row, name) and getattr(row, name).name for name in ("prospect", "contact", "deal")]
        when = row.due_on, row.due_time, state, row.kind, row.done_on, row.known_at
        yield row, [row.uuid, kind, row.what, row.owner, *when, *whose, row.private]


def _time_of(at):
    return at and clock.wall(at).time()
