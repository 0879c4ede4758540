"""What comes first on Today, and the words that say why."""

from datetime import datetime
from decimal import Decimal

import pytest
import time_machine

from crm.desk import today
from crm.desk.ranking import reasons
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday(installation):
    # 09:30 on Wednesday 11 March 2026 in New York
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield installation


@pytest.fixture
def halden():
    return make.prospect("Halden Freight")


def keys(installation):
    return [item.key for item in today.queue(installation)]


def why(item):
    return reasons(item, clock.wall(), 14)


def wall(text):
    return datetime.fromisoformat(f"2026-03-{text}")


def test_an_appointment_now_comes_before_everything(halden, installation):
    late = make.step(halden, "Send price", "2026-03-02")
    soon = make.step(halden, "Call Dana", "2026-03-11", due_time="09:45", kind="call")
    later = make.step(halden, "Call Grace", "2026-03-11", due_time="15:00", kind="call")
    assert keys(installation) == [f"step-{s.pk}" for s in (soon, late, later)]


def test_the_later_it_is_the_more_pressing(halden, installation):
    two = make.step(halden, "Two days late", "2026-03-09")
    five = make.step(halden, "Five days late", "2026-03-06")
    assert keys(installation) == [f"step-{five.pk}", f"step-{two.pk}"]


def test_money_that_closes_soon_comes_first_and_says_so(halden, installation):
    deal = make.deal(halden, amount=Decimal(45000), close_on=wall("13T00:00").date())
    plain = make.step(halden, "Plain", "2026-03-10")
    rich = make.step(halden, "Rich", "2026-03-10", deal=deal)
    first = today.queue(installation)[0]
    assert first.key == f"step-{rich.pk}"
    assert why(first) == ["promised for yesterday", "$45k closing Fri Mar 13"]
    assert keys(installation)[1] == f"step-{plain.pk}"


def test_what_they_owe_is_listed_a_week_ahead(halden, installation):
    late = make.step(halden, "Introduce the CFO", "2026-03-06", owner="them")
    near = make.step(halden, "Share numbers", "2026-03-18", owner="them")
    make.step(halden, "Far off", "2026-03-19", owner="them")
    items = today.queue(installation)
    assert [(i.key, i.group) for i in items] == [(f"step-{late.pk}", "owed"), (f"step-{near.pk}", "owed")]
    assert why(items[0])[0] == "they promised it for Fri Mar 6"


def test_quiet_over_the_budget_of_tries(halden, installation):
    deal = make.deal(halden, amount=Decimal(9500))
    for day in ("02", "04", "06", "09"):
        make.activity(halden, "call", wall(f"{day}T10:00"), direction="out", outcome="no_answer", deal=deal)
    (item,) = today.queue(installation)
    assert (item.key, item.group, item.what) == (f"quiet-{deal.pk}", "quiet", "4 tries, 9 days")
    assert "4 tries in 9 days, no answer" in why(item)


def test_quiet_rests_while_a_next_step_is_planned(halden, installation):
    deal = make.deal(halden)
    for day in ("02", "04", "06", "09"):
        make.activity(halden, "call", wall(f"{day}T10:00"), direction="out", outcome="no_answer", deal=deal)
    make.step(halden, "Call again", "2026-03-16", deal=deal)
    assert today.queue(installation) == []


def test_loose_ends(halden, installation):
    deal = make.deal(halden)
    meeting = make.step(halden, "Meet Jo", "2026-03-10", due_time="15:00", kind="meeting")
    undated = make.step(halden, "Find the CFO's name")
    homeless = make.deal(None, "Found on a napkin")
    found = {item.key: (item.group, item.why) for item in today.queue(installation)}
    assert found[f"loose-{deal.pk}"][0] == "loose"
    assert found[f"step-{meeting.pk}"] == ("loose", "the meeting is past and nothing is logged")
    assert found[f"step-{undated.pk}"] == ("loose", "no date yet")
    assert found[f"homeless-{homeless.pk}"] == ("loose", "no prospect")


def test_somebody_who_waits_for_an_answer(halden, installation):
    dana = make.contact(halden)
    make.activity(halden, "email", wall("10T16:12"), direction="in", contacts=[dana])
    (item,) = today.give_people(today.queue(installation))
    assert (item.key, item.title) == (f"waiting-{halden.pk}", "Answer Dana Whitfield")
    assert why(item)[0] == "Dana wrote on Tue Mar 10 and waits for an answer"


def test_a_parked_prospect_is_left_in_peace(halden, installation):
    make.deal(halden)
    with make.submission() as entry:
        halden.parked_until = wall("20T00:00").date()
        halden.write(entry)
    assert today.queue(installation) == []


def test_week_counts_begin_on_monday(halden, installation):
    make.activity(halden, "call", wall("08T10:00"), direction="out", outcome="connected")
    make.activity(halden, "call", wall("09T10:00"), direction="out", outcome="connected")
    make.activity(halden, "call", wall("10T10:00"), direction="out", outcome="no_answer")
    make.activity(halden, "meeting", wall("10T12:00"), outcome="held")
    make.deal(halden)
    assert today.week_counts() == {"calls": 2, "conversations": 2, "meetings": 1, "deals": 1}
