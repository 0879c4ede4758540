"""Every deal as a row, and the same as a file."""

from django.views.decorators.http import require_safe

from crm.access import audit
from crm.web import answer, csvs
from crm.web.kept_html import kept_html
from deals.filters import DealTableFilter
from deals.table import DEFAULT, HEADER, Table


@require_safe
def deal_list(request):
    """Deals as a table; filters, order and page stand in the address."""
    body = kept_html(request, "deals/_deal_table.html", lambda: _shown(request))
    return answer.page(request, "deals/deal_list.html", {"body": body})


def _shown(request):
    table = Table(request, request.GET)
    page, totals = table.page()
    return {
        "table": table,
        "page": page,
        "totals": totals,
        "filter": table.filter,
        "outcomes": DealTableFilter.OUTCOMES,
        "default": DEFAULT,
    }


@require_safe
def deal_export(request):
    """What the table shows with these filters, all pages, as CSV."""
    audit.note(request, "exported", "the list of deals")
    return csvs.download("deals", HEADER, Table(request, request.GET).rows())
