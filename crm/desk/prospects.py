"""The list of prospects and the head of one: who they are, whose move it is, how silent, what is open."""

import zoneinfo
from datetime import timedelta
from functools import partial

import django_filters as filters
from django import forms
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    Subquery,
    Sum,
    When,
    Window,
)
from django.db.models.functions import Coalesce

from accounts.models import Contact, PhoneNumber, Prospect, Standing
from accounts.standing import in_words
from crm.desk import duplicates
from crm.web import clock, textindex
from deals.models import Deal, Stage

PAGE = 25
SHOWN = 8  # people and deals on a prospect's page; the rest is a link away
MOST_STEPS = 20
# ?sort= → (order, needs the amount). Ties fall back to the name, so that pages never overlap.
SORTS = {
    "name": F("folded").asc(),
    "move": F("standing__move").asc(nulls_last=True),
    "next": F("standing__next_due_on").asc(nulls_last=True),
    "silence": F("silent_since").desc(nulls_first=True),
    "amount": F("open_amount").asc(nulls_first=True),
    "touch": F("standing__last_on").asc(nulls_first=True),
}
_SILENCES = [("7", "7 days or more"), ("14", "14 days or more"), ("30", "30 days or more"), ("90", "90 days or more")]


def audience(user):
    """Which standings this user reads: private lines do not exist for others than the seller."""
    return Standing.Audience.SELLER if user.is_seller else Standing.Audience.OTHERS


def _standing(user):
    return FilteredRelation("all_standings", condition=Q(all_standings__audience=audience(user)))


def with_standing(prospects, user):
    """Each with `standing` (its next steps and their people loaded); None where there is none yet."""
    return prospects.annotate(standing=_standing(user)).select_related("standing__next_step", "standing__their_step")


def open_amount():
    """The sum of open deals' amounts, as an annotation; None where none is known."""
    deals = Deal.objects.open().order_by().filter(prospect=OuterRef("pk")).values("prospect")
    return Subquery(deals.annotate(sum=Sum("amount")).values("sum"))


class ProspectFilter(filters.FilterSet):
    """Everything the list can be narrowed by; all of it stands in the URL."""

    q = filters.CharFilter(method="by_text", label="Text", widget=forms.TextInput(attrs={"type": "search"}))
    move = filters.ChoiceFilter(
        field_name="standing__move", choices=[("mine", "yours"), ("theirs", "theirs")], label="Whose move"
    )
    stage = filters.ModelChoiceFilter(queryset=Stage.objects.in_order(), method="by_stage", label="Stage")
    silent = filters.ChoiceFilter(choices=_SILENCES, method="by_silence", label="Silent for")
    step = filters.ChoiceFilter(
        choices=[("none", "no next step"), ("some", "a next step")], method="by_step", label="Next step"
    )
    parked = filters.ChoiceFilter(choices=[("no", "not parked"), ("yes", "parked")], method="by_park", label="Parked")
    source = filters.ChoiceFilter(label="Source")
    country = filters.ChoiceFilter(label="Country")

    class Meta:
        model = Prospect
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = _distinct()
        for name in ("source", "country"):
            self.filters[name].extra["choices"] = [(word, word) for word in found[name]]
        self.has_sources, self.has_countries = bool(found["source"]), bool(found["country"])

    @property
    def narrowed(self):
        """Whether anything but the order was asked for."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def deeper(self):
        """How many of the filters under "More" are set."""
        return sum(bool(self.data.get(name)) for name in ("parked", "source", "country"))

    def by_text(self, queryset, name, value):
        found = textindex.find(value, kinds=("prospect", "contact"), limit=20_000)
        prospects = [pk for kind, pk in found if kind == "prospect"]
        people = Contact.objects.filter(pk__in=[pk for kind, pk in found if kind == "contact"])
        return queryset.filter(Q(pk__in=prospects) | Q(pk__in=people.values("prospect")))

    def by_stage(self, queryset, name, value):
        return queryset.filter(Exists(Deal.objects.open().filter(prospect=OuterRef("pk"), stage=value)))

    def by_silence(self, queryset, name, value):
        since = clock.today() - timedelta(days=int(value))
        first = Q(standing__last_two_way_on=None, standing__first_attempt_on__lte=since)
        return queryset.filter(Q(standing__last_two_way_on__lte=since) | first)

    def by_step(self, queryset, name, value):
        return queryset.filter(standing__next_step__isnull=value == "none")

    def by_park(self, queryset, name, value):
        return queryset.parked(clock.today()) if value == "yes" else queryset.awake(clock.today())


def _distinct():
    """The sources and countries that occur, sorted, in one query."""
    rows = Prospect.objects.order_by().values_list("source", "country").distinct()
    sources, countries = zip(*rows, strict=True) if rows else ((), ())
    return {"source": sorted({*sources} - {""}), "country": sorted({*countries} - {""})}


def listed(data, user):
    """(filter, ordered queryset): what the query string asks for; `shown` draws a page of it."""
    chosen = ProspectFilter(data, queryset=Prospect.objects.annotate(standing=_standing(user)))
    sort = data.get("sort") or "name"
    order = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    queryset = chosen.qs
    if sort.endswith("amount"):
        queryset = queryset.annotate(open_amount=open_amount())
    if sort.endswith("silence"):
        queryset = queryset.annotate(silent_since=Coalesce("standing__last_two_way_on", "standing__first_attempt_on"))
    if sort.startswith("-"):
        order = order.copy()
        order.reverse_ordering()
    return chosen, queryset.order_by(order, "folded", "pk")


def shown(keys, user):
    """The prospects with these ids, in their order, with all that a row of the list shows. Three queries.

    Only the fields that are shown are read: all fields of three tables cost more than finding the rows.
    """
    keys, today = list(keys), clock.today()
    rows = Prospect.objects.only("name", "city", "parked_until").in_bulk(keys)
    fields = ("prospect", "move", "why", "attempts", "last_on", "last_two_way_on", "first_attempt_on")
    standings = Standing.objects.filter(prospect__in=keys, audience=audience(user)).select_related("next_step")
    standings = {s.prospect_id: s for s in standings.only(*fields, "next_step__what", "next_step__due_on")}
    deals = Deal.objects.open().order_by().filter(prospect__in=keys)
    sums = dict(deals.values_list("prospect").annotate(Sum("amount")))
    for row in rows.values():
        row.standing, row.open_amount = standings.get(row.pk), sums.get(row.pk)
        row.silent = row.standing.silent_days(today) if row.standing else None
        row.is_parked = row.parked_until is not None and row.parked_until > today
        row.why = partial(in_words, row.standing.why) if row.standing else ""  # only when it is drawn
        row.key = _key(row)
    return [rows[key] for key in keys if key in rows]


def _key(row):
    """All that a row shows: two rows with the same key look the same on the same day."""
    standing = row.standing
    step = standing and standing.next_step
    shown = standing and (
        standing.move, standing.why, standing.attempts, standing.last_on, standing.last_two_way_on,
        standing.first_attempt_on,
    )  # fmt: skip
    return row.pk, row.name, row.city, row.parked_until, row.open_amount, shown, step and (step.what, step.due_on)


# One prospect -------------------------------------------------------------------------------------


def about(prospect, user):
    """What its page shows, but for the timeline: standing, people, deals, open steps. Five queries."""
    today = clock.today()
    deals, opened = _deals(prospect)
    people = list(_people(prospect, user)[: SHOWN + 1])
    steps = prospect.steps.open().visible_to(user).by_due().select_related("contact", "deal", "prospect")
    return {
        "prospect": prospect,
        "log_context": f"prospect-{prospect.pk}",
        "standing": prospect.standing,
        "why": in_words(prospect.standing.why) if prospect.standing else "",
        "silent": prospect.standing.silent_days(today) if prospect.standing else None,
        "tries": tries(prospect.standing),
        "parked": prospect.parked_until is not None and prospect.parked_until > today,
        "people": [with_local_time(person) for person in people[:SHOWN]],
        "more_people": len(people) > SHOWN,
        "to_call": _to_call(prospect, people),
        "web": _web(prospect.website),
        "deals": deals[:SHOWN],
        "more_deals": len(deals) > SHOWN,
        "open_deals": opened.n if opened else 0,
        "open_amount": opened and opened.total,
        "steps": list(steps[:MOST_STEPS]),
    }


def _deals(prospect):
    """(the first deals, open ones by close date in front; the first open one, or None).

    Each carries `n` and `total` of all with its outcome: how many, and the sum of their known amounts.
    """
    of_outcome = {"partition_by": [F("outcome")]}
    deals = prospect.deals.select_related("stage").annotate(
        n=Window(Count("pk"), **of_outcome), total=Window(Sum("amount"), **of_outcome)
    )
    ended = Case(When(outcome=Deal.Outcome.OPEN, then=0), default=1)
    deals = deals.order_by(ended, F("ended_on").desc(nulls_last=True), F("close_on").asc(nulls_last=True), "pk")
    deals = list(deals[: SHOWN + 1])
    return deals, deals[0] if deals and deals[0].is_open else None


def _people(prospect, user):
    """With their addresses; who was dealt with last stands in front."""
    seen = Q() if user.is_seller else Q(activities__private=False)
    latest = Max("activities__on", filter=seen & Q(activities__trashed_at=None))
    people = prospect.contacts.annotate(latest=latest).order_by(F("latest").desc(nulls_last=True), "folded", "pk")
    return people.with_addresses()


def tries(standing):
    """ "2 calls, 1 email": the attempts since they last took part, by kind; "" for none."""
    kinds = standing.attempts_by_kind.items() if standing else ()
    return ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in kinds)


def _web(website):
    """The address a browser can open; "" for what is none (a scheme of its own never runs here)."""
    if not duplicates.domain(website):
        return ""
    if website.casefold().startswith(("http://", "https://")):
        return website
    return "" if ":" in website.split("/")[0] else f"https://{website}"


def with_local_time(person):
    """The contact with `there`: the wall-clock time (naive) where it is, None where the zone is not known."""
    try:
        zone = zoneinfo.ZoneInfo(person.time_zone) if person.time_zone else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = None
    person.there = clock.now().astimezone(zone).time() if zone else None
    return person


def _to_call(prospect, people):
    """(first name, number) of whom a call goes to: the next step's person first; None without a number."""
    step = prospect.standing and prospect.standing.next_step
    people = sorted(people, key=lambda person: not (step and step.contact_id == person.pk))
    for person in people:
        for phone in person.phones.all():
            if not phone.wrong:
                return person.first_name, phone
    return None


def merged_into(pk):
    """The live prospect that a merged one is part of now; None for any other."""
    gone = Prospect.everything.filter(pk=pk).exclude(trashed_at=None).select_related("merged_into").first()
    stays = gone and gone.merged_into
    return stays if stays is not None and stays.trashed_at is None else None


def number_to_call(prospect, person=None):
    """The number to call there, with its contact: that person's, or that of whom was dealt with last; or None."""
    numbers = PhoneNumber.objects.filter(contact__prospect=prospect, contact__trashed_at=None, wrong=False)
    if person is not None:
        numbers = numbers.filter(contact=person)
    latest = numbers.annotate(latest=Max("contact__activities__on")).select_related("contact")
    return latest.order_by(F("latest").desc(nulls_last=True), "contact", "position").first()


def like(prospect, text=""):
    """Likenesses of a prospect, or those that a text finds, for choosing which one stays."""
    if not text:
        found = duplicates.prospects_like(
            prospect.name, website=prospect.website, phone=prospect.phone, but=prospect.pk
        )
        return found
    keys = [pk for _, pk in textindex.find(text, kinds=("prospect",), limit=20) if pk != prospect.pk]
    rows = Prospect.objects.in_bulk(keys)
    return [duplicates.Likeness(rows[pk], rows[pk].city) for pk in keys if pk in rows]


# As CSV -------------------------------------------------------------------------------------------

CSV_HEADER = (
    "Prospect", "In one line", "Source", "Website", "Phone", "Address", "City", "Country", "Parked until",
    "Whose move", "Since", "Why", "Next step", "Next step due", "Silent days", "Tries", "Open amount", "Last touch",
)  # fmt: skip


def csv_rows(rows):
    """One tuple of CSV_HEADER a prospect, read as they are sent."""
    today = clock.today()
    rows = rows.select_related("standing__next_step")
    if "open_amount" not in rows.query.annotations:
        rows = rows.annotate(open_amount=open_amount())
    for row in rows.iterator(chunk_size=500):
        standing = row.standing or Standing()
        step = standing.next_step
        yield (
            row.name, row.about, row.source, row.website, row.phone, row.address, row.city, row.country,
            row.parked_until, standing.get_move_display(), standing.since_on, in_words(standing.why),
            step.what if step else "", step.due_on if step else None, standing.silent_days(today), tries(standing),
            row.open_amount, standing.last_on,
        )  # fmt: skip
