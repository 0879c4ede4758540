"""The board, and what moves a deal on it."""

from django.db.models import Count
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Entry
from accounts.records import ChangedSince
from crm.access.guard import fetch, sellers_only
from crm.web import answer, clock
from crm.web.back import back
from crm.web.conflicts import again, rows
from crm.web.kept_html import kept_html
from deals.board import FIRST, Board, address_params
from deals.forms.moves import OutcomeForm, ReopenForm, StageForm
from deals.models import Deal, Stage


@require_safe
def deal_board(request):
    """The pipeline as columns; the address holds the filters."""
    body = kept_html(request, "deals/_board_body.html", lambda: _shown(request))
    return answer.page(request, "deals/deal_board.html", {"body": body}, fragment="deals/_deal_board.html")


def _shown(request):
    board = Board(request, request.GET)
    return {"board": board, "columns": board.columns(), "zones": board.zones()}


@require_safe
def stage_cards(request, pk):
    """More cards of a column than the page brought; without htmx, the stage in the table."""
    stage = fetch(request, Stage, pk)
    if not answer.wants_fragment(request):
        return redirect(reverse("deal_list", query={"stage": stage.pk}))
    board = Board(request, address_params(request))
    shown = request.GET.get("shown", "")
    column = board.column(stage, board.first(stage, (int(shown) if shown.isdecimal() else 0) + FIRST))
    return answer.page(request, "deals/_stage_cards.html", {"board": board, "column": column})


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def deal_stage(request, pk):
    """Into another column: dragged, or chosen under "Move to…"."""
    deal = fetch(request, Deal.objects.select_related("stage", "prospect"), pk)
    stages = list(Stage.objects.in_order())
    form = StageForm(request.POST or None)
    context = {"deal": deal, "stages": stages, "form": form, "next": back(request, "")}
    if request.method != "POST":
        return answer.page(request, "deals/deal_stage.html", context, fragment="deals/_deal_stage.html")
    if not form.is_valid():
        return answer.invalid(request, "deals/deal_stage.html", context, fragment="deals/_deal_stage.html")
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                start = form.cleaned_data["from_stage"]
                if start and start != deal.stage_id:
                    raise ChangedSince(deal)
                deal.move_to(form.cleaned_data["stage"], entry)
    except ChangedSince:
        return _elsewhere(request, context)
    return _moved(request, deal, stages, form.cleaned_data["from_stage"], entry)


def _elsewhere(request, context):
    """409: the deal is not where the move began."""
    now = Deal.objects.select_related("stage").get(pk=context["deal"].pk)
    if _dragged(request, now):
        why = f"{now} is in {now.stage} by now. Nothing was moved."
        return answer.refused(request, now.get_absolute_url(), why, status=409, events=["deal-changed"])
    chosen = context["form"].cleaned_data["stage"]
    context |= {"deal": now, "rows": [("Stage", now.stage, chosen, now.stage != chosen)]}
    return answer.conflict(request, "deals/deal_stage.html", context, fragment="deals/_deal_stage.html")


def _dragged(request, deal):
    return request.htmx.target == f"deal-card-{deal.pk}"


def _moved(request, deal, stages, start, entry):
    """A dragged card gets its heads and totals out of band; anything else re-gets itself."""
    toast = f"{deal.prospect or deal} moved to {deal.stage}"
    to = back(request, deal.get_absolute_url())
    if not _dragged(request, deal):
        return answer.saved(request, to, toast=toast, undo=entry, events=["deal-changed"])
    board = Board(request, address_params(request))
    heads = [board.column(stage) for stage in stages if stage.pk in (start, deal.stage_id)]
    also = [("deals/_stage_head.html", {"column": column}) for column in heads]
    also.append(("deals/_board_head.html", {"board": board}))
    card = board.cards(pk=deal.pk)[0]
    return answer.saved(
        request, to, toast=toast, undo=entry, fragment="deals/_deal_card.html", context={"deal": card}, also=also
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def deal_outcome(request, pk):
    """Won, lost or walked away, with its day and its reason."""
    deal = fetch(request, Deal.objects.select_related("stage", "prospect"), pk)
    outcome = request.GET.get("outcome", deal.outcome if not deal.is_open else "won")
    initial = {"outcome": outcome, "ended_on": deal.ended_on or clock.today()}
    form = OutcomeForm(request.POST or None, instance=deal, initial=initial)
    context = {"deal": deal, "form": form, "next": back(request, ""), "reasons": _reasons(), "outcome": outcome}
    pages = {"template": "deals/deal_outcome.html", "fragment": "deals/_deal_outcome.html"}
    if request.method != "POST":
        return answer.page(request, context=context, **pages)
    if not form.is_valid():
        return answer.invalid(request, context=context, **pages)
    end = form.cleaned_data
    try:
        with Entry.submission(end["uuid"], author=request.user) as entry:
            if not entry.replayed:
                form.instance.end(end["outcome"], entry, on=end["ended_on"], reason=end["end_reason"])
    except ChangedSince as changed:
        context |= {"form": again(form, changed.record), "rows": rows(form, changed.record)}
        return answer.conflict(request, context=context, **pages)
    words = {"won": "won", "lost": "lost", "walked": "walked away from"}[end["outcome"]]
    to = back(request, deal.get_absolute_url())
    return answer.saved(request, to, toast=f"{deal} {words}", undo=entry, events=["deal-changed"])


def _reasons():
    """The reasons given most often so far, to choose from."""
    given = Deal.objects.ended().exclude(end_reason="").order_by().values_list("end_reason", flat=True)
    return given.annotate(times=Count("pk")).order_by("-times", "end_reason")[:12]


@require_POST
def deal_reopen(request, pk):
    """An ended deal is open again, in the stage where it was."""
    deal = fetch(request, Deal.objects.select_related("stage"), pk)
    form = ReopenForm(request.POST)
    to = back(request, deal.get_absolute_url())
    if not form.is_valid() or form.cleaned_data["version"] not in (None, deal.version):
        return answer.refused(request, to, f"{deal} was changed meanwhile. Nothing was done.", status=409)
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            deal.reopen(entry)
    return answer.saved(request, to, toast=f"{deal} is open again in {deal.stage}", undo=entry, events=["deal-changed"])
