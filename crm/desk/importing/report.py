"""What an import did, in words, and the rows it refused, as a CSV to correct and import again."""

import os
import uuid

from crm.desk.models import Import
from crm.web import csvs

from . import shapes
from .fields import NOUNS
from .mapping import Mapping
from .reading import Unreadable, open_sheet

_ORDER = [shapes.PROSPECTS, shapes.CONTACTS, shapes.DEALS, shapes.HISTORY, shapes.ACTIVITIES]


def name_of(path):
    return os.path.basename(path)


def in_order(files, choices):
    """(path, Mapping or None, why not) of each file, what others refer to first."""
    found = []
    for path in files:
        try:
            found.append((path, Mapping(open_sheet(path), choices), ""))
        except shapes.Doubtful as error:
            found.append((path, None, f"{error} Say so with --as, or what a column means with --map COLUMN=FIELD."))
        except Unreadable as error:
            found.append((path, None, str(error)))
    return sorted(found, key=lambda item: _rank(item[1]))


def _rank(mapping):
    """Whole deals before a file that only names them."""
    return (_ORDER.index(mapping.about), not mapping.has_state) if mapping else (-1, False)


def store_rejected(result):
    """Write the refused rows beside the uploads and return the path."""
    header = [name for name in result.sheet.header if name not in (shapes.LINE, shapes.WHY)]
    path = Import.folder() / f"{uuid.uuid4().hex}.rejected.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(csvs.lines([*header, shapes.LINE, shapes.WHY], _rejected(result, len(header))))
    return path


def _rejected(result, width):
    for line, cells, why in result.rejected:
        yield [*(list(cells) + [""] * width)[:width], line, why]


class Planned:
    """What the page shows of a plan (preview.look): sentences and rows rather than counts."""

    def __init__(self, plan):
        self.plan = plan
        self.doubt = plan.get("doubt", "")
        self.columns = [
            {**column, "n": n, "choose_order": bool(column["order"]) and column["format"] != "year-month-day"}
            for n, column in enumerate(plan.get("columns", ()))
            if column["filled"] or column["field"] not in ("extra", "ignore")
        ]
        self.empty = len(plan.get("columns", ())) - len(self.columns)
        self.stages = [{**stage, "n": n} for n, stage in enumerate(plan.get("stages", ()))]

    @property
    def sentence(self):
        """The answer to "what will happen": "New: 5,563 deals. Here already: 85 prospects."."""
        plan = self.plan
        parts = [
            f"{words}: {tally(plan[name])}."
            for name, words in (("new", "New"), ("changed", "Changed"), ("unchanged", "Here already"))
            if plan.get(name)
        ]
        if plan.get("rejected_rows"):
            parts.append(f"Left out: {plan['rejected_rows']:,} row{'s' if plan['rejected_rows'] != 1 else ''}.")
        return " ".join(parts) or "There is nothing to import."

    @property
    def rows(self):
        """How many rows it takes, "85 of 5,563"."""
        taken, rows = self.plan.get("taken", 0), self.plan.get("rows", 0)
        return f"{taken:,}" if taken == rows else f"{taken:,} of {rows:,}"

    @property
    def taken(self):
        """What the button imports, "84 rows", without those left out; "" where only the first rows were counted."""
        if self.plan.get("limited"):
            return ""
        n = self.plan.get("taken", 0) - self.plan.get("rejected_rows", 0)
        return f"{n:,} row{'' if n == 1 else 's'}"

    @property
    def does_something(self):
        return bool(self.plan.get("new") or self.plan.get("changed") or self.plan.get("limited"))


class Outcome:
    """What the page shows of an import that has ended, or stopped."""

    def __init__(self, item):
        counts = self.counts = item.counts
        undone = counts.get("undone", {})
        self.lines = [
            (words, tally(counts.get(name, {})))
            for name, words in (("new", "New"), ("changed", "Changed"), ("unchanged", "Here already"))
            if counts.get(name)
        ]
        self.taken = tally({NOUNS[kind][1]: n for kind, n in undone.get("taken", {}).items()})
        self.kept = counts.get("kept_names", [])
        self.kept_more = undone.get("kept", 0) - len(self.kept)
        self.notes = counts.get("notes", [])
        self.rejected = counts.get("rejected", [])
        self.rejected_rows = counts.get("rejected_rows", 0)


def tally(counts):
    """{"prospects": 30, "deals": 1} → "30 prospects, 1 deal"."""
    found = [(counts.get(many, 0), one, many) for one, many in NOUNS.values()]
    return ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in found if n)


def in_words(found):
    """The result of one file (Result.as_json and its "file") as a few lines."""
    would = "would be " if found["dry_run"] else ""
    lines = [f"{found['file']}: {found['rows']:,} rows, {found['encoding']}, {found['separator']}-separated"]
    if found["vendor"]:
        lines.append(f"  read as {found['vendor']}")
    if found["taken"] != found["rows"]:
        lines.append(f"  only {found['taken']:,} rows were wanted")
    for name, words in (("new", "new"), ("changed", "changed"), ("unchanged", "already here, unchanged")):
        if found[name]:
            lines.append(f"  {would}{words}: {tally(found[name])}")
    if not found["new"] and not found["changed"]:
        lines.append(f"  nothing {'would change' if found['dry_run'] else 'changed'}")
    lines += [f"  {note}" for note in found["notes"]]
    if found["rejected"]:
        lines.append(f"  {len(found['rejected']):,} rows {would}left out:")
        lines += [f"    line {row['line']}: {row['why']}" for row in found["rejected"][:20]]
        if len(found["rejected"]) > 20:
            lines.append("    …")
        if found.get("rejected_file"):
            lines.append(f"    all of them, to correct and import again: {found['rejected_file']}")
    return "\n".join(lines)
