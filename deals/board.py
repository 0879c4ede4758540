"""What the board shows: columns with their totals and first cards, and what ended this quarter."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict

from crm.web import clock
from crm.web.back import htmx_page
from crm.web.quarters import quarter_start
from crm.web.templatetags.callback import currency_symbol

from . import cards, trouble
from .filters import DealFilter
from .models import Deal, Stage

FIRST = 20  # cards of a column that come with the page; the others on asking


@dataclass
class Column:
    stage: Stage
    count: int
    total: Decimal
    weighted: Decimal
    deals: list

    @property
    def rest(self):
        """How many cards are not shown yet."""
        return self.count - len(self.deals)


@dataclass
class Zone:
    outcome: str
    label: str
    icon: str
    count: int
    total: Decimal


class Board:
    """One reader's board, narrowed by `params` (a QueryDict or dict of the address)."""

    def __init__(self, request, params):
        self.user, self.installation = request.user, request.installation
        self.today = clock.today()
        self.stages = list(Stage.objects.in_order().prefetch_related("milestones"))
        deals = Deal.objects.open()
        if params.get("wrong"):
            deals = trouble.mark(deals.with_standing(self.user), self.stages, self.installation, self.today)
        self.filter = DealFilter(params, queryset=deals)
        self.deals = self.filter.qs
        self.totals = self.deals.totals_by_stage()

    @property
    def count(self):
        return sum(count for count, _, _ in self.totals.values())

    @property
    def total(self):
        return sum((total for _, total, _ in self.totals.values()), Decimal(0))

    @property
    def weighted(self):
        return sum((weighted for _, _, weighted in self.totals.values()), Decimal(0))

    @property
    def symbol(self):
        return currency_symbol()

    def columns(self):
        """Each stage with its first cards, by close date."""
        place = Window(RowNumber(), partition_by="stage_id", order_by=[F("close_on").asc(nulls_last=True), "pk"])
        first = self.deals.annotate(place=place).filter(place__lte=FIRST)
        shown = self.cards(pk__in=list(first.order_by().values_list("pk", flat=True)))
        return [self.column(stage, [deal for deal in shown if deal.stage_id == stage.pk]) for stage in self.stages]

    def column(self, stage, deals=()):
        return Column(stage, *self.totals.get(stage.pk, (0, Decimal(0), Decimal(0))), list(deals))

    def first(self, stage, limit):
        """The first `limit` cards of a stage (500 at most)."""
        ids = self.deals.filter(stage=stage).by_close().values_list("pk", flat=True)[: min(limit, 500)]
        return self.cards(pk__in=list(ids))

    def cards(self, **which):
        """These deals with all that their cards show, by close date."""
        deals = trouble.mark(
            Deal.objects.for_cards(self.user).filter(**which), self.stages, self.installation, self.today
        )
        return cards.dress(deals.by_close(), self.user, self.installation, self.today)

    def zones(self):
        """Won, lost and walked with their count and total of this fiscal quarter."""
        ended = Deal.objects.ended_since(quarter_start(self.today))
        named = [("won", "Won", "trophy"), ("lost", "Lost", "circle-x"), ("walked", "Walked", "footprints")]
        return [Zone(*names, *ended.get(names[0], (0, Decimal(0)))) for names in named]


def address_params(request):
    """The filters of the page that htmx asks from (its address), otherwise those of this request."""
    return QueryDict(htmx_page(request).query) if request.htmx else request.GET
