"""Files on their way in: stored under a random name until they are imported or put away."""

import os
import uuid as uuids

from crm.desk.models import Import

from . import preview
from .jobs import remembered
from .mapping import Choices
from .reading import SEPARATOR_NAMES, Unreadable, encoding_name, open_sheet
from .shapes import Doubtful


def receive(file, uuid, author):
    """Store an upload and work out what it would do. Raises Unreadable, and keeps nothing then."""
    known = Import.objects.filter(uuid=uuid).first()
    if known:
        return known
    item = Import(uuid=uuid, name=os.path.basename(file.name)[:200], author=author, stored=f"{uuids.uuid4().hex}.csv")
    handle = os.open(item.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        sheet = open_sheet(item.path)
        try:
            _work_out(item, sheet, remembered(sheet))
        except Unreadable:
            # What was remembered does not fit this file; without it, it may be read all the same.
            _work_out(item, sheet, Choices())
    except Unreadable:
        item.path.unlink(missing_ok=True)
        raise
    item.save()
    return item


def settle(item, choices):
    """Keep these choices and work out again what the file would do."""
    try:
        _work_out(item, open_sheet(item.path), choices)
    except Unreadable as why:
        item.plan = item.plan | {"doubt": str(why)}
        item.choices = choices.as_json()
    item.save(update_fields=["choices", "plan", "total"])


def discard(item):
    """The upload and what is known of it."""
    if item.stored:
        item.path.unlink(missing_ok=True)
    item.delete()


def _work_out(item, sheet, choices):
    try:
        item.plan = preview.look(item.path, choices)
    except Doubtful as why:
        item.plan = _undecided(sheet, str(why))
    item.choices, item.total = choices.as_json(), item.plan.get("taken", 0)


def _undecided(sheet, why):
    """A plan of a file of which nobody knows yet what it is about."""
    examples = [[] for _ in sheet.header]
    for _, cells in sheet.rows():
        if isinstance(cells, Unreadable):
            continue
        for n, cell in enumerate(cells):
            if cell and len(examples[n]) < 3 and cell[:60] not in examples[n]:
                examples[n].append(cell[:60])
        if all(examples):
            break
    unread = {"field": "extra", "format": "", "order": "", "sure": True}
    columns = [
        unread | {"name": n, "examples": e, "filled": len(e)} for n, e in zip(sheet.header, examples, strict=True)
    ]
    return {
        "doubt": why,
        "encoding": encoding_name(sheet),
        "separator": SEPARATOR_NAMES[sheet.separator],
        "header": sheet.header,
        "columns": columns,
    }
