"""Every deal as a row, and the same as a file."""

from django.views.decorators.http import require_GET

from crm.web import answer, csvs
from deals.filters import DealTableFilter
from deals.table import DEFAULT, HEADER, Table


@require_GET
def deal_list(request):
    """Deals as a table; filters, order and page stand in the address."""
    table = Table(request, request.GET)
    page, totals = table.page()
    context = {
        "table": table,
        "page": page,
        "totals": totals,
        "filter": table.filter,
        "outcomes": DealTableFilter.OUTCOMES,
        "default": DEFAULT,
    }
    return answer.page(request, "deals/deal_list.html", context)


@require_GET
def deal_export(request):
    """What the table shows with these filters, all pages, as CSV."""
    return csvs.download("deals", HEADER, Table(request, request.GET).rows())
