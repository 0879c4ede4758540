"""The table of deals: rows, their order, their totals, and the same as CSV."""

from itertools import chain

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
OF_STANDING = ("heard", "step")
HEADER = (
    "Deal", "Prospect", "Stage", "Amount", "Weighted", "Expected close", "Outcome", "Ended", "Reason", "Source",
    "Opened", "Slips", "Next step", "Next step due", "Last two-way", "Tries since", "What is wrong",
)  # fmt: skip


class Table:
    """What `params` of the address ask for, as one reader may see it."""

    def __init__(self, request, params):
        self.installation, self.today = request.installation, clock.today()
        self.stages = list(Stage.objects.in_order())
        sort = params.get("sort") or DEFAULT
        deals = Deal.objects.all()
        if params.get("wrong") or params.get("no_step") or sort.lstrip("-") in OF_STANDING:
            deals = trouble.mark(deals.with_standing(request.user), self.stages, self.installation, self.today)
        self.user = request.user
        self.filter = DealTableFilter(params, queryset=deals)
        self.outcome = params.get("outcome") or "open"
        self.deals = self.filter.qs.order_by(*_order(sort), "pk")
        self.number = params.get("page")

    def page(self):
        """(page of dressed deals, {count, total, weighted} of all that match)."""
        count, total, weighted = self.filter.qs.totals()
        paginator = Paginator(self.deals.values_list("pk", flat=True), SIZE)
        paginator.count = count
        page = paginator.get_page(self.number)
        page.object_list = self.dressed(list(page.object_list))
        return page, {"count": count, "total": total, "weighted": weighted}

    def dressed(self, ids):
        """These deals with all that a row shows, in the order of `ids`."""
        deals = Deal.objects.for_cards(self.user).filter(pk__in=ids)
        deals = trouble.mark(deals, self.stages, self.installation, self.today)
        found = {deal.pk: deal for deal in cards.dress(deals, self.user, self.installation, self.today)}
        return [found[pk] for pk in ids if pk in found]

    def rows(self):
        """The cells of HEADER for every deal that matches, read in portions."""
        ids = list(self.deals.values_list("pk", flat=True))
        portions = (self.dressed(ids[start : start + 500]) for start in range(0, len(ids), 500))
        for deal in chain.from_iterable(portions):
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
