"""What is exported comes back the same, and no cell of it runs."""

import csv
import io
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.web import csvs, locale


@pytest.fixture(autouse=True)
def _zone():
    locale.activate(locale.Locale(zone="America/New_York"))


def read(text):
    assert text.startswith(csvs.BOM)
    return [[csvs.plain(cell) for cell in row] for row in csv.reader(io.StringIO(text[1:], newline=""))]


@pytest.mark.parametrize("text", ["=1+1", "+1 415 555", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''-x"])
def test_what_would_run_is_guarded_and_comes_back(text):
    assert csvs.safe(text)[0] == "'"
    assert csvs.plain(csvs.safe(text)) == text


@pytest.mark.parametrize("text", ["", "Acme", "'tis", "O'Neill", "a=b", " =x"])
def test_what_runs_nowhere_stays_as_it_is(text):
    assert csvs.safe(text) == csvs.plain(text) == text


def test_values_are_written_plainly():
    row = [None, True, 3, Decimal("-45000.50"), date(2026, 3, 9), datetime(2026, 3, 9, 14, 30, tzinfo=UTC), time(9, 5)]
    assert [csvs.safe(v) for v in row] == ["", "yes", "3", "-45000.50", "2026-03-09", "2026-03-09 10:30", "09:05"]


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\x00", codec="utf-8")), min_size=2, max_size=2)))
def test_any_text_comes_back(rows):
    assert read("".join(csvs.lines(["a", "b"], rows))) == [["a", "b"], *rows]


def test_download_streams_under_a_dated_name():
    answer = csvs.download("deals", ["Name"], iter([["=Acme"]]))
    assert answer.streaming
    assert answer["Content-Disposition"].startswith('attachment; filename="deals-2')
    assert b"".join(answer).decode() == "\ufeffName\r\n'=Acme\r\n"
