"""The deals of the page: those that are open, and those that ended in its period, as things are now. One query."""

from collections import namedtuple
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Case, FilteredRelation, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Activity, Standing
from crm.desk.models import StatusMark
from deals.models import Deal, DealChange

Stage = namedtuple("Stage", "pk name position chance")
PROSPECT = ("pk", "name", "folded", "about", "source", "parked_until", "created_at", "trashed_at")
# What the page and a brief read of a prospect; thousands of whole records would cost more than all the rest.
Home = namedtuple("Home", PROSPECT)


@dataclass(slots=True)
class Row:
    """One deal as it stands, or stood on a past day. `gone`: it lies in the trash by now, and has no page."""

    pk: int
    name: str
    folded: str
    amount: Decimal | None
    close_on: date | None
    outcome: str
    ended_on: date | None
    reason: str
    stage: Stage
    prospect: Home | None
    silence: tuple = ()
    gone: bool = False

    @property
    def weighted(self):
        """Amount × chance of the stage, not rounded; None where the amount is unknown."""
        return None if self.amount is None else self.amount * self.stage.chance / 100

    @property
    def month(self):
        """Of its close date: "2026-03", "" without one."""
        return f"{self.close_on:%Y-%m}" if self.close_on else ""

    @property
    def href(self):
        return "" if self.gone else f"/deals/{self.pk}/"


DEAL = (
    "pk", "name", "folded", "amount", "close_on", "outcome", "ended_on", "end_reason",
    "stage_id", "stage__name", "stage__position", "stage__chance",
)  # fmt: skip
_MARK = ("seen_at", "seen_change", "from_at", "from_change", "marked_at")
_SILENCE = ("last_two_way_on", "first_attempt_on", "attempts")


@dataclass(slots=True)
class Silence:
    """Days and tries as in its standing; `enough_at`: when the try that used up the silence budget became known."""

    last_two_way_on: date | None
    first_attempt_on: date | None
    attempts: int
    enough_at: datetime | None


def live(period, audience, installation, user_id=None):
    """([Row], the reader's StatusMark or None, id of the last DealChange).

    The mark travels with the deals, as the page may ask only twelve questions in all.
    """
    deals = Deal.objects.filter(Q(outcome="open") | Q(ended_on__range=(period.first, period.last)))
    deals = deals.annotate(
        stood=FilteredRelation("prospect__all_standings", condition=Q(prospect__all_standings__audience=audience))
    )
    mark = StatusMark.objects.filter(user=user_id)
    found = deals.order_by("pk").values_list(
        *DEAL,
        *(f"prospect__{name}" for name in PROSPECT),
        *(f"stood__{name}" for name in _SILENCE),
        _enough(audience, max(installation.silence_budget, 1)),
        *(Subquery(mark.values(name)) for name in _MARK),
        Subquery(_last_change()),
    )
    rows, tail, homes = [], None, {}
    for values in found:
        deal, values = values[:8], values[8:]
        stage, values = Stage(*values[:4]), values[4:]
        prospect, values = values[: len(PROSPECT)], values[len(PROSPECT) :]
        silence, tail = Silence(*values[:4]), values[4:]
        rows.append(Row(*deal, stage, home_of(prospect, homes), silence))
    if tail is None:
        return [], mark.first(), next(iter(_last_change().values_list("last", flat=True)), None) or 0
    *marked, last = tail
    return rows, StatusMark(user_id=user_id, **dict(zip(_MARK, marked, strict=True))) if marked[0] else None, last or 0


def _last_change():
    return DealChange.objects.order_by().values(_all=Value(1)).annotate(last=Max("pk")).values("last")


def home_of(values, made):
    """The Home of these values, one for each prospect; None for a deal without one."""
    pk = values[0]
    if pk is None:
        return None
    if pk not in made:
        made[pk] = Home(*values)
    return made[pk]


def _enough(audience, budget):
    """When the try that used up the budget became known; asked only where there were so many."""
    tries = Activity.objects.all() if audience == Standing.Audience.SELLER else Activity.objects.public()
    spoke = Coalesce(OuterRef("stood__last_two_way_on"), Value(date(1900, 1, 1)))
    after = Q(on__gt=spoke) | Q(on=spoke, at__gt=OuterRef("stood__last_two_way_at"))
    tries = tries.filter(after, prospect=OuterRef("prospect"), attempt=True).in_order()
    nth = Subquery(tries.values("known_at")[budget - 1 : budget])
    return Case(When(stood__attempts__gte=budget, then=nth), default=None)
