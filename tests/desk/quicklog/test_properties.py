"""Whatever is typed: no exception, the exact shape, no slow text, no date on the wrong side."""

import time
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.desk.quicklog import dates, parse
from crm.desk.quicklog.tokens import tokenize

from .seller import directory

KNOWN = directory()
FIELDS = {"prospect", "people", "deal", "at", "next_steps", "deal_changes"}
KINDS = {"call", "email", "meeting", "message", "note"}
OUTCOMES = {
    *(None, "connected", "left_voicemail", "left_message", "no_answer", "busy", "wrong_number"),
    *("held", "no_show", "cancelled", "auto_reply", "bounced"),
}
WORDS = (
    "called rang spoke to met emailed sent Ilsa Goro marlowe falken at with , . : and then will she'll "
    "by fri mon thu 10am "
    "3/31 45k next week the 14th left vm no answer moved to negotiation closing eom won lost if not ( ) / - 1) "
    "may march "
    "sat hope will in 20 min 2 weeks ago yesterday tomorrow Zentrum proposal send call back again I owe them "
    "he they £ $ % "
    "half 2 noon q3 end of before until since 12 seats you're n't 's \n ; ? ! mark grace to be is was"
).split(" ")
moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1))
lines = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


def check(got, at):
    assert set(got) == {
        *("prospect", "people", "deal", "activity", "more_activities", "next_steps", "deal_changes", "unsure")
    }
    assert set(got["unsure"]) <= FIELDS and len(set(got["unsure"])) == len(got["unsure"])
    for a in [got["activity"], *got["more_activities"]]:
        assert set(a) == {"kind", "direction", "outcome", "at", "minutes"}
        assert a["kind"] in KINDS and a["direction"] in (None, "in", "out") and a["outcome"] in OUTCOMES
        if a["at"] is None:
            assert "at" in got["unsure"]
        elif len(a["at"]) == 10:
            assert date.fromisoformat(a["at"]) <= at.date()
        else:
            assert datetime.fromisoformat(a["at"]) <= at
    for s in got["next_steps"]:
        assert set(s) == {"owner", "kind", "what", "due_on", "due_time"}
        assert s["owner"] in ("me", "them") and s["kind"] in {*KINDS, "todo"} - {"note"} and s["what"]
        assert s["due_on"] is None or date.fromisoformat(s["due_on"]) >= at.date()
        assert s["due_time"] is None or s["due_on"] is not None
    assert set(got["deal_changes"]) == {"amount", "close_on", "stage", "outcome"}
    assert got["deal_changes"]["outcome"] in (None, "won", "lost", "walked")
    if got["prospect"] is None:
        assert got["people"] == []


@given(lines, moments)
@settings(max_examples=400, deadline=None)
def test_any_text(text, at):
    check(parse(text, at, KNOWN).as_json(), at.replace(second=0, microsecond=0))


def test_long_texts_take_linear_time():
    for pair in (
        "called and",
        "mon or",
        "Ilsa Zentrum",
        "at Foo",
        "fri 10am",
        "send the",
        "no answer",
        "45k ,",
        "( )",
        "he will",
    ):
        text = (f"{pair} " * 5000)[:10_000]
        start = time.process_time()
        parse(text, datetime(2026, 3, 11, 9, 30), KNOWN)
        assert time.process_time() - start < 3, pair


def test_ten_thousand_of_one_letter():
    for text in ("a" * 10_000, "9" * 10_000, "'" * 10_000, "-" * 10_000, "é" * 10_000, "(" * 10_000, "@." * 5_000):
        start = time.process_time()
        parse(text, datetime(2026, 3, 11, 9, 30), KNOWN)
        assert time.process_time() - start < 1


@given(st.text(max_size=80), moments)
@settings(max_examples=200, deadline=None)
def test_dates_keep_to_their_side(text, at):
    for when in dates.find(tokenize(text)):
        due, been = when.due(at), when.happened(at)
        assert due is None or due[0] >= at.date()
        assert been is None or been[0] <= at.date()


@given(moments, st.integers(1, 300), st.sampled_from(["iso", "slash", "named", "named_first", "ordinal"]))
@settings(max_examples=200, deadline=None)
def test_a_day_written_out_is_read_back(at, ahead, how):
    day = at.date() + timedelta(days=ahead)
    text = {
        "iso": f"{day:%Y-%m-%d}",
        "slash": f"{day.month}/{day.day}",
        "named": f"{day.day} {day:%B}",
        "named_first": f"{day:%b} {day.day}",
        "ordinal": f"the {day.day}th of {day:%B}",
    }[how]
    found = dates.on_its_own(tokenize(text))
    assert found is not None and found.due(at) == (day, None)


@given(moments, st.integers(0, 6), st.integers(7, 18))
@settings(max_examples=100, deadline=None)
def test_clock_changes_do_not_matter(at, weekday, hour):
    name = "mon tue wed thu fri sat sun".split()[weekday]
    day, clock = dates.on_its_own(tokenize(f"{name} {hour}:00")).due(at)
    assert day.weekday() == weekday and timedelta(0) < day - at.date() <= timedelta(days=7)
    assert clock.hour == (hour if hour > 6 else hour + 12)
