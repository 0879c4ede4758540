"""One deal: its page, and the parts of it that get themselves again."""

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from crm.access.guard import fetch
from crm.web import answer
from crm.web.kept_html import kept_html
from crm.web.remember import remembered
from deals.models import Deal
from deals.page import DealPage


@require_safe
def deal_detail(request, pk):
    """Where it stands, its plan, its people, what happened. htmx gets where it stands."""
    if answer.wants_fragment(request):
        return answer.page(request, "deals/_deal_stands.html", _shown(request, pk))
    read = []

    def shown():
        read.append(_shown(request, pk))
        return read[0]

    body = kept_html(request, "deals/_deal_body.html", shown)
    deal = remembered(("deal", pk, request.user.pk), lambda: read[0]["deal"] if read else fetch(request, Deal, pk))
    return answer.page(request, "deals/deal_detail.html", {"body": body, "deal": deal})


def _shown(request, pk):
    view = DealPage(request, pk)
    return {"view": view, "deal": view.deal}


def _part(request, pk, fragment, anchor):
    """A part for htmx; a plain browser is shown the whole page at that part."""
    view = DealPage(request, pk)
    if not answer.wants_fragment(request):
        return redirect(f"{view.deal.get_absolute_url()}#{anchor}")
    return answer.page(request, fragment, {"view": view, "deal": view.deal})


@require_safe
def deal_plan(request, pk):
    return _part(request, pk, "deals/_deal_plan.html", "deal-plan")


@require_safe
def deal_people(request, pk):
    return _part(request, pk, "deals/_deal_people.html", "deal-people")


@require_safe
def deal_timeline(request, pk):
    """A page of what happened: ?kind= and ?before=."""
    view = DealPage(request, pk)
    context = {"view": view, "deal": view.deal, "timeline": view.timeline}
    return answer.page(request, "deals/deal_timeline.html", context, fragment="deals/_deal_timeline.html")
