"""One file, from its path to records: what the command and the page's background run both do."""

import itertools
import uuid as uuids
from dataclasses import dataclass, field

from accounts.models import Batch
from accounts.models.provenance import ExternalRef  # noqa: F401 (read by matching)

from . import fields, rows
from .mapping import Choices, Mapping
from .matching import Book
from .plan import Planner
from .reading import SEPARATOR_NAMES, Sheet, encoding_name, open_sheet
from .writing import TABLES, Writer

CHUNK = 2000


@dataclass
class Result:
    """`new`, `changed`, `unchanged`, `kept`: {record: number}; `rejected`: (line, cells, why)."""

    sheet: Sheet
    mapping: Mapping
    dry: bool
    rows: int = 0
    new: dict = field(default_factory=dict)
    changed: dict = field(default_factory=dict)
    unchanged: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)
    rejected: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    batch: Batch | None = None

    def as_json(self):
        named = {kind: fields.NOUNS[kind][1] for kind in fields.NOUNS}
        tallies = {
            name: {named[k]: n for k, n in getattr(self, name).items() if n}
            for name in ("new", "changed", "unchanged", "kept")
        }
        return {
            "about": self.mapping.about,
            "vendor": self.mapping.shape.vendor or None,
            "source": self.mapping.shape.source,
            "encoding": encoding_name(self.sheet),
            "separator": SEPARATOR_NAMES[self.sheet.separator],
            "columns": [{"column": c.name, "field": c.field, "format": c.format or None} for c in self.mapping.columns],
            "stages": {value: str(place.stage or place.outcome) for value, _, place in self.mapping.stage_values()},
            "rows": self.mapping.total,
            "taken": self.mapping.selected,
            **tallies,
            "rejected": [{"line": line, "why": why} for line, _, why in self.rejected],
            "notes": self.notes,
            "dry_run": self.dry,
        }


def run(path, choices=None, *, label="", dry=False, author=None, uuid=None, batch=None, mapping=None, progress=None):
    """Import the file at `path`, or with `dry` only find out what that would do. Raises Unreadable.

    `progress(rows done, rows in all)` is called after each chunk, inside no transaction. Calling it again
    with the `uuid` and `batch` of a run that was cut short carries on where that one stopped.
    """
    mapping = mapping or Mapping(open_sheet(path), choices or Choices())
    result = Result(mapping.sheet, mapping, dry, batch=batch)
    planner = Planner(mapping, Book(mapping.shape.source), rows.Ids(TABLES, dry))
    if not dry and batch is None:
        result.batch = Batch.objects.create(kind=Batch.IMPORT, label=label[:200])
    writer = Writer(planner, result.batch, uuid or uuids.uuid4(), author, dry)
    try:
        for some in _chunks(mapping.rows()):
            chunk = writer.write(some)
            result.rejected += chunk.rejected
            result.rows += len(some)
            if progress:
                progress(result.rows, mapping.selected)
    finally:
        if not dry:
            writer.finish()
    result.new, result.changed = dict(writer.new), dict(writer.changed)
    result.unchanged, result.kept = dict(writer.unchanged), dict(writer.kept)
    result.notes = _notes(mapping, planner, writer)
    return result


def _chunks(some):
    while chunk := list(itertools.islice(some, CHUNK)):
        yield chunk


def _notes(mapping, planner, writer):
    """What the seller should know that is neither a count nor a rejected row."""
    notes = [text.format(n=f"{n:,}") for text, n in planner.notes.items()]
    unknown = [(value, n) for value, n, place in mapping.stage_values() if not place.known]
    for value, n in unknown:
        notes.append(
            f"{n:,} rows are in a stage “{value}” that is none of yours: their deals go to"
            f" {mapping.stages.all[0]}, and keep the word."
        )
    for column in mapping.columns:
        if not column.sure and column.field in fields.FIELDS:
            notes.append(f"“{column.name}” could be read in two ways; it is read as {column.format}.")
    for kind, n in writer.kept.items():
        one, many = fields.NOUNS[kind]
        notes.append(f"{n:,} {one if n == 1 else many} differ from the file and were left as you have them.")
    return notes
