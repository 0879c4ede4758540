"""What there is to do, as plain rows: the items of Today's queue, out of four queries of plain values.

Thousands of records may qualify while a few dozen are shown, so nothing here makes model instances.
The five groups: `overdue` and `today` (your open steps), `owed` (theirs), `quiet` (open deals over the
silence budget) and `loose` (loose ends). `crm.desk.ranking` gives the order.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from accounts.models import Entry, Standing, Step
from accounts.standing import in_words
from crm.web import clock
from crm.web.templatetags.callback import clock as clock_words
from deals.models import Deal

from .models import Deferral
from .ranking import points

AHEAD = timedelta(days=7)
VERBS = {"call": "Call", "email": "Email", "meeting": "Meet", "message": "Message"}
STEP_ICONS = {"call": "phone", "email": "mail", "meeting": "users", "message": "message-square", "todo": "check"}
GROUP_ICONS = {"owed": "hourglass", "quiet": "bell-off", "loose": "circle-help"}


@dataclass(slots=True)
class Item:
    """One thing to do. `key` names it for Done, Later and Next!; ids and names instead of records."""

    key: str
    group: str
    what: str
    kind: str = ""
    prospect_id: int | None = None
    prospect_name: str = ""
    contact_id: int | None = None
    contact_name: str = ""
    deal_id: int | None = None
    deal_name: str = ""
    amount: Decimal | None = None
    close_on: date | None = None
    step_id: int | None = None
    entry_uuid: UUID | None = None
    due_on: date | None = None
    due_time: time | None = None
    attempts: int = 0
    silent_days: int | None = None
    told: str = ""  # why, with its {days} still to be written
    waiting: bool = False
    points: float = 0
    skips: int = 0
    skipped_at: datetime | None = None
    contact: object = field(default=None, repr=False)

    @property
    def why(self):
        return in_words(self.told)

    @property
    def clock(self):
        return clock_words(self.due_time)

    @property
    def owner(self):
        return "them" if self.group == "owed" else "me"

    @property
    def icon(self):
        return GROUP_ICONS.get(self.group) or STEP_ICONS[self.kind]

    @property
    def late(self):
        """Whole days past due, 0 when not late."""
        return max((clock.today() - self.due_on).days, 0) if self.due_on else 0

    @property
    def who(self):
        return self.contact_name or self.prospect_name or self.deal_name

    @property
    def writes(self):
        """Whether it is done in writing rather than on the telephone."""
        return self.kind in ("email", "message")

    @property
    def title(self):
        """The card's heading: a verb and who."""
        if self.entry_uuid:
            return "Check what you logged"
        if self.waiting:
            return f"Answer {self.who}"
        if self.group == "owed":
            return f"Chase {self.who}"
        if self.step_id and self.who and self.kind in VERBS:
            return f"{VERBS[self.kind]} {self.who}"
        if self.step_id:
            return self.what[:1].upper() + self.what[1:]
        return f"Call {self.who}" if self.group == "quiet" else f"Decide what is next with {self.who}"

    @property
    def url(self):
        """Where more about it stands."""
        if self.prospect_id:
            return f"/prospects/{self.prospect_id}/"
        return f"/deals/{self.deal_id}/" if self.deal_id else ""


def queue(installation):
    """All items, the most pressing first; those put off until later are left out."""
    wall = clock.wall()
    items = _steps(wall.date())
    items += _standings(items, installation, wall.date())
    items += _unsure()
    deferrals = {d.key: d for d in Deferral.objects.current()}
    waiting = []
    for item in items:
        deferral = deferrals.get(item.key)
        if deferral is not None:
            if deferral.waiting(wall):
                continue
            item.skips, item.skipped_at = deferral.skips, deferral.skipped_at
        item.points = points(item, wall)
        waiting.append(item)
    return sorted(waiting, key=_place)


def _place(item):
    """Skipped ones come back after all others, the longest skipped first."""
    if item.skipped_at and clock.day_of(item.skipped_at) == clock.today():
        return (1, item.skipped_at.timestamp(), item.key)
    return (0, -item.points, item.key)


# Steps -------------------------------------------------------------------------------------------

_STEP = ("pk", "owner", "kind", "what", "due_on", "due_time", "contact_id", "contact__name")
_WHO = ("prospect_id", "prospect__name", "prospect__parked_until")
_DEAL = ("deal_id", "deal__name", "deal__amount", "deal__close_on", "deal__outcome")


def _steps(today):
    """Your open steps due by today or undated, and theirs due within a week or undated."""
    mine = Q(owner=Step.Owner.ME) & (Q(due_on__lte=today) | Q(due_on=None))
    theirs = Q(owner=Step.Owner.THEM) & (Q(due_on__lte=today + AHEAD) | Q(due_on=None))
    rows = Step.objects.open().filter(mine | theirs).values_list(*_STEP, *_WHO, *_DEAL)
    items = (_step_item(row, today) for row in rows.iterator())
    return [item for item in items if item]


def _step_item(row, today):
    pk, owner, kind, what, due_on, due_time, contact_id, contact, prospect_id, prospect, parked, *deal = row
    if due_on is None and parked and parked > today:
        return None
    group, told = "today", ""
    if owner == Step.Owner.THEM:
        group = "owed"
    elif due_on is None:
        group, told = "loose", "no date yet"
    elif due_on < today:
        group = "overdue"
        if kind == Step.Kind.MEETING:
            group, told = "loose", "the meeting is past and nothing is logged"
    return Item(
        key=f"step-{pk}",
        group=group,
        what=what,
        kind=kind,
        prospect_id=prospect_id,
        prospect_name=prospect or "",
        contact_id=contact_id,
        contact_name=contact or "",
        step_id=pk,
        due_on=due_on,
        due_time=due_time,
        told=told,
        **_deal_fields(deal),
    )


def _deal_fields(deal):
    pk, name, amount, close_on, outcome = deal
    if pk is None or outcome != Deal.Outcome.OPEN:
        return {"deal_id": pk, "deal_name": name or ""}
    return {"deal_id": pk, "deal_name": name, "amount": amount, "close_on": close_on}


# Standings ---------------------------------------------------------------------------------------

_STAND = ("attempts", "last_two_way_on", "first_attempt_on", "why", "next_due_on", "next_step_id", "their_step_id")
_DEAL_WHO = ("deal__prospect_id", "deal__prospect__name", "deal__prospect__parked_until")


def _standings(steps, installation, today):
    """Gone quiet, waiting for an answer, open deals without next step or prospect. Gives the steps their silence."""
    at_work = {item.prospect_id for item in steps if item.prospect_id}
    busy = {item.deal_id for item in steps if item.owner == "me"}
    silence, found = {}, []
    for row in _standing_rows(at_work):
        who, (deal_id, name, amount, close_on, _outcome), rule, standing = row[:3], row[3:8], row[8], row[9:]
        days = _silent(standing, today)
        if deal_id is None:
            silence[who[0]] = standing[0], days
            item = _waiting_item(who, standing, days, today) if rule == "waiting" and who[0] not in at_work else None
        elif deal_id not in busy:
            item = _deal_item(who, (deal_id, name, amount, close_on), standing, days, installation, today)
        else:
            item = None
        if item:
            found.append(item)
    for item in steps:
        item.attempts, item.silent_days = silence.get(item.prospect_id, (0, None))
    return found


def _standing_rows(at_work):
    """The seller's standings of those prospects, of all that wait for an answer, and of all open deals."""
    rows = Standing.objects.filter(audience=Standing.Audience.SELLER).order_by()
    prospects = rows.filter(Q(prospect__in=at_work) | Q(rule="waiting"), deal=None, prospect__trashed_at=None)
    deals = rows.filter(deal__outcome=Deal.Outcome.OPEN, deal__trashed_at=None)
    return prospects.values_list(*_WHO, *_DEAL, "rule", *_STAND).union(
        deals.values_list(*_DEAL_WHO, *_DEAL, "rule", *_STAND), all=True
    )


def _silent(standing, today):
    start = standing[1] or standing[2]
    return (today - start).days if start else None


def _waiting_item(who, standing, days, today):
    prospect_id, name, parked = who
    if parked and parked > today:
        return None
    return Item(
        key=f"waiting-{prospect_id}",
        group="loose",
        what="Answer them",
        prospect_id=prospect_id,
        prospect_name=name,
        attempts=standing[0],
        silent_days=days,
        told=standing[3],
        waiting=True,
    )


def _deal_item(who, deal, standing, days, installation, today):
    prospect_id, prospect, parked = who
    pk, name, amount, close_on = deal
    attempts, _two_way, _first, why, next_due_on, next_step, their_step = standing
    kind, group, what = "loose", "loose", "No next step on the deal"
    if prospect_id is None:
        kind, what, why = "homeless", "Whose deal is this?", "no prospect"
    elif parked and parked > today:
        return None
    elif not (next_due_on and next_due_on >= today) and attempts >= installation.silence_budget:
        kind, group, what = "quiet", "quiet", f"{attempts} tries, {days} days"
    elif not (next_due_on and next_due_on >= today) and (days or 0) > installation.quiet_days:
        kind, group, what = "quiet", "quiet", f"Silent for {days} days"
    elif next_step or their_step:
        return None
    return Item(
        key=f"{kind}-{pk}",
        group=group,
        what=what,
        prospect_id=prospect_id,
        prospect_name=prospect or "",
        deal_id=pk,
        deal_name=name,
        amount=amount,
        close_on=close_on,
        attempts=attempts,
        silent_days=days,
        told=why,
    )


def _unsure():
    """Entries that were left unsure: "check this"."""
    rows = Entry.objects.filter(undone_at=None).exclude(pending={}).order_by("-received_at")
    return [
        Item(key=f"entry-{pk}", group="loose", what=f"“{text[:120]}”", entry_uuid=uuid, told="check this")
        for pk, uuid, text in rows.values_list("pk", "uuid", "text")[:200]
    ]
