"""Find: prospects, contacts, deals and the text of activities, by the beginnings of words.

Case and accents do not count; a phone number or an e-mail address may be typed as one likes. Private
activities are found for the seller only: for others they are in no result, no count, no snippet.
"""

import re
from dataclasses import dataclass, field

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from accounts.models import Activity, Contact, PhoneNumber, Prospect
from crm.desk import prospects, timeline
from crm.web import textindex
from crm.web.templatetags.callback import day, money
from crm.web.text import fold
from deals.models import Deal

FEW, MANY = 5, 20
RECENT = 7
_AROUND = 60  # characters of a text shown on either side of the first match


@dataclass
class Hit:
    """One row of the results: where it leads, and how it reads (`words` is safe HTML)."""

    url: str
    icon: str
    words: str
    meta: str = ""
    key: str = ""


@dataclass
class Group:
    title: str
    hits: list = field(default_factory=list)
    more: bool = False


def results(text, user, *, few=FEW):
    """Groups of hits for a text, those without hits left out; for an empty text what was touched last."""
    text = text.strip()[:200]
    if not fold(text):
        return [group for group in [_recent(user)] if group.hits]
    marker = Marker(text)
    found_prospects = _records(Prospect, text, few)
    found_contacts = _contacts(text, few)
    stages = _stages(found_prospects)
    groups = [
        Group(
            "Prospects and people",
            [_prospect_hit(row, marker, stages) for row in found_prospects[:few]]
            + [_contact_hit(row, marker) for row in found_contacts[:few]],
            max(len(found_prospects), len(found_contacts)) > few,
        ),
        _deals(text, marker, few),
        _activities(text, marker, user, few),
    ]
    return [group for group in groups if group.hits] + _actions(found_prospects, found_contacts, marker, user)


def _records(model, text, few):
    kind = model._meta.model_name
    keys = [pk for _, pk in textindex.find(text, kinds=(kind,), limit=few + 1)]
    rows = model.objects.in_bulk(keys)
    return [rows[pk] for pk in keys if pk in rows]


def _contacts(text, few):
    """By words, and by the digits of a number: "555 0142" finds (415) 555-0142."""
    keys = [pk for _, pk in textindex.find(text, kinds=("contact",), limit=few + 1)]
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 4 and not re.search(r"[^\W\d]", text):
        lines = PhoneNumber.objects.filter(e164__contains=digits.lstrip("0"), contact__trashed_at=None)
        keys = [*dict.fromkeys([*lines.values_list("contact", flat=True)[: few + 1], *keys])]
    rows = Contact.objects.select_related("prospect").prefetch_related("phones").in_bulk(keys)
    return [rows[pk] for pk in keys if pk in rows]


def _stages(rows):
    """{prospect id: (stage, amount)} of the open deal that closes first, in one query."""
    deals = Deal.objects.open().filter(prospect__in=[row.pk for row in rows]).select_related("stage").by_close()
    found = {}
    for deal in deals:
        found.setdefault(deal.prospect_id, deal)
    return found


def _prospect_hit(row, marker, stages):
    deal = stages.get(row.pk)
    meta = row.city
    if deal is not None:
        meta = f"{deal.stage}, {money(deal.amount)}" if deal.amount is not None else str(deal.stage)
    return Hit(row.get_absolute_url(), "building-2", marker.marked(row.name), meta)


def _contact_hit(row, marker):
    return Hit(row.get_absolute_url(), "user", marker.marked(row.name), row.prospect.name)


def _deals(text, marker, few):
    rows = _records(Deal, text, few)
    hits = [Hit(row.get_absolute_url(), "handshake", marker.marked(row.name), _deal_meta(row)) for row in rows[:few]]
    return Group("Deals", hits, len(rows) > few)


def _deal_meta(row):
    if row.is_open:
        return f"closing {day(row.close_on, 'short')}" if row.close_on else "open"
    return f"{row.get_outcome_display()} {day(row.ended_on, 'short')}".strip()


def _activities(text, marker, user, few):
    found = textindex.find(text, kinds=("activity",), private=user.is_seller, limit=few + 1)
    keys = [pk for _, pk in found]
    rows = Activity.objects.visible_to(user).select_related("prospect", "deal").in_bulk(keys)
    rows = [rows[pk] for pk in keys if pk in rows]
    hits = [
        Hit(_where(row), timeline.icon(row), marker.snippet(row.text or row.subject), _about(row)) for row in rows[:few]
    ]
    return Group("What happened", hits, len(rows) > few)


def _where(row):
    home = row.prospect or row.deal
    return f"{home.get_absolute_url()}#activity-item-{row.pk}" if home else f"/activities/{row.pk}/edit/"


def _about(row):
    when = day(row.on, "short")
    return f"{row.prospect.name}, {when}" if row.prospect else when


def _actions(found_prospects, found_contacts, marker, user):
    """What can be done with the first prospect found, after the records."""
    first = found_prospects[0] if found_prospects else None
    hits = []
    if first is None and found_contacts:
        people, first = found_contacts[:1], found_contacts[0].prospect
    elif first is not None:
        people = prospects.callable_people(first)
    if first is None:
        return []
    for person in people:
        phone = next((phone for phone in person.phones.all() if not phone.wrong), None)
        if phone:
            words = format_html("Call {} at {}", marker.marked(person.first_name), marker.marked(first.name))
            hits.append(Hit(phone.href, "phone", words, phone.raw))
            break
    if user.may_write:
        words = format_html("Log something for {}", marker.marked(first.name))
        hits.append(Hit(f"{first.get_absolute_url()}#quick-log", "pencil", words, key="l"))
    return [Group("Do", hits)] if hits else []


def _recent(user):
    """The prospects touched last, newest first."""
    latest = Prospect.objects.order_by().filter(all_standings__audience=prospects.audience(user))
    rows = list(latest.exclude(all_standings__last_on=None).order_by("-all_standings__last_on", "-pk")[:RECENT])
    stages = _stages(rows)
    marker = Marker("")
    return Group("Touched lately", [_prospect_hit(row, marker, stages) for row in rows])


def names(model, text, limit=12):
    """Records whose name has words that begin so, for suggestions in a field."""
    return _records(model, text, limit)[:limit]


class Marker:
    """Makes the beginnings of words that were looked for heavier, whatever their case and accents."""

    def __init__(self, text):
        self.words = sorted({fold(word) for word in text.split()} | set(fold(text).split()), key=len, reverse=True)
        self.words = [word for word in self.words if word]

    def marked(self, text):
        """The text as safe HTML with <mark> around what matches."""
        parts, last = [], 0
        for start, end in self._matches(text):
            parts += [escape(text[last:start]), mark_safe("<mark>"), escape(text[start:end]), mark_safe("</mark>")]
            last = end
        return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 (every part is escaped)

    def snippet(self, text):
        """The part of a text around its first match, marked."""
        text = " ".join(text.split())
        first = next(self._matches(text), (0, 0))[0]
        start = 0 if first <= _AROUND else text.rfind(" ", 0, first - _AROUND // 2) + 1
        end = start + 3 * _AROUND
        if end < len(text):
            end = max(text.rfind(" ", start, end), start + _AROUND)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return format_html("{}{}{}", before, self.marked(text[start:end]), after)

    def _matches(self, text):
        if not self.words:
            return
        for found in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
            folded = fold(found[0])
            for word in self.words:
                if folded.startswith(word):
                    yield found.start(), found.start() + _length(found[0], len(word))
                    break


def _length(word, folded_length):
    """How many characters of a word make up that many of its folded form ("Æ" folds to two)."""
    for length in range(1, len(word) + 1):
        if len(fold(word[:length])) >= folded_length:
            return length
    return len(word)
