"""The outbox's server side: when and where a line was typed, by whose clock it says so."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from accounts.models import Activity, Entry, Step
from crm.desk import outbox
from deals.models import Deal, DealChange
from tests import make

from .outboxes import NOW, item, kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday(installation):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dana(installation):
    return make.contact(make.prospect("Halden Freight"), "Dana Whitfield")


def typed(sent_at, occurred_at, now=NOW, zone="UTC"):
    sent = item(sent_at=sent_at, occurred_at=occurred_at, zone=zone)
    return outbox.read(sent, now)


@pytest.mark.parametrize(
    ("sent_at", "occurred_at", "when", "sure"),
    [
        ("13:30:00", "13:10:00", "13:10:00", True),  # the clock is right
        ("13:31:30", "13:11:30", "13:11:30", True),  # a little fast: as it is
        ("14:30:00", "14:10:00", "13:10:00", True),  # an hour fast
        ("12:00:00", "11:40:00", "13:10:00", True),  # an hour and a half slow
        ("13:31:00", "13:31:00", "13:30:00", True),  # never after it arrived
        ("13:30:00", "14:10:00", "13:30:00", False),  # put right between typing and sending
    ],
)
def test_a_wrong_clock_is_corrected(sent_at, occurred_at, when, sure):
    read = typed(f"2026-03-11T{sent_at}Z", f"2026-03-11T{occurred_at}Z")
    assert (read.occurred_at.strftime("%H:%M:%S"), read.sure) == (when, sure)


def test_a_clock_that_lost_its_date(seller, dana):
    sent = item(occurred_at="1970-01-01T00:10:00+00:00", sent_at="1970-01-01T00:40:00+00:00")
    assert kept(seller, sent).occurred_at == NOW - timedelta(minutes=30)
    # It found the date again before it sent: nobody knows when that was.
    entry = kept(seller, item("called Dana again, no answer", occurred_at="1970-01-01T00:10:00+00:00"))
    assert entry.occurred_at == NOW and "at" in entry.pending


def test_relative_days_are_read_as_of_when_it_was_typed(seller, dana):
    typed = {"occurred_at": "2026-03-08T20:00:00-04:00"}  # a Sunday, three days before it is sent
    kept(seller, item("called Dana yesterday, call back tomorrow", **typed))
    assert (Activity.objects.get().on, Step.objects.get().due_on) == (date(2026, 3, 7), date(2026, 3, 9))


def test_a_day_is_that_of_the_zone_it_was_typed_in(seller, dana):
    # Thursday 08:00 in Tokyo is Wednesday 19:00 in New York; it is sent from New York on Friday.
    typed = {"occurred_at": "2026-03-12T08:00:00+09:00", "zone": "Asia/Tokyo", "sent_at": "2026-03-13T09:00:00-04:00"}
    with time_machine.travel("2026-03-13T13:00:00Z", tick=False):
        entry = kept(seller, item("called Dana, call back tomorrow 3pm", **typed))
        kept(seller, item("called Dana at 7am, no answer", **typed))
    first, second = Activity.objects.order_by("pk")
    assert entry.zone == "Asia/Tokyo"
    assert first.at == datetime(2026, 3, 11, 23, 0, tzinfo=UTC) and first.on == date(2026, 3, 11)
    assert second.at == datetime(2026, 3, 11, 22, 0, tzinfo=UTC)
    # What is due is a day and a wall clock, wherever the seller is then.
    step = Step.objects.get()
    assert (step.due_on, step.due_time) == (date(2026, 3, 13), time(15))


def test_checked_later_it_is_still_read_in_its_zone(seller, dana):
    other = make.contact(make.prospect("Tessera Labs"), "Dana Moss")
    typed = {"occurred_at": "2026-03-11T08:00:00+09:00", "zone": "Asia/Tokyo"}
    entry = kept(seller, item("called Dana at 7am, no answer", **typed))
    seller.post(f"/entries/{entry.uuid}/edit/", {"person": str(other.pk)})
    assert Activity.objects.get().at == datetime(2026, 3, 10, 22, 0, tzinfo=UTC)


def test_a_minute_to_midnight(seller, dana):
    typed = {"occurred_at": "2026-03-10T23:59:30-04:00", "sent_at": "2026-03-11T00:00:10-04:00"}
    with time_machine.travel("2026-03-11T04:00:10Z", tick=False):
        kept(seller, item("called Dana, call back tomorrow", **typed))
    assert (Activity.objects.get().on, Step.objects.get().due_on) == (date(2026, 3, 10), date(2026, 3, 11))


@pytest.mark.parametrize(("offset", "at"), [("-04:00", 5), ("-05:00", 6)])
def test_the_hour_that_occurs_twice(sam, dana, offset, at):
    # 1 November 2026, 01:30 in New York: once in summer time, once in winter time.
    when = f"2026-11-01T01:30:15{offset}"
    with time_machine.travel(datetime(2026, 11, 1, 12, tzinfo=UTC), tick=False):
        sent = item("called Dana, no answer", occurred_at=when, sent_at="2026-11-01T07:00:00-05:00")
        assert outbox.receive(json.dumps(sent).encode(), sam)[1] == 200
    assert Activity.objects.get().at == datetime(2026, 11, 1, at, 30, 15, tzinfo=UTC)


def test_the_hour_that_is_skipped(seller, dana):
    # 8 March 2026: 02:30 does not exist in New York; a line typed at 03:10 says it nevertheless.
    typed = {"occurred_at": "2026-03-08T03:10:00-04:00"}
    kept(seller, item("called Dana at 2:30 am, no answer", **typed))
    assert Activity.objects.get().at == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "found"), [("Mars/Olympus", "Etc/GMT+4"), ("", "Etc/GMT+4"), (None, "Etc/GMT+4"), ("../x", "Etc/GMT+4")]
)
def test_a_zone_nobody_knows_is_that_of_its_offset(zone, found):
    assert typed(NOW.isoformat(), "2026-03-11T09:30:00-04:00", zone=zone).zone == found
    assert typed(NOW.isoformat(), "2026-03-11T19:00:00+05:30", zone=zone).zone == ""


def test_two_lines_of_one_minute_stay_in_order(seller, dana):
    kept(seller, item("called Dana, no answer", occurred_at="2026-03-11T09:29:10-04:00"))
    kept(seller, item("Dana called back", seq=2, occurred_at="2026-03-11T09:29:40-04:00"))
    assert [activity.direction for activity in Activity.objects.in_order()] == ["out", "in"]


def test_a_line_that_comes_late_changes_no_deal_back(seller, dana):
    deal = make.deal(dana.prospect, "Halden rollout")
    with time_machine.travel("2026-03-11T13:00:00Z", tick=False), make.submission() as entry:
        deal.refresh_from_db()
        deal.amount = 50_000
        deal.write(entry)
    late = {"occurred_at": "2026-03-11T08:30:00-04:00"}
    entry = kept(seller, item("halden rollout is 45k now", **late))
    assert Deal.objects.get().amount == 50_000 and "deal_changes" in entry.pending
    assert DealChange.objects.filter(entry=entry).count() == 0
    seller.post(f"/entries/{entry.uuid}/edit/", {})
    assert Deal.objects.get().amount == 45_000


LATE = {"occurred_at": "2026-03-11T08:30:00-04:00"}


def at_nine(step, **fields):
    """The step is changed at the desk at 09:00, half an hour after the late line was typed."""
    with time_machine.travel("2026-03-11T13:00:00Z", tick=False), make.submission() as entry:
        step.refresh_from_db()
        for name, value in fields.items():
            setattr(step, name, value)
        step.write(entry)
    return entry


@pytest.mark.parametrize("text", ["moved the call with Dana to friday", "called Dana, send her the price friday"])
def test_a_line_that_comes_late_changes_no_step_back(seller, dana, text):
    with time_machine.travel("2026-03-10T13:00:00Z", tick=False):
        step = make.step(dana.prospect, "Call Dana back", "2026-03-11", kind="call", contact=dana)
    in_time = kept(seller, item(text, **LATE))
    step.refresh_from_db()
    first = step.due_on, step.state
    assert first != (date(2026, 3, 11), "open") and not in_time.pending
    in_time.undo()

    at_nine(step, due_time=time(15))
    entry = kept(seller, item(text, seq=2, **LATE))
    step.refresh_from_db()
    assert (step.due_on, step.due_time, step.state) == (date(2026, 3, 11), time(15), "open")
    assert "next_steps" in entry.pending
    # Asked and told to: then it does.
    seller.post(f"/entries/{entry.uuid}/edit/", {})
    step.refresh_from_db()
    assert step.state == "done" or step.due_on == date(2026, 3, 13)
    assert not Entry.objects.get(pk=entry.pk).pending


def test_a_late_line_leaves_a_step_alone_that_was_planned_after_it(seller, dana):
    with time_machine.travel("2026-03-11T13:00:00Z", tick=False):
        step = make.step(dana.prospect, "Call Dana", "2026-03-11", kind="call", contact=dana)
    entry = kept(seller, item("called Dana, connected", **LATE))
    step.refresh_from_db()
    assert step.state == "open" and "next_steps" in entry.pending


def test_what_was_undone_and_what_this_phone_planned_itself_holds_nothing_back(seller, dana):
    with time_machine.travel("2026-03-10T13:00:00Z", tick=False):
        step = make.step(dana.prospect, "Call Dana back", "2026-03-11", kind="call", contact=dana)
    at_nine(step, due_time=time(15)).undo()
    assert not kept(seller, item("called Dana, connected", **LATE)).pending
    # Two lines of one dead spot, in their order, sent at once.
    kept(seller, item("call Dana fri", seq=2, occurred_at="2026-03-11T08:40:00-04:00"))
    entry = kept(seller, item("called Dana, connected", seq=3, occurred_at="2026-03-11T08:50:00-04:00"))
    assert not entry.pending
