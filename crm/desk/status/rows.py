"""The deals of the page: those that are open, and those that ended in its period, as things are now. Two queries.

There may be thousands, so a row holds no more than what every one of them is looked at for.
"""

from collections import namedtuple
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Q

from deals.models import Deal, DealChange
from deals.models import Stage as StageRecord

Stage = namedtuple("Stage", "pk name position chance")
# What the page reads of a prospect; and the rest, which the brief of a past day takes from here.
HOME = ("pk", "name", "folded", "parked_until", "trashed_at")
PROSPECT = (*HOME, "about", "source", "created_at")
Home = namedtuple("Home", PROSPECT, defaults=("", "", None))


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
    gone: bool = False

    @property
    def weighted(self):
        """Amount × chance of the stage, not rounded; None where the amount is unknown."""
        return None if self.amount is None else self.amount * self.stage.chance / 100

    @property
    def month(self):
        """Of its close date: "2026-03", "" without one."""
        return f"{self.close_on.year}-{self.close_on.month:02}" if self.close_on else ""

    @property
    def href(self):
        return "" if self.gone else f"/deals/{self.pk}/"


DEAL = ("pk", "name", "folded", "amount", "close_on", "outcome", "ended_on", "end_reason")
STAGE = ("stage_id", "stage__name", "stage__position", "stage__chance")


def live(period):
    """[Row] in the order of the deals' making."""
    deals = Deal.objects.filter(Q(outcome="open") | Q(ended_on__range=(period.first, period.last)))
    found = list(deals.order_by("pk").values_list(*DEAL, "stage_id", *(f"prospect__{name}" for name in HOME)))
    # After the deals: one may have come meanwhile with a stage that is as new.
    stages = {row[0]: Stage(*row) for row in StageRecord.everything.values_list(*Stage._fields)}
    rows, homes, n = [], {}, len(DEAL)
    for values in found:
        rows.append(Row(*values[:n], stages[values[n]], home_of(values[n + 1 :], homes)))
    return rows


def last_change():
    """The id of the last DealChange, 0 without any."""
    return DealChange.objects.aggregate(last=Max("pk"))["last"] or 0


def home_of(values, made):
    """The Home of these values, one for each prospect; None for a deal without one."""
    pk = values[0]
    if pk is None:
        return None
    if pk not in made:
        made[pk] = Home(*values)
    return made[pk]
