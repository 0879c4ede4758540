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
WHY, LINE = "Why it was left out", "Line"


def name_of(path):
    return os.path.basename(path)


def in_order(files, choices):
    """(path, Mapping or None, why not) of each file, what others refer to first."""
    found = []
    for path in files:
        try:
            found.append((path, Mapping(open_sheet(path), choices), ""))
        except Unreadable as error:
            found.append((path, None, str(error)))
    return sorted(found, key=lambda item: _ORDER.index(item[1].about) if item[1] else -1)


def store_rejected(result):
    """Write the refused rows beside the uploads and return the path."""
    path = Import.folder() / f"{uuid.uuid4().hex}.rejected.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(csvs.lines([*result.sheet.header, LINE, WHY], _rejected(result)))
    return path


def _rejected(result):
    width = len(result.sheet.header)
    for line, cells, why in result.rejected:
        yield [*(list(cells) + [""] * width)[:width], line, why]


def tally(counts):
    """{"prospects": 30, "deals": 1} → "30 prospects, 1 deal"."""
    one = {many: single for single, many in NOUNS.values()}
    return ", ".join(f"{n:,} {one[many] if n == 1 else many}" for many, n in counts.items() if n)


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
