"""The list of prospects: whose move it is, how silent, what is open; narrowed, sorted, as CSV."""

from datetime import timedelta
from functools import partial

import django_filters as filters
from django import forms
from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from accounts.models import Contact, Prospect, Standing
from accounts.standing import in_words
from crm.web import clock, textindex
from deals.models import Deal, Stage

PAGE = 25
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


def _standing(user):
    return FilteredRelation("all_standings", condition=Q(all_standings__audience=Standing.Audience.of(user)))


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
    def chosen(self):
        """How many filters are set besides the text."""
        return sum(bool(self.data.get(name)) for name in self.filters if name != "q")

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
    standings = Standing.objects.filter(prospect__in=keys, audience=Standing.Audience.of(user))
    standings = standings.select_related("next_step")
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


def tries(standing):
    """ "2 calls, 1 email": the attempts since they last took part, by kind; "" for none."""
    kinds = standing.attempts_by_kind.items() if standing else ()
    return ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in kinds)


# As CSV -------------------------------------------------------------------------------------------

CSV_HEADER = (
    "Prospect", "In one line", "Source", "Website", "Phone", "Address", "City", "Country", "Parked until",
    "Whose move", "Since", "Why", "Next step", "Next step due", "Silent days", "Tries", "Open amount", "Last touch",
    "Wrong number",
)  # fmt: skip


def csv_rows(rows):
    """One tuple of CSV_HEADER a prospect, read as they are sent."""
    today = clock.today()
    rows = rows.select_related("standing__next_step")
    if "open_amount" not in rows.query.annotations:
        rows = rows.annotate(open_amount=open_amount())
    for row in rows.iterator(chunk_size=500):
        standing = row.standing or Standing()
        step, wrong = standing.next_step, row.phone_is_wrong
        yield (
            row.name, row.about, row.source, row.website, "" if wrong else row.phone, row.address, row.city,
            row.country, row.parked_until, standing.get_move_display(), standing.since_on, in_words(standing.why),
            step.what if step else "", step.due_on if step else None, standing.silent_days(today), tries(standing),
            row.open_amount, standing.last_on, row.phone if wrong else "",
        )  # fmt: skip
