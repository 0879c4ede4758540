"""How a call went: one of six outcomes, the next step it usually brings, and a line in the seller's words.

Sent by the phone's outbox (`record`) or by the plain form of `call_create`.
"""

import datetime
from dataclasses import dataclass

from accounts.models import Contact, PhoneNumber, Prospect, Step
from accounts.numbers import dialled
from crm.desk import filing
from crm.web import clock
from deals.models import Deal

from .refused import Refused

# A sheet that was answered later than this is one of another life: the time is then that of the answer.
LONGEST = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Outcome:
    """One button: what it is called, and the step it usually brings (`when` names the day, `what` has {name})."""

    code: str
    label: str
    icon: str
    when: str
    kind: str
    what: str


OUTCOMES = (
    Outcome("connected", "Connected", "circle-check", "next_week", "call", "Follow up with {name}"),
    Outcome("left_voicemail", "Left voicemail", "voicemail", "three_days", "call", "Call {name} again"),
    Outcome("left_message", "Left message", "message-square", "three_days", "call", "Call {name} again"),
    Outcome("no_answer", "No answer", "phone-off", "tomorrow", "call", "Call {name} again"),
    Outcome("busy", "Busy", "phone-missed", "tomorrow", "call", "Call {name} again"),
    Outcome("wrong_number", "Wrong number", "circle-x", "tomorrow", "todo", "Find the right number for {name}"),
)
BY_CODE = {outcome.code: outcome for outcome in OUTCOMES}
WHEN = (("tomorrow", "Tomorrow"), ("three_days", "+3 days"), ("next_week", "Next week"))


def days(today):
    """{name of `WHEN`: its day}: tomorrow, in three days, Monday of next week."""
    ahead = datetime.timedelta
    monday = today + ahead(days=7 - today.weekday())
    return {"tomorrow": today + ahead(days=1), "three_days": today + ahead(days=3), "next_week": monday}


def usual(outcome, today):
    """The name and the day of the step an outcome usually brings; a weekend waits for Monday."""
    found = days(today)
    name = outcome.when if found[outcome.when].weekday() < 5 else "next_week"
    return name, found[name]


def usual_step(outcome, name, today):
    """The same as `fields["next"]` of `record`, for a person called `name`."""
    what = outcome.what.format(name=name or "them")
    on = usual(outcome, today)[1]
    return {"kind": outcome.kind, "what": what, "due_on": on.isoformat(), "due_time": None, "usual": True}


def record(fields, *, uuid, author, occurred_at, zone="", **how):
    """Store a call as one Entry and return it; a UUID stored before changes nothing.

    `fields`: {"outcome", "contact", "deal", "prospect", "number", "next": {"kind", "what", "due_on", "due_time",
    "usual"} or null, "text", "ago"}. `occurred_at` is when it was answered how the call went, an instant; `ago` the
    seconds since the call itself. Without a contact the number tells whose it was. `how`: what else `filing.record` is
    to know. Raises Refused.
    """
    outcome = fields.get("outcome")
    if not isinstance(outcome, str) or outcome not in BY_CODE:
        raise Refused("How did the call go? Choose one of the six.")
    text = str(fields.get("text") or "").strip()[:10_000]
    number = str(fields.get("number") or "")[:60].removeprefix("tel:")
    at = occurred_at - _ago(fields.get("ago"))
    context = _context(fields, number)
    if not text and context.prospect is None:
        text = f"called {number}" if number else "called"  # nobody knows whose it is: let it read as a line
    return filing.record(
        text,
        uuid=uuid,
        author=author,
        context=context,
        occurred_at=occurred_at,
        zone=zone,
        call=filing.Call(outcome, at, number, _next(fields.get("next")), zone),
        **how,
    )


def _ago(seconds):
    try:
        ago = datetime.timedelta(seconds=float(seconds or 0))
    except (TypeError, ValueError, OverflowError):
        return datetime.timedelta()
    return ago if datetime.timedelta() < ago <= LONGEST else datetime.timedelta()


def whose(number):
    """The contact whose number that is, the one dealt with last of several; None where nobody is known by it."""
    digits = dialled(number)
    if len(digits.lstrip("+")) < 5:
        return None
    known = PhoneNumber.objects.filter(e164=digits, contact__trashed_at=None).select_related("contact__prospect")
    found = known.order_by("wrong", "-contact__changed_at", "pk").first()
    return found and found.contact


def _context(fields, number):
    """Whom the call was with. Raises Refused for somebody who is in the trash."""
    contact = _record(Contact.everything.select_related("prospect"), fields.get("contact"))
    prospect = contact.prospect if contact else _record(Prospect.everything, fields.get("prospect"))
    for gone in (contact, prospect):
        if gone is not None and gone.trashed_at:
            raise Refused(f"{gone} is in the trash. Bring them back, then send this again.")
    dials = contact and number and dialled(number) not in {dialled(raw) for raw, *_ in contact._read_phones()}
    if (contact is None and prospect is None) or dials:
        # The page was about somebody else than the number is of.
        contact = whose(number) or contact
        prospect = contact.prospect if contact else None
    deal = _record(Deal.objects, fields.get("deal"))
    if deal is not None and prospect is None:
        prospect = deal.prospect
    if deal is not None and deal.prospect_id != (prospect and prospect.pk):
        deal = None
    return filing.Context(prospect=prospect, contact=contact, deal=deal)


def _record(queryset, pk):
    pk = str(pk or "")
    return queryset.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None


def _next(step):
    """Raises Refused for a step that says nothing or whose day is none."""
    if not step:
        return None
    try:
        kind, what = str(step["kind"]), str(step["what"]).strip()[:300]
        on = datetime.date.fromisoformat(step["due_on"]) if step.get("due_on") else None
        at = datetime.time.fromisoformat(step["due_time"]) if step.get("due_time") else None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused("The day of the next step is none. Choose another.") from None
    if kind not in Step.Kind or not what or (on and not clock.near(on)):
        raise Refused("The next step is not complete: what, and which day?")
    at = at.replace(second=0, microsecond=0, tzinfo=None) if at and on else None
    return filing.Next(kind, what, on, at, bool(step.get("usual")))
