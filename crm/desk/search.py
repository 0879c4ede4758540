"""Find: prospects, contacts, deals and the text of activities, by the beginnings of words.

Case and accents do not count; a phone number or an e-mail address may be typed as one likes. Private
activities are found for the seller only: for others they are in no result, no count, no snippet.
"""

import re
from dataclasses import dataclass, field

from django.db.models import F
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from accounts import timeline
from accounts.models import Activity, Contact, PhoneNumber, Prospect, Standing
from crm.desk import prospect_page
from crm.web import textindex
from crm.web.templatetags.callback import day, money
from crm.web.text import fold
from deals.models import Deal

KINDS = ("prospect", "contact", "deal", "activity")
FEW, MANY, ALL = 5, 8, 100
RECENT = 7
_AROUND = 60  # characters of a text shown on either side of the first match


@dataclass
class Hit:
    """One row of the results: where it leads, and how it reads (`words` is safe HTML)."""

    url: str
    icon: str
    words: str
    meta: str = ""
    log: object = None  # the prospect that the quick log is to be about
    brief: str = ""  # the address of the brief of the prospect it belongs to
    sheet: bool = False  # whether it opens in the sheet
    call: object = None  # the contact whose number `url` is


@dataclass
class Group:
    title: str
    hits: list = field(default_factory=list)
    more: str = ""  # where the rest of them is


def results(text, user, *, few=FEW, kinds=KINDS):
    """Groups of at most `few` hits a kind, empty ones left out; for an empty text what was touched last."""
    text = text.strip()[:200]
    if not fold(text):
        return [group for group in [_recent(user)] if group.hits]
    found = _Found(text, user, few, kinds)
    return [group for group in found.groups() if group.hits]


class _Found:
    """The records found for a text, in one query of the index and one or two a kind."""

    def __init__(self, text, user, few, kinds):
        self.user, self.few, self.text, self.marker = user, few, text, Marker(text)
        keys = {kind: [] for kind in KINDS}
        for kind, pk in textindex.find(text, kinds=kinds, private=user.is_seller, limit=few + 1):
            keys[kind].append(pk)
        if "contact" in kinds:
            keys["contact"] = _by_number(text, few) + keys["contact"]
        # Only what a row shows: times and JSON of whole records cost more than finding them.
        people = Contact.objects.select_related("prospect").only("name", "prospect__name")
        self.prospects = _in_order(Prospect.objects.only("name", "city"), keys["prospect"])
        self.contacts = _in_order(people, keys["contact"])
        deals = Deal.objects.only("prospect", "name", "outcome", "close_on", "ended_on", "end_reason")
        self.deals = _in_order(deals, keys["deal"])
        activities = Activity.objects.visible_to(user).select_related("prospect", "deal")
        told = ("uuid", "kind", "direction", "outcome", "on", "subject", "text")
        activities = activities.only(*told, "prospect__name", "deal__name")
        self.activities = _in_order(activities, keys["activity"])
        self.activities.sort(key=lambda row: row.on, reverse=True)

    def groups(self):
        people = [_contact_hit(row, self.marker) for row in self.contacts[: self.few]]
        stages = _stages(self.prospects)
        firms = [_prospect_hit(row, self.marker, stages) for row in self.prospects[: self.few]]
        deals = [_deal_hit(row, self.marker) for row in self.deals[: self.few]]
        past = [self._activity_hit(row) for row in self.activities[: self.few]]
        return [
            Group("Prospects and people", firms + people, self._more()),
            Group("Deals", deals, self._rest("deal_list", self.deals, outcome="all")),
            Group("What happened", past, self._rest("search", self.activities, said=1)),
            Group("Do", self._actions()),
        ]

    def _activity_hit(self, row):
        words = self.marker.snippet(row.text or row.subject)
        return Hit(self._where(row), timeline.icon(row), words, _about(row))

    def _where(self, row):
        home = row.prospect or row.deal
        if home:
            return f"{home.get_absolute_url()}#activity-item-{timeline.handle(row, self.user.is_seller)}"
        if self.user.may_write:
            return reverse("activity_edit", args=[row.pk])
        return reverse("search", query={"q": self.text, "said": 1})

    def _more(self):
        return self._rest("prospect_list", self.prospects) or self._rest("contact_list", self.contacts)

    def _rest(self, page, rows, **query):
        """The address of a page that shows all of them; "" when these are all."""
        return reverse(page, query={"q": self.text, **query}) if len(rows) > self.few else ""

    def _actions(self):
        """What can be done with the first prospect found, or with the first person; after the records."""
        person = None if self.prospects else next(iter(self.contacts), None)
        first = self.prospects[0] if self.prospects else person and person.prospect
        if first is None:
            return []
        name, told = self.marker.marked(first.name), _brief(first.pk)
        hits = [Hit(told, "file-text", format_html("Brief of {}", name), brief=told, sheet=True)]
        phone = prospect_page.number_to_call(first, self.user, person)
        if phone:
            words = format_html("Call {} at {}", self.marker.marked(phone.contact.first_name), name)
            hits.append(Hit(phone.href, "phone", words, phone.raw, call=phone.contact))
        if self.user.may_write:
            words = format_html("Log something for {}", name)
            page = reverse("log", query={"context": f"prospect-{first.pk}"})
            hits.append(Hit(page, "pencil", words, log=first))
        return hits


def _in_order(queryset, keys):
    rows = queryset.in_bulk(list(dict.fromkeys(keys)))
    return [rows[pk] for pk in dict.fromkeys(keys) if pk in rows]


def _by_number(text, few):
    """Contacts by the digits of a number: "555 0142" finds (415) 555-0142."""
    digits = re.sub(r"\D", "", text)
    if len(digits) < 4 or re.search(r"[^\W\d]", text):
        return []
    lines = PhoneNumber.objects.filter(e164__contains=digits.lstrip("0"), contact__trashed_at=None)
    return list(lines.values_list("contact", flat=True)[: few + 1])


def _stages(rows):
    """{prospect id: its largest open deal}, in one query."""
    if not rows:
        return {}
    deals = Deal.objects.open().filter(prospect__in=[row.pk for row in rows]).select_related("stage")
    deals = deals.only("prospect", "amount", "stage__name").order_by(F("amount").desc(nulls_last=True), "pk")
    found = {}
    for deal in deals:
        found.setdefault(deal.prospect_id, deal)
    return found


def _prospect_hit(row, marker, stages):
    deal = stages.get(row.pk)
    meta = row.city
    if deal is not None:
        meta = f"{deal.stage}, {money(deal.amount)}" if deal.amount is not None else str(deal.stage)
    return Hit(row.get_absolute_url(), "building-2", marker.marked(row.name), meta, brief=_brief(row.pk))


def _contact_hit(row, marker):
    told = _brief(row.prospect_id)
    return Hit(row.get_absolute_url(), "user", marker.marked(row.name), row.prospect.name, brief=told)


def _brief(prospect_id):
    return reverse("prospect_brief", args=[prospect_id]) if prospect_id else ""


def _deal_hit(row, marker):
    """A deal found by why it ended shows that, or nobody would see why it is here."""
    words = marker.marked(row.name)
    if row.end_reason and not marker.finds(row.name) and marker.finds(row.end_reason):
        words = format_html("{}: {}", words, marker.snippet(row.end_reason))
    return Hit(row.get_absolute_url(), "handshake", words, _deal_meta(row), brief=_brief(row.prospect_id))


def _deal_meta(row):
    if row.is_open:
        return f"closing {day(row.close_on, 'short')}" if row.close_on else "open"
    return f"{row.get_outcome_display()} {day(row.ended_on, 'short')}".strip()


def _about(row):
    when = day(row.on, "short")
    return f"{row.prospect.name}, {when}" if row.prospect else when


def _recent(user):
    """The prospects touched last, newest first."""
    latest = Prospect.objects.order_by().filter(all_standings__audience=Standing.Audience.of(user))
    rows = list(latest.exclude(all_standings__last_on=None).order_by("-all_standings__last_on", "-pk")[:RECENT])
    stages = _stages(rows)
    marker = Marker("")
    return Group("Touched lately", [_prospect_hit(row, marker, stages) for row in rows])


def names(model, text, limit=12):
    """Records whose name has words that begin so, for suggestions in a field."""
    found = textindex.find(text, kinds=(model._meta.model_name,), limit=limit)
    return _in_order(model.objects.all(), [pk for _, pk in found])


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

    def finds(self, text):
        return next(self._matches(text), None) is not None

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
