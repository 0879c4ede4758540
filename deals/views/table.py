"""Every deal as a row, and the same as a file."""

from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from crm.web import answer, csvs
from crm.web.remember import remembered
from deals.filters import DealTableFilter
from deals.table import DEFAULT, HEADER, Table
from deals.views.key import answer_key


@require_GET
def deal_list(request):
    """Deals as a table; filters, order and page stand in the address."""
    body = remembered(answer_key(request), lambda: _body(request))
    return answer.page(request, "deals/deal_list.html", {"body": body})


def _body(request):
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
    return render_to_string("deals/_deal_table.html", context, request)


@require_GET
def deal_export(request):
    """What the table shows with these filters, all pages, as CSV."""
    return csvs.download("deals", HEADER, Table(request, request.GET).rows())
