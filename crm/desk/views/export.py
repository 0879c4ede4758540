import tempfile
from pathlib import Path

from django.urls import reverse
from django.views.decorators.http import require_POST

from crm.access import audit
from crm.desk import sample
from crm.desk.keeping import CannotKeep, backup, export
from crm.web import answer, clock


def export_create(request):
    """Everything as files to take along (POST: the download), and what else keeps or empties the records."""
    if request.method != "POST":
        context = {"sampled": sample.loaded(), "latest": backup.latest() if request.user.may_write else None}
        return answer.page(request, "desk/export_create.html", context)
    zipped = export.zipped()
    audit.note(request, "exported", "everything")
    return answer.download(zipped, f"callback-{clock.today().isoformat()}.zip")


@require_POST
def backup_create(request):
    """Everything in one file, for `restore`."""
    with tempfile.TemporaryDirectory(prefix="callback-backup-") as folder:
        path = Path(folder) / backup.name()
        try:
            backup.back_up(path)
        except CannotKeep as error:
            return answer.refused(request, reverse("export_create"), str(error))
        audit.note(request, "backed_up", "for download")
        # Open it before its folder goes: the file lives until it is sent.
        return answer.download(open(path, "rb"), path.name)
