"""Lists as CSV: what every export writes and every import reads back.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, and `plain` takes it away
again, so that a file exported here and imported here gives the same text, whatever the text was.
"""

import csv
import re
from datetime import date, datetime, time
from decimal import Decimal

from django.http import StreamingHttpResponse

from . import clock

BOM = "\ufeff"  # Without it Excel reads UTF-8 as cp1252.
# What starts a formula (OWASP's list, with the full-width signs that East Asian Excel takes for them).
# Apostrophes in front are counted in: otherwise "'=x" itself could not be told from a guarded "=x".
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def safe(value):
    """A cell's text: nothing in it runs. None is empty, days are ISO, instants the seller's wall clock.

    Numbers are written as numbers (a minus sign starts no formula there).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return f"{clock.wall(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    text = str(value).replace("\x00", "")
    return f"'{text}" if _RUNS.match(text) else text


def plain(cell):
    """The text that `safe` was given: one guarding apostrophe less, where there is one."""
    return cell[1:] if _GUARDED.match(cell) else cell


class _Echo:
    """What csv.writer writes into: hands each line back instead of keeping it."""

    def write(self, line):
        return line


def lines(header, rows):
    """The file, line by line, CRLF between them (RFC 4180), beginning with the BOM."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([safe(name) for name in header])
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


def download(noun, header, rows):
    """The answer of an export: `rows` (any iterable, read as it is sent) as noun-2026-03-11.csv."""
    response = StreamingHttpResponse(lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{noun}-{clock.today().isoformat()}.csv"'
    response["Cache-Control"] = "no-store, private"
    return response
