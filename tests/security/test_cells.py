# ruff: noqa: E501
"""No cell of any file that Callback hands out runs as a formula, whatever was stored."""

import csv
import io
import re
import zipfile

import pytest

from crm.access import audit
from tests.conventions.routes import report, urls
from tests.conventions.test_safe_methods import signed_in

from .grammar import grammar_of
from .hostile import fill

pytestmark = pytest.mark.django_db
FORMULAS = (
    "=cmd|'/c calc'!A1", "+1+cmd()", "-1+cmd()", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1+1", "＠SUM(A1)",
    "'=1+1", " =1+1", "=HYPERLINK(\"https://evil.example\",\"x\")", "\"=1+1", ";=1+1", ",=1+1", "x\n=1+1", "x\r\n=1+1",
)  # fmt: skip
_NUMBER = re.compile(r"-?\d+(\.\d+)?$")


def bad_cells(name, text):
    text = text.removeprefix("\ufeff")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell) and not _NUMBER.match(cell):
                yield f"{name}: {cell[:40]!r}"
    # A line that a careless reader takes for a new record.
    for line in re.split(r"[\r\n]+(?=[=@])", text)[1:]:
        if text.count('"') == 0:
            yield f"{name}: a line begins with {line[:20]!r}"


def test_every_file_of_every_address(world):
    fill(FORMULAS)
    audit.note(None, "exported", FORMULAS[0], user=world.seller)
    client, failures, files = signed_in(world.seller), [], 0
    grammar = grammar_of(world)
    addresses = {url for _, url in urls(world, [])} | {
        f"{url}?{name}={value}" for route, pairs in grammar.questions.items() if "export" in route
        for url in grammar.addresses.get(route, ()) for name, value in pairs
    }  # fmt: skip
    for url in sorted(addresses):
        answer = client.get(url)
        if answer.get("Content-Type", "").startswith("text/csv"):
            files += 1
            failures += bad_cells(url, b"".join(answer).decode())
            assert answer["Content-Disposition"].startswith("attachment;")
    answer = client.post("/export/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as zipped:
        for name in zipped.namelist():
            assert not name.startswith("/")
            assert ".." not in name
            if name.endswith(".csv"):
                files += 1
                failures += bad_cells(name, zipped.read(name).decode())
    assert files > 8
    report(failures)
