"""What happened, newest first: a page of activities with the words they are told in."""

import uuid as uuids
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.html import format_html, format_html_join

from accounts.models import Activity
from crm.web import clock
from crm.web.templatetags.callback import clock as clock_words
from crm.web.templatetags.callback import day as day_words

SIZE = 20
KINDS = (("call", "Calls"), ("email", "Mail"), ("meeting", "Meetings"), ("message", "Messages"), ("note", "Notes"))
_LONG = 600  # characters of text that are shown before the rest is folded away
# The fields an item shows; times and JSON of whole records cost more than finding them.
_TOLD = (
    "uuid", "prospect", "kind", "direction", "outcome", "on", "at", "minutes", "subject", "text", "private", "two_way",
    "deal__name", "deal__trashed_at",
)  # fmt: skip
_OUTCOMES = dict(Activity.Outcome.choices)


class Item:
    """One activity as it is told: `icon`, `words`, `when`; its `text`, with the `rest` of a long one folded away.

    `typed` is the line as typed, where the text was changed since; it may have been private, so others never read it.
    Worked out only when it is drawn: see `key`.
    """

    def __init__(self, activity, today, seller=True):
        self.activity = activity
        self._today, self._seller = today, seller
        text, self._cut = activity.text.strip(), -1
        if len(text) > _LONG + 80:
            self._cut = text.rfind(" ", 0, _LONG)
        self._text = text

    @property
    def key(self):
        """All that is shown of it: two items with the same key look the same on the same day."""
        row, deal = self.activity, self.activity.deal
        with_whom = tuple(row.names)
        about = deal and (deal.pk, deal.name, deal.trashed_at)
        did = (row.kind, row.direction, row.outcome, row.on, row.at, row.minutes, row.two_way, row.private)
        return self.handle, self._seller, did, with_whom, about, row.subject, row.text, self.typed

    @property
    def handle(self):
        return handle(self.activity, self._seller)

    @property
    def icon(self):
        return icon(self.activity)

    @property
    def words(self):
        return words(self.activity, seller=self._seller)

    @property
    def when(self):
        return when(self.activity, self._today)

    @property
    def text(self):
        return self._text[: self._cut] if self._cut > 0 else self._text

    @property
    def rest(self):
        return self._text[self._cut :] if self._cut > 0 else ""

    @property
    def typed(self):
        typed = (getattr(self.activity, "typed", "") or "").strip() if self._seller else ""
        return typed if typed != self._text else ""


@dataclass
class Timeline:
    """A page of items. `older`: the handle to ask on with, or None at the end; `last`: the activity asked on from."""

    items: list
    older: object
    last: object
    before: object
    kind: str


def handle(activity, seller):
    """What names an activity or a step on a page: for the seller its id; gaps in ids would count what others miss."""
    return activity.pk if seller else activity.uuid


def _named(activities, name, seller):
    """The activity of that handle, or None."""
    name = str(name)
    if seller:
        return activities.filter(pk=name).first() if name.isdecimal() and len(name) < 19 else None
    try:
        return activities.filter(uuid=uuids.UUID(name)).first()
    except ValueError:
        return None


def page(activities, *, kind="", before="", size=SIZE, reader=None):
    """The `size` newest of a queryset of activities, of one kind, older than the activity `before` (its handle).

    Whoever reads is "You" only as the seller; `reader`: a User, None for the seller.
    Values that make no sense are left aside. Two queries, one more with `before`.
    """
    kind = kind if kind in Activity.Kind.values else ""
    if kind:
        activities = activities.filter(kind=kind)
    today, seller = clock.today(), reader is None or reader.is_seller
    last = _named(activities, before, seller)
    if last is not None:
        activities = activities.filter(_older_than(last))
    rows = activities.newest_first().annotate(typed=F("entry__text")).select_related("deal")
    rows = list(rows.only(*_TOLD)[: size + 1])
    shown = with_names(rows[:size])
    items = [Item(row, today, seller) for row in shown]
    older = items[-1].handle if len(rows) > size else None
    return Timeline(items, older, last, last and handle(last, seller), kind)


def size_to(activities, name, reader):
    """How many items a page takes to show everything down to the activity of that handle; SIZE for an unknown one."""
    last = _named(activities, name, reader.is_seller)
    return SIZE if last is None else max(SIZE, activities.exclude(pk=last.pk).exclude(_older_than(last)).count() + 1)


def with_names(activities):
    """The same activities, each with `names`: of its contacts. One query; the contacts themselves are not read."""
    pairs = Activity.contacts.through.objects.filter(activity__in=[row.pk for row in activities])
    names = defaultdict(list)
    for pk, name in pairs.order_by("contact__folded", "contact").values_list("activity", "contact__name"):
        names[pk].append(name)
    for row in activities:
        row.names = names[row.pk]
    return activities


def counts(activities):
    """[(kind, word, count)] of a queryset of activities, for the kinds that occur, and the count of all."""
    found = dict(activities.order_by().values_list("kind").annotate(Count("pk")))
    return [(kind, word, found[kind]) for kind, word in KINDS if kind in found], sum(found.values())


def _older_than(last):
    same_day = Q(on=last.on, at=None, uuid__lt=last.uuid)
    if last.at is not None:
        same_day = Q(on=last.on) & (Q(at=None) | Q(at__lt=last.at) | Q(at=last.at, uuid__lt=last.uuid))
    return Q(on__lt=last.on) | same_day


def icon(activity):
    """The name of the icon that stands for it."""
    if activity.kind == "call":
        if activity.direction == "in":
            return "phone-missed" if activity.outcome == "no_answer" else "phone-incoming"
        return "voicemail" if activity.outcome == "left_voicemail" else "phone-outgoing"
    return {"email": "mail", "meeting": "users", "message": "message-square"}.get(activity.kind, "sticky-note")


def words(activity, *, seller=True):
    """ "You called <b>Dana</b>, left voicemail", as safe HTML; "The seller called …" to anybody else."""
    you = "You" if seller else "The seller"
    who = _names(activity)
    kind, direction, outcome = activity.kind, activity.direction, activity.outcome
    said = _OUTCOMES.get(outcome, "")
    if kind == "call" and direction == "in":
        sentence = format_html("{} called", who or "They")
        said = f"{you.lower()} missed it" if outcome == "no_answer" else said
    elif kind == "call":
        sentence = format_html("{} called{}{}", you, " " if who else "", who)
    elif kind == "email" and outcome in ("auto_reply", "bounced"):
        sentence = (
            format_html("Auto-reply from {}", who or "them") if outcome == "auto_reply" else _bounced(who, seller)
        )
        said = ""
    elif direction == "in" and kind in ("email", "message"):
        sentence = format_html("{} {}", who or "They", "wrote" if kind == "email" else "sent a message")
    elif kind == "email":
        sentence = format_html("{} wrote{}{}", you, " to " if who else "", who)
    elif kind == "message":
        sentence = format_html("{} messaged {}", you, who or "them")
    elif kind == "meeting" and outcome in ("no_show", "cancelled"):
        sentence = format_html("Meeting with {}", who or "them")
    elif kind == "meeting":
        sentence, said = format_html("Met {}", who or "them"), ""
    else:
        sentence = format_html("Note{}{}", " about " if who else "", who)
    return format_html("{}{}{}", sentence, f", {said}" if said else "", _minutes(activity))


def _bounced(who, seller):
    return format_html("{} mail{}{} bounced", "Your" if seller else "The seller’s", " to " if who else "", who)


def _minutes(activity):
    return f", {activity.minutes} min" if activity.minutes else ""


def _names(activity):
    """<b>Dana</b>, <b>Theo</b> and <b>Marcus</b>; "" when nobody is named."""
    names = activity.names
    if not names:
        return ""
    if len(names) > 1:
        names = [name.split(" ")[0] for name in names]
    listed = format_html_join(", ", "<b>{}</b>", ((name,) for name in names[:-1]))
    return format_html("{}{}<b>{}</b>", listed, " and " if listed else "", names[-1])


def when(activity, today):
    """<time> of it: "10:20 am" today, "Mon 4:12 pm" within a week, otherwise the day; the exact time on hover."""
    on, at = activity.on, activity.at
    time = clock_words(at) if at else ""
    exact = f"{day_words(on)}{', ' if time else ''}{time}"
    age = (today - on).days
    if age == 0:
        shown = time or "today"
    elif 0 < age < 7:
        shown = f"{on:%a} {time}" if time else "yesterday" if age == 1 else day_words(on)
    else:
        shown = day_words(on)
    stamp = clock.local(at).isoformat(timespec="minutes") if at else on.isoformat()
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, exact, shown)
