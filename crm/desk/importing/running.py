"""One file, from its path to records: what the command and the page's background run both do."""

import itertools
import uuid as uuids
from dataclasses import dataclass, field

from accounts.models import Batch

from . import fields, rows
from .mapping import Choices, Mapping
from .matching import Book
from .plan import Chunk, Planner
from .reading import SEPARATOR_NAMES, Sheet, encoding_name, open_sheet
from .writing import TABLES, Writer

CHUNK = 5000


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
    first: Chunk | None = None
    planner: Planner | None = None

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


def run(path, choices=None, *, dry=False, mapping=None, progress=None, limit=None, **how):
    """Import the file at `path`, or with `dry` only find out what that would do. Raises Unreadable.

    `how` is what `_begin` takes: whose import it is, and whether it carries on an earlier run.
    `progress(rows done, rows in all)` is called after each chunk, inside no transaction.
    `limit`: no more rows than that are looked at.
    """
    mapping = mapping or Mapping(open_sheet(path), choices or Choices())
    planner = Planner(mapping, Book(mapping.shape.source), rows.Ids(TABLES, dry))
    writer = _begin(planner, dry, **how)
    result = Result(mapping.sheet, mapping, dry, batch=writer.batch)
    try:
        for some in _chunks(itertools.islice(mapping.rows(), limit)):
            chunk = writer.write(some)
            result.first = result.first or chunk
            result.rejected += chunk.rejected
            result.rows += len(some)
            if progress:
                progress(result.rows, mapping.selected)
    finally:
        if not dry:
            writer.finish(progress and (lambda: progress(result.rows, mapping.selected)))
    result.new, result.changed = dict(writer.new), dict(writer.changed)
    result.unchanged, result.kept = dict(writer.unchanged), dict(writer.kept)
    result.notes = _notes(mapping, planner, writer)
    result.planner = planner
    return result


def _begin(planner, dry, *, label="", author=None, uuid=None, batch=None, resumed=False):
    """The Writer. `resumed`: `uuid` and `batch` are of a run that was cut short; carry on where it stopped."""
    if not dry and batch is None:
        batch = Batch.objects.create(kind=Batch.IMPORT, label=label[:200])
    writer = Writer(planner, batch, uuid or uuids.uuid4(), author, dry)
    if resumed:
        writer.carry_on()
    return writer


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
