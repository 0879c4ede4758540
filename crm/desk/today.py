"""What do I do next? All that Today shows around the queue of `crm.desk.queue`."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Activity, Contact, EmailAddress, PhoneNumber, Standing
from accounts.standing import in_words
from crm.access.models import Installation
from crm.web import clock
from deals.models import Deal

from .queue import Item, queue
from .ranking import reasons

GROUPS = (
    ("overdue", "Overdue"),
    ("today", "Due today"),
    ("owed", "They owe you"),
    ("quiet", "Gone quiet"),
    ("loose", "Loose ends"),
)
# Rows shown of a group before "more", and rows shown after it.
SHOWN, WHOLE = 6, 200


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
    """The groups that have any items, in the queue's order, cut to SHOWN rows; the one named `whole` to WHOLE."""
    groups = []
    for code, name in GROUPS:
        rows = [item for item in items if item.group == code]
        if rows:
            groups.append(Group(code, name, rows[: WHOLE if code == whole else SHOWN], len(rows)))
    return groups


# People ------------------------------------------------------------------------------------------


@dataclass
class Person:
    """Whom to reach: with the first number not known to be wrong, and the first address."""

    pk: int
    name: str
    title: str
    phone: PhoneNumber | None
    email: str | None

    @property
    def first_name(self):
        return self.name.split(" ")[0]


def give_people(items):
    """Gives each item its person: the step's contact, or one of the prospect's, sooner one with a number."""
    named = {item.contact_id for item in items if item.contact_id}
    alone = {item.prospect_id for item in items if item.prospect_id and not item.contact_id}
    if not named and not alone:
        return items
    by_id, by_prospect = {}, {}
    for owner, raw, e164, *fields, email in _reachable(named, alone):
        person = Person(*fields, PhoneNumber(raw=raw, e164=e164) if raw else None, email)
        by_id[person.pk] = person
        if person.phone or owner not in by_prospect:
            by_prospect[owner] = person
    for item in items:
        item.contact = by_id.get(item.contact_id) if item.contact_id else by_prospect.get(item.prospect_id)
        if item.contact:
            item.contact_name = item.contact.name
    return items


def _reachable(named, alone):
    """(prospect, number, its E.164, id, name, title, address) of these contacts and of those at these prospects."""
    phones = PhoneNumber.objects.filter(contact=OuterRef("pk"), wrong=False).order_by("position", "pk")
    emails = EmailAddress.objects.filter(contact=OuterRef("pk")).order_by("position", "pk")
    found = Contact.objects.filter(Q(pk__in=named) | Q(prospect__in=alone)).order_by("-pk")
    return found.values_list(
        "prospect_id",
        Subquery(phones.values("raw")[:1]),
        Subquery(phones.values("e164")[:1]),
        "pk",
        "name",
        "title",
        Subquery(emails.values("raw")[:1]),
    )


# The card ----------------------------------------------------------------------------------------


@dataclass
class Card:
    """The Next! card: the item, and what to know before dialling."""

    item: Item
    reasons: list
    standing: Standing | None  # the prospect's
    deal: Deal | None
    last: Activity | None  # the last one that was no note; `who` took part
    promises: list


def card(item, items, installation):
    """The card of an item; `items` is the queue it is from."""
    prospect = Q(prospect=item.prospect_id, deal=None) if item.prospect_id else Q(pk=None)
    rows = Standing.objects.filter(prospect | Q(deal=item.deal_id or 0), audience=Standing.Audience.SELLER)
    found = {row.deal_id: row for row in rows.select_related("deal__stage")}
    deal = found[item.deal_id].deal if item.deal_id in found and item.deal_id else None
    promised = [i for i in items if i.group == "owed" and i.prospect_id and i.prospect_id == item.prospect_id]
    return Card(
        item=item,
        reasons=reasons(item, clock.wall(), installation.quiet_days),
        standing=found.get(None),
        deal=deal,
        last=_last_touch(item),
        promises=[i for i in promised if i.key != item.key][:3],
    )


def _last_touch(item):
    if not item.prospect_id:
        return None
    who = Contact.objects.filter(activities=OuterRef("pk")).order_by("pk").values("name")[:1]
    rows = Activity.objects.filter(prospect=item.prospect_id).exclude(kind="note").annotate(who=Subquery(who))
    return rows.newest_first().first()


# The margin --------------------------------------------------------------------------------------


def week_counts():
    """This week so far (from Monday, the seller's zone): calls, conversations, meetings held, new deals."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    this_week = Activity.objects.filter(on__gte=monday, on__lte=today)
    counts = Installation.objects.filter(pk=1).values_list(
        _count(this_week.filter(kind="call", direction="out")),
        _count(this_week.filter(two_way=True)),
        _count(this_week.filter(kind="meeting", outcome="held")),
        _count(Deal.objects.filter(opened_on__gte=monday, opened_on__lte=today)),
    )
    return dict(zip(("calls", "conversations", "meetings", "deals"), counts.first() or (0, 0, 0, 0), strict=True))


def _count(rows):
    """How many rows, as a subquery, so that four counts are one query."""
    counted = rows.order_by().annotate(_one=F("pk") - F("pk")).values("_one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def logged_today(limit=5):
    """The latest things logged today, newest first."""
    return list(Activity.objects.filter(on=clock.today()).select_related("prospect").newest_first()[:limit])


def schedule(items):
    """Today's timed steps of yours, by the clock."""
    return sorted((i for i in items if i.group == "today" and i.due_time), key=lambda i: i.due_time)


def best_to_call(limit=5):
    """For an empty day: open deals whose people were not spoken to for longest, the larger first, one a prospect."""
    rows = (
        Standing.objects.filter(audience=Standing.Audience.SELLER, deal__outcome="open", deal__trashed_at=None)
        .exclude(deal__prospect=None)
        .exclude(deal__prospect__parked_until__gt=clock.today())
        .select_related("deal__prospect")
        .order_by(F("last_on").asc(nulls_first=True), F("deal__amount").desc(nulls_last=True))[: limit * 3]
    )
    items = {}
    for row in rows:
        items.setdefault(row.deal.prospect_id, row)
    return [
        Item(
            key=f"quiet-{row.deal_id}",
            group="quiet",
            what=in_words(row.why),
            prospect_id=pk,
            prospect_name=row.deal.prospect.name,
            deal_id=row.deal_id,
            deal_name=row.deal.name,
            amount=row.deal.amount,
        )
        for pk, row in list(items.items())[:limit]
    ]
