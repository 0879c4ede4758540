"""The table of deals: rows, their order, their totals, and the same as CSV."""

from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.functions import Lower

from crm.web import clock

from . import cards, trouble
from .filters import DealTableFilter
from .models import Deal, Stage

SIZE = 25
DEFAULT = "close"
ORDERS = {
    "name": [Lower("name")],
    "prospect": [F("prospect__folded")],
    "stage": [F("stage__position")],
    "amount": [F("amount")],
    "close": [F("close_on")],
    "heard": [F("standing__last_two_way_on")],
    "step": [F("standing__next_due_on")],
    "ended": [F("ended_on")],
}
HEADER = (
    "Deal", "Prospect", "Stage", "Amount", "Weighted", "Expected close", "Outcome", "Ended", "Reason", "Source",
    "Opened", "Slips", "Next step", "Next step due", "Last two-way", "Tries since", "What is wrong",
)  # fmt: skip


class Table:
    """What `params` of the address ask for, as one reader may see it."""

    def __init__(self, request, params):
        self.installation, self.today = request.installation, clock.today()
        self.stages = list(Stage.objects.in_order())
        deals = trouble.mark(Deal.objects.for_cards(request.user), self.stages, request.installation, self.today)
        self.filter = DealTableFilter(params, queryset=deals)
        self.outcome = params.get("outcome") or "open"
        self.deals = self.filter.qs.order_by(*_order(params.get("sort") or DEFAULT), "pk")
        self.number = params.get("page")

    def page(self):
        """(page of dressed deals, {count, total, weighted} of all that match)."""
        count, total, weighted = self.filter.qs.totals()
        paginator = Paginator(self.deals, SIZE)
        paginator.count = count
        page = paginator.get_page(self.number)
        page.object_list = cards.dress(page.object_list, self.installation, self.today)
        return page, {"count": count, "total": total, "weighted": weighted}

    def rows(self):
        """The cells of HEADER for every deal that matches, read in portions."""
        for deal in self.deals.iterator(chunk_size=500):
            (deal,) = cards.dress([deal], self.installation, self.today)
            standing = deal.standing
            step = standing and standing.next_step
            yield (
                deal.name, deal.prospect and deal.prospect.name, deal.stage.name, deal.amount, deal.weighted,
                deal.close_on, deal.get_outcome_display(), deal.ended_on, deal.end_reason, deal.source,
                deal.opened_on, deal.slips, step and step.what, step and step.due_on,
                standing and standing.last_two_way_on, standing and standing.attempts, deal.wrong,
            )  # fmt: skip


def _order(sort):
    """Unknown orders are the default; what is not known comes last either way."""
    down = sort.startswith("-")
    fields = ORDERS.get(sort.lstrip("-")) or ORDERS[DEFAULT]
    return [field.desc(nulls_last=True) if down else field.asc(nulls_last=True) for field in fields]
