"""Importing a file: upload it, see what it would do, do it, take it back."""

from django.http import FileResponse, Http404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from crm.access import audit
from crm.access.guard import fetch, sellers_only, takes_files
from crm.desk.forms.importing import ImportForm, choices_from
from crm.desk.importing import jobs, preview, report, uploads
from crm.desk.importing.reading import Unreadable
from crm.desk.importing.undoing import undo
from crm.desk.models import Import
from crm.web import answer
from deals.models import Stage


@require_safe
@sellers_only
def import_list(request):
    """What has been brought in, and what is on its way."""
    return answer.page(request, "desk/import_list.html", {"imports": Import.objects.recent()[:200]})


@takes_files
@sellers_only
def import_create(request):
    """Upload a file; what it would do is shown before anything is stored."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = uploads.receive(form.cleaned_data["file"], form.cleaned_data["uuid"], request.user)
        except Unreadable as why:
            form.add_error("file", str(why))
        else:
            return answer.saved(request, reverse("import_detail", args=[item.pk]), leave=True)
    if request.method == "POST":
        return answer.invalid(request, "desk/import_create.html", {"form": form})
    return answer.page(request, "desk/import_create.html", {"form": form})


@require_safe
@sellers_only
def import_detail(request, pk):
    """What a file would do; how far it is; what it did. htmx asks again each second while it runs."""
    item = fetch(request, Import, pk)
    running = item.state == Import.State.RUNNING and not item.cut_short
    if answer.wants_fragment(request) and not running:
        return answer.saved(request, reverse("import_detail", args=[pk]), leave=True)
    return answer.page(request, "desk/import_detail.html", _page(item, running), fragment="desk/_import_progress.html")


def _page(item, running):
    ready = item.state == Import.State.READY
    return {
        "item": item,
        "running": running,
        "ready": ready,
        "plan": report.Planned(item.plan) if ready else None,
        "outcome": report.Outcome(item) if not (ready or running) else None,
        "groups": preview.field_groups() if ready else (),
        "stages": Stage.objects.in_order() if ready else (),
    }


@require_POST
def import_edit(request, pk):
    """Another meaning of a column, another stage, only some rows: what it would do is worked out again."""
    item = fetch(request, Import, pk)
    if item.state != Import.State.READY:
        return answer.refused(request, reverse("import_detail", args=[pk]), "That file is imported already.")
    uploads.settle(item, choices_from(request.POST, item.plan))
    return answer.saved(
        request, reverse("import_detail", args=[pk]), fragment="desk/_import_plan.html", context=_page(item, False)
    )


@require_POST
def import_run(request, pk):
    """Start it, or carry on one that was cut short. The form's choices are kept first."""
    item, to = fetch(request, Import, pk), reverse("import_detail", args=[pk])
    if item.state == Import.State.READY and "header" in request.POST:
        uploads.settle(item, choices_from(request.POST, item.plan))
        if item.plan.get("doubt"):
            return answer.refused(request, to, item.plan["doubt"])
    if not item.stored:
        return answer.refused(request, to, "The file is not here any more. Upload it again.")
    if not item.start():
        return answer.refused(request, to, "It is being imported already.")
    audit.note(request, "imported", item.name)
    jobs.launch(item.pk)
    return answer.saved(request, to, leave=True)


@require_POST
def import_undo(request, pk):
    """Take the whole import back."""
    item, to = fetch(request, Import, pk), reverse("import_detail", args=[pk])
    if not item.undoable:
        return answer.refused(request, to, "There is nothing to take back.")
    undone = undo(item, request.user)
    audit.note(request, "deleted", f"what the import of {item.name} brought")
    taken = report.tally({report.NOUNS[kind][1]: n for kind, n in undone.taken.items()}) or "Nothing"
    return answer.saved(request, to, leave=True, toast=f"Taken back: {taken} moved to the trash.")


@require_POST
def import_delete(request, pk):
    """Put an upload away without importing it."""
    item = fetch(request, Import, pk)
    if item.state != Import.State.READY:
        return answer.refused(request, reverse("import_detail", args=[pk]), "It is imported; take it back instead.")
    uploads.discard(item)
    return answer.saved(request, reverse("import_create"), leave=True, toast=f"{item.name} is not kept.")


@require_safe
@sellers_only
def import_rejected(request, pk):
    """The rows that were left out, as a CSV with the reason in a column: correct it and import it again."""
    item = fetch(request, Import, pk)
    path = item.folder() / item.rejected
    if not item.rejected or not path.is_file():
        raise Http404
    audit.note(request, "exported", f"rows left out of {item.name}")
    name = f"{item.name.rsplit('.', 1)[0]}-left-out.csv"
    return FileResponse(open(path, "rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
