"""What do I do next? Everything that Today shows, read from the records in a bounded number of queries.

The queue has five groups: `overdue` and `today` (your open steps), `owed` (theirs), `quiet` (open deals
over the silence budget) and `loose` (loose ends). `crm.desk.ranking` puts them in order and gives the reasons.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery

from accounts.models import Activity, Contact, EmailAddress, Entry, PhoneNumber, Standing, Step
from accounts.standing import in_words
from crm.web import clock
from crm.web.templatetags.callback import clock as clock_words
from deals.models import Deal

from .models import Deferral
from .ranking import rank

GROUPS = (
    ("overdue", "Overdue"),
    ("today", "Due today"),
    ("owed", "They owe you"),
    ("quiet", "Gone quiet"),
    ("loose", "Loose ends"),
)
# Rows shown of a group before "more"; rows read of a kind at the most.
SHOWN, READ = 8, 200
AHEAD = timedelta(days=7)
VERBS = {"call": "Call", "email": "Email", "meeting": "Meet", "message": "Message"}
ICONS = {"call": "phone", "email": "mail", "meeting": "users", "message": "message-square", "todo": "check"}


@dataclass
class Item:
    """One thing to do. `key` names it for Done, Later and Next!"""

    key: str
    group: str
    what: str
    prospect: object = None
    contact: object = None
    deal: object = None
    step: object = None
    standing: object = None
    entry: object = None
    due_on: date | None = None
    due_time: time | None = None
    why: str = ""
    waiting: bool = False
    points: float = 0
    reasons: list = field(default_factory=list)
    deferral: object = None

    @property
    def clock(self):
        return clock_words(self.due_time)

    @property
    def owner(self):
        return "them" if self.group == "owed" else "me"

    @property
    def icon(self):
        if self.group in ("overdue", "today"):
            return ICONS[self.step.kind]
        return {"owed": "hourglass", "quiet": "bell-off", "loose": "circle-help"}[self.group]

    @property
    def late(self):
        """Whole days past due, 0 when not late."""
        return max((clock.today() - self.due_on).days, 0) if self.due_on and self.step else 0

    @property
    def who(self):
        return self.contact or self.prospect or (self.deal and self.deal.name)

    @property
    def title(self):
        """The card's heading: a verb and who."""
        if self.entry:
            return "Check what you logged"
        if self.waiting:
            return f"Answer {self.who}"
        if self.group == "owed":
            return f"Chase {self.who}"
        if self.step and self.who and self.step.kind in VERBS:
            return f"{VERBS[self.step.kind]} {self.who}"
        if self.step:
            return self.what[:1].upper() + self.what[1:]
        return f"Call {self.who}" if self.group == "quiet" else f"Decide what is next with {self.who}"

    @property
    def writes(self):
        """Whether it is done in writing rather than on the telephone."""
        return self.step is not None and self.step.kind in ("email", "message")

    @property
    def url(self):
        """Where more about it stands."""
        owner = self.prospect or self.deal
        return owner.get_absolute_url() if owner else ""

    @property
    def phone(self):
        """The first number of the person that is not known to be wrong: a PhoneNumber, or None."""
        raw = getattr(self.contact, "first_phone", None)
        return PhoneNumber(raw=raw, e164=self.contact.first_e164) if raw else None

    @property
    def email(self):
        return getattr(self.contact, "first_email", None)


def queue(installation):
    """All items, the most pressing first; those put off until later are left out."""
    wall = clock.wall()
    items = _steps(wall.date())
    items += _standings(items, installation, wall.date())
    items += _unsure()
    deferrals = {d.key: d for d in Deferral.objects.current()}
    waiting = []
    for item in items:
        item.deferral = deferrals.get(item.key)
        if not (item.deferral and item.deferral.waiting(wall)):
            waiting.append(rank(item, wall, installation.quiet_days))
    return sorted(waiting, key=_place)


def _place(item):
    """Skipped ones come back after all others, the longest skipped first."""
    skipped = item.deferral.skipped_at if item.deferral else None
    if skipped and clock.day_of(skipped) == clock.today():
        return (1, skipped.timestamp(), item.key)
    return (0, -item.points, item.key)


def find(installation, key):
    """The item with that key, or None when it is no longer in the queue."""
    return next((item for item in queue(installation) if item.key == key), None)


@dataclass
class Group:
    code: str
    name: str
    items: list
    total: int

    @property
    def more(self):
        return self.total - len(self.items)


def grouped(items, whole=""):
    """The groups that have any items, each in the queue's order and cut to SHOWN rows but for the one named `whole`."""
    groups = []
    for code, name in GROUPS:
        rows = [item for item in items if item.group == code]
        if rows:
            groups.append(Group(code, name, rows if code == whole else rows[:SHOWN], len(rows)))
    return groups


def _steps(today):
    """Your open steps due by today or undated, and theirs due within a week or undated."""
    mine = Q(owner=Step.Owner.ME) & (Q(due_on__lte=today) | Q(due_on=None))
    theirs = Q(owner=Step.Owner.THEM) & (Q(due_on__lte=today + AHEAD) | Q(due_on=None))
    steps = Step.objects.open().filter(mine | theirs).by_due()
    items = []
    for step in steps.select_related("prospect", "contact", "deal__stage")[:READ]:
        if step.prospect and (step.prospect.parked_until or date.min) > today and step.due_on is None:
            continue
        items.append(_step_item(step, today))
    return items


def _step_item(step, today):
    item = Item(
        key=f"step-{step.pk}",
        group="today",
        what=step.what,
        prospect=step.prospect,
        contact=step.contact,
        deal=step.deal,
        step=step,
        due_on=step.due_on,
        due_time=step.due_time,
    )
    if step.owner == Step.Owner.THEM:
        item.group = "owed"
    elif step.due_on is None:
        item.group, item.why = "loose", "no date yet"
    elif step.due_on < today and step.kind == Step.Kind.MEETING:
        item.group, item.why = "loose", "the meeting is past and nothing is logged"
    elif step.due_on < today:
        item.group = "overdue"
    return item


def _standings(items, installation, today):
    """Gone quiet, waiting for an answer, and open deals without a next step; fills in the steps' standings."""
    prospects = {item.prospect.pk for item in items if item.prospect}
    quiet = Q(attempts__gte=installation.silence_budget) | Q(
        last_two_way_on__lt=today - timedelta(installation.quiet_days)
    )
    nothing_next = Q(next_step=None, their_step=None) | Q(deal__prospect=None)
    wanted = (
        Q(deal=None, prospect__in=prospects)
        | Q(deal=None, rule="waiting")
        | Q(deal__outcome=Deal.Outcome.OPEN, deal__trashed_at=None) & (quiet | nothing_next)
    )
    rows = (
        Standing.objects.filter(wanted, audience=Standing.Audience.SELLER)
        .select_related("prospect", "deal__stage", "deal__prospect", "next_step")
        .order_by(F("deal__amount").desc(nulls_last=True), "pk")[: READ * 2]
    )
    found, busy = [], {item.deal.pk for item in items if item.deal and item.owner == "me"}
    standings = {row.prospect_id: row for row in rows if row.deal_id is None}
    for item in items:
        item.standing = standings.get(item.prospect and item.prospect.pk)
    for row in rows:
        prospect = row.deal.prospect if row.deal else row.prospect
        if (prospect and prospect.parked_until and prospect.parked_until > today) or row.deal_id in busy:
            continue
        item = _standing_item(row, prospect, installation, today, prospects)
        if item:
            found.append(item)
    return found


def _standing_item(row, prospect, installation, today, prospects):
    if row.deal and prospect is None:
        return Item(
            key=f"homeless-{row.deal_id}", group="loose", what="Whose deal is this?", deal=row.deal, why="no prospect"
        )
    given = {"prospect": prospect, "deal": row.deal, "standing": row, "why": in_words(row.why)}
    if row.deal is None:
        if row.rule != "waiting" or row.prospect_id in prospects:
            return None
        return Item(key=f"waiting-{row.prospect_id}", group="loose", what="Answer them", waiting=True, **given)
    days = row.silent_days(today)
    planned = row.next_step is not None and row.next_step.due_on and row.next_step.due_on >= today
    over = row.attempts >= installation.silence_budget
    if (over or (days or 0) > installation.quiet_days) and not planned:
        what = f"{row.attempts} tries, {days} days" if over else f"Silent for {days} days"
        return Item(key=f"quiet-{row.deal_id}", group="quiet", what=what, **given)
    if row.next_step_id or row.their_step_id:
        return None
    return Item(key=f"loose-{row.deal_id}", group="loose", what="No next step on the deal", **given)


def give_people(items):
    """Gives each item its person with number and address: the step's, or the first one at the prospect.

    One with a number goes before one without.
    """
    named = {item.contact.pk for item in items if item.contact}
    alone = {item.prospect.pk for item in items if item.prospect and not item.contact}
    if not named and not alone:
        return items
    by_id, by_prospect = {}, {}
    for contact in _reachable().filter(Q(pk__in=named) | Q(prospect__in=alone)).order_by("-pk"):
        by_id[contact.pk] = contact
        if contact.first_phone or contact.prospect_id not in by_prospect:
            by_prospect[contact.prospect_id] = contact
    for item in items:
        if item.contact:
            item.contact = by_id.get(item.contact.pk, item.contact)
        elif item.prospect:
            item.contact = by_prospect.get(item.prospect.pk)
    return items


def _reachable():
    """Contacts with their first good number and first address, in the same query."""
    phones = PhoneNumber.objects.filter(contact=OuterRef("pk"), wrong=False).order_by("position", "pk")
    emails = EmailAddress.objects.filter(contact=OuterRef("pk")).order_by("position", "pk")
    return Contact.objects.annotate(
        first_phone=Subquery(phones.values("raw")[:1]),
        first_e164=Subquery(phones.values("e164")[:1]),
        first_email=Subquery(emails.values("raw")[:1]),
    )


def _unsure():
    """Entries that were left unsure: "check this"."""
    entries = Entry.objects.filter(undone_at=None).exclude(pending={}).order_by("-received_at")[:READ]
    return [
        Item(key=f"entry-{entry.pk}", group="loose", what=f"“{entry.text[:120]}”", entry=entry, why="check this")
        for entry in entries
    ]


def week_counts():
    """This week so far (from Monday, the seller's zone): calls, conversations, meetings held, new deals."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    counts = Activity.objects.filter(on__gte=monday, on__lte=today).aggregate(
        calls=Count("pk", filter=Q(kind="call", direction="out")),
        conversations=Count("pk", filter=Q(two_way=True)),
        meetings=Count("pk", filter=Q(kind="meeting", outcome="held")),
    )
    return counts | {"deals": Deal.objects.filter(opened_on__gte=monday, opened_on__lte=today).count()}


def logged_today(limit=5):
    """The latest things logged today, newest first."""
    return Activity.objects.filter(on=clock.today()).select_related("prospect").newest_first()[:limit]


def schedule(items):
    """Today's timed steps of yours, by the clock."""
    return sorted((i for i in items if i.group == "today" and i.due_time), key=lambda i: i.due_time)


def last_touch(item):
    """The last activity at the item's prospect that was not a note, with `who` took part; None without one."""
    if item.prospect is None:
        return None
    who = Contact.objects.filter(activities=OuterRef("pk")).order_by("pk").values("name")[:1]
    rows = Activity.objects.filter(prospect=item.prospect).exclude(kind="note").annotate(who=Subquery(who))
    return rows.newest_first().first()


def their_promises(item, items):
    """What they owe at the item's prospect, out of the same queue."""
    return [i for i in items if i.group == "owed" and i.prospect == item.prospect and i.key != item.key][:3]


def best_to_call(limit=5):
    """For an empty day: open deals worth most whose people were not spoken to for longest, one a prospect."""
    rows = (
        Standing.objects.filter(
            audience=Standing.Audience.SELLER, deal__outcome=Deal.Outcome.OPEN, deal__trashed_at=None
        )
        .exclude(deal__prospect=None)
        .exclude(deal__prospect__parked_until__gt=clock.today())
        .select_related("deal__stage", "deal__prospect")
        .order_by(F("last_on").asc(nulls_first=True), F("deal__amount").desc(nulls_last=True))[: limit * 3]
    )
    items, seen = [], set()
    for row in rows:
        if row.deal.prospect_id not in seen and len(items) < limit:
            seen.add(row.deal.prospect_id)
            items.append(
                Item(
                    key=f"call-{row.deal_id}",
                    group="quiet",
                    what="Call them",
                    prospect=row.deal.prospect,
                    deal=row.deal,
                    standing=row,
                    why=in_words(row.why),
                )
            )
    return items
