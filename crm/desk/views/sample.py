from django.urls import reverse
from django.views.decorators.http import require_POST

from crm.access import audit
from crm.desk import sample
from crm.web import answer


@require_POST
def sample_load(request):
    """The believable year, beside whatever is here."""
    try:
        done = sample.load()
    except sample.NoStage as error:
        return answer.refused(request, reverse("stage_list"), str(error))
    if done:
        audit.note(request, "sample_loaded")
    toast = "Sample data loaded. Settings takes it out again." if done else "The sample data is here already."
    return answer.saved(request, reverse("today"), leave=True, toast=toast)


@require_POST
def sample_remove(request):
    """All sample records and what hangs only on them; real ones stay."""
    done = sample.remove()
    if done is not None:
        audit.note(request, "sample_removed")
    if done is None:
        toast = "There was no sample data."
    elif done["kept"]:
        toast = f"Sample data removed. Kept, for contacts of yours: {', '.join(done['kept'])}."
    else:
        toast = "Sample data removed."
    return answer.saved(request, reverse("export_create"), leave=True, toast=toast)
