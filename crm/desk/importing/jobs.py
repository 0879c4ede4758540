"""Importing in the background: a thread that outlives the request, and says how far it is.

Each chunk is a transaction of its own, and identity makes a second run skip what the first one wrote. So a
server that goes away in the middle leaves an import that says so, and that can be carried on or undone.
"""

import logging
import threading
import uuid as uuids

from django.db import connections

from accounts.models import Batch
from crm.access import locale
from crm.desk.models import Import, ImportMap
from crm.web import clock

from . import report, shapes
from .mapping import Choices, Mapping
from .reading import Unreadable, open_sheet
from .running import run

log = logging.getLogger(__name__)
_SHOWN = 100  # refused rows that the page shows; the CSV has them all


def launch(pk):
    """Run the import `pk` in a thread of its own. It must be claimed (`Import.start`) already."""
    threading.Thread(target=_work, args=(pk,), name=f"import-{pk}", daemon=True).start()


def _work(pk):
    try:
        locale.activate()
        perform(Import.objects.get(pk=pk))
    finally:
        connections.close_all()


def perform(item, path=None, mapping=None):
    """Import the file of `item` (or the one at `path`) and note on it how that went. Returns the Result.

    What goes wrong with the file is noted on `item` and raised as Unreadable; anything else is noted, logged
    and raised too.
    """
    try:
        mapping = mapping or Mapping(open_sheet(path or item.path), Choices.of(item.choices))
        resumed = item.batch is not None
        if not resumed:
            item.batch = Batch.objects.create(kind=Batch.IMPORT, label=item.name)
            item.save(update_fields=["batch"])
        result = run(
            mapping.sheet.path, label=item.name, author=item.author, uuid=item.uuid, mapping=mapping,
            progress=item.beat, batch=item.batch, resumed=resumed,
        )  # fmt: skip
    except Exception as error:
        if not isinstance(error, Unreadable):
            log.exception("import %s stopped", item.pk)
        said = str(error) if isinstance(error, Unreadable) else "Something broke on our side; the log says what."
        Import.objects.filter(pk=item.pk).update(state=Import.State.FAILED, error=said[:500], ended_at=clock.now())
        raise
    _ended(item, result)
    return result


def _ended(item, result):
    item.state, item.ended_at = Import.State.DONE, clock.now()
    item.done = item.total = result.mapping.selected
    counts = result.as_json()
    counts["rejected_rows"] = len(counts["rejected"])
    counts["rejected"] = counts["rejected"][:_SHOWN]
    item.counts = counts
    if result.rejected:
        item.rejected = report.store_rejected(result).name
    if item.stored:
        item.path.unlink(missing_ok=True)
        item.stored = ""
        remember(result.mapping)
    item.save()


def begun(name, author, choices):
    """A running Import that is not an upload: the command's."""
    return Import.objects.create(
        uuid=uuids.uuid4(), name=name[:200], author=author, choices=choices.as_json(), state=Import.State.RUNNING,
        beat_at=clock.now(),
    )  # fmt: skip


def remember(mapping):
    """Offer the same meanings for the next file with these columns."""
    choices = mapping.choices.as_json() | {"where": []}
    ImportMap.objects.update_or_create(
        signature=shapes.signature(mapping.sheet.header), defaults={"choices": choices, "used_at": clock.now()}
    )


def remembered(sheet):
    """The Choices of the last file with these columns, or plain ones."""
    found = ImportMap.objects.filter(signature=shapes.signature(sheet.header)).first()
    return Choices.of(found.choices) if found else Choices()
