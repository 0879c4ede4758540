"""The columns of the board, as the seller sets them up."""

from django.db.models import Count
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Entry
from accounts.records import ChangedSince
from crm.access import audit
from crm.access.guard import fetch, sellers_only
from crm.web import answer, conflicts
from crm.web.forms import EntryForm
from deals.forms.stage import StageDeleteForm, StageForm
from deals.models import Deal, Stage
from deals.models.stage import LastStage


@require_safe
def stage_list(request):
    stages = list(Stage.objects.in_order().prefetch_related("milestones"))
    counts = dict(Deal.objects.order_by().values_list("stage").annotate(Count("pk")))
    rows = [(stage, counts.get(stage.pk, 0)) for stage in stages]
    return answer.page(request, "deals/stage_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def stage_create(request):
    form = StageForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return answer.page(request, "deals/stage_create.html", {"form": form})
    if not form.is_valid():
        return answer.invalid(request, "deals/stage_create.html", {"form": form})
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            form.instance.position = Stage.objects.count()
            form.instance.write(entry, milestones=form.cleaned_data["milestones"])
    stage = form.instance if form.instance.pk else entry.made(Stage)
    return answer.saved(request, reverse("stage_list"), toast=f"{stage} is a stage now.", undo=entry, leave=True)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def stage_edit(request, pk):
    stage = fetch(request, Stage, pk)
    form = StageForm(request.POST if request.method == "POST" else None, instance=stage)
    context = {"form": form, "stage": stage}
    if not form.is_bound:
        return answer.page(request, "deals/stage_edit.html", context)
    if not form.is_valid():
        return answer.invalid(request, "deals/stage_edit.html", context)
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                form.instance.write(entry, milestones=form.cleaned_data["milestones"])
    except ChangedSince as changed:
        context |= {"rows": conflicts.rows(form, changed.record), "form": conflicts.again(form, changed.record)}
        return answer.conflict(request, "deals/stage_edit.html", context)
    return answer.saved(request, reverse("stage_list"), toast=f"{form.instance} saved.", undo=entry, leave=True)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def stage_delete(request, pk):
    """Off the board; its deals, ended ones too, get another stage."""
    stage = fetch(request, Stage, pk)
    deals = Deal.everything.filter(stage=stage).count()
    form = StageDeleteForm(stage, deals, request.POST if request.method == "POST" else None)
    context = {"form": form, "stage": stage, "deals": deals, "alone": Stage.objects.count() == 1}
    if not form.is_bound:
        return answer.page(request, "deals/stage_delete.html", context)
    if not form.is_valid():
        return answer.invalid(request, "deals/stage_delete.html", context)
    try:
        with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                stage.retire(entry, form.cleaned_data.get("successor"))
                audit.note(request, "deleted", f"the stage {stage}")
    except LastStage:
        return answer.refused(request, reverse("stage_list"), "A board needs a column: this is the only one.")
    return answer.saved(request, reverse("stage_list"), toast=f"{stage} is off the board.", undo=entry, leave=True)


@require_POST
def stage_order(request, pk):
    """One place to the left or to the right."""
    stage = fetch(request, Stage, pk)
    form = EntryForm(request.POST)
    form.is_valid()
    by = -1 if request.POST.get("to") == "left" else 1
    with Entry.submission(form.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            stage.shift(by, entry)
    return answer.saved(request, reverse("stage_list"), toast=f"{stage} moved.", undo=entry, leave=True)
