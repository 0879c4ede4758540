"""Whose move, since when, why; silence and tries: each rule of docs/standing.md by example."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from accounts import standing
from accounts.models import Activity, Standing
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday(installation):
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield


@pytest.fixture
def halden():
    return make.prospect("Halden Freight")


@pytest.fixture
def dana(halden):
    return make.contact(halden, "Dana Whitfield")


def of(record, audience="seller"):
    name = record._meta.model_name
    return Standing.objects.get(
        **{name: record, "audience": audience}, **({"deal": None} if name == "prospect" else {})
    )


def at(text):
    return datetime.fromisoformat(f"2026-03-{text}")


def test_nothing_yet(halden):
    row = of(halden)
    assert (row.rule, row.move, row.since_on, row.attempts) == ("nothing", "mine", date(2026, 3, 11), 0)
    assert row.silent_days(clock.today()) is None


def test_their_message_waits_for_an_answer(halden, dana):
    make.activity(halden, "email", at("10T16:12"), direction="in", contacts=[dana])
    row = of(halden)
    assert (row.rule, row.move, row.since_on) == ("waiting", "mine", date(2026, 3, 10))
    assert standing.in_words(row.why) == "Dana wrote on Tue Mar 10 and waits for an answer"


def test_an_answer_of_yours_makes_it_their_move(halden):
    make.activity(halden, "email", at("09T16:12"), direction="in")
    make.activity(halden, "email", at("10T09:00"), direction="out")
    row = of(halden)
    assert (row.rule, row.move, row.since_on, row.attempts) == ("tried", "theirs", date(2026, 3, 10), 1)


@pytest.mark.parametrize("outcome", ["auto_reply", "bounced"])
def test_a_machine_is_no_answer(halden, outcome):
    make.activity(halden, "email", at("09T09:00"), direction="out")
    make.activity(halden, "email", at("10T09:00"), direction="in", outcome=outcome)
    row = of(halden)
    assert (row.rule, row.attempts, row.last_two_way_on) == ("tried", 1, None)


def test_their_promise_is_their_move(halden, dana):
    make.activity(halden, "call", at("11T09:00"), direction="in", outcome="connected", contacts=[dana])
    make.step(halden, "Send the questionnaire", "2026-03-18", owner="them", contact=dana)
    row = of(halden)
    assert (row.rule, row.move) == ("step", "theirs")
    assert standing.in_words(row.why) == "Dana promised: Send the questionnaire by Wed Mar 18"


def test_the_earliest_open_step_decides(halden):
    make.step(halden, "Send the questionnaire", "2026-03-18", owner="them")
    mine = make.step(halden, "Send the price", "2026-03-12")
    assert (of(halden).move, of(halden).next_step) == ("mine", mine)
    with make.submission() as entry:
        mine.keep(entry)
    assert (of(halden).move, of(halden).next_step) == ("theirs", None)


def test_yours_before_theirs_on_one_day_and_undated_last(halden):
    make.step(halden, "Ring legal", None)
    make.step(halden, "Send numbers", "2026-03-12", owner="them")
    assert of(halden).move == "theirs"
    make.step(halden, "Send price", "2026-03-12")
    assert of(halden).move == "mine"


def test_spoke_and_agreed_nothing(halden, dana):
    make.activity(halden, "call", at("09T09:00"), direction="out", outcome="connected", contacts=[dana])
    row = of(halden)
    assert (row.rule, row.move) == ("spoke", "mine")
    assert standing.in_words(row.why) == "you spoke with Dana on Mon Mar 9 and agreed no next step"


def test_tries_since_they_last_took_part(halden):
    make.activity(halden, "call", at("02T09:00"), direction="out", outcome="connected")
    make.activity(halden, "call", at("04T09:00"), direction="out", outcome="left_voicemail")
    make.activity(halden, "email", at("06T09:00"), direction="out")
    make.activity(halden, "call", at("06T10:00"), direction="out", outcome="wrong_number")
    make.activity(halden, "call", at("09T09:00"), direction="out", outcome="no_answer")
    row = of(halden)
    assert (row.rule, row.move, row.since_on) == ("tried", "theirs", date(2026, 3, 4))
    assert (row.attempts, row.attempts_by_kind) == (3, {"call": 2, "email": 1})
    assert row.silent_days(clock.today()) == 9
    assert standing.in_words(row.why) == "no answer to your 3 tries since Wed Mar 4"


@pytest.mark.parametrize(
    ("kind", "outcome"), [("meeting", "no_show"), ("meeting", "cancelled"), ("call", "wrong_number")]
)
def test_what_did_not_come_about_is_your_move(halden, kind, outcome):
    make.activity(halden, kind, at("10T09:00"), direction="out" if kind == "call" else "", outcome=outcome)
    assert (of(halden).rule, of(halden).move) == ("unheld", "mine")


def test_private_lines_exist_only_for_the_seller(halden):
    make.activity(halden, "call", at("10T09:00"), direction="out", outcome="connected", private=True)
    make.step(halden, "Find out about the merger", "2026-03-12", private=True)
    assert of(halden).rule == "step" and of(halden).last_two_way_on == date(2026, 3, 10)
    others = of(halden, "others")
    assert (others.rule, others.last_two_way_on, others.next_step, others.attempts) == ("nothing", None, None, 0)


def test_order_is_by_day_and_time_not_by_entry(halden):
    make.activity(halden, "call", at("10T15:00"), direction="out", outcome="no_answer")
    make.activity(halden, "call", at("10T09:00"), direction="out", outcome="connected")
    make.activity(halden, "email", on=date(2026, 3, 10), direction="out")
    row = of(halden)
    # The day-only mail comes first, then the talk at 9, then the try at 15.
    assert (row.attempts, row.attempts_by_kind) == (1, {"call": 1})


def test_a_deal_looks_only_at_what_is_filed_under_it(halden):
    deal = make.deal(halden)
    make.activity(halden, "call", at("10T09:00"), direction="out", outcome="connected")
    assert of(deal).rule == "nothing" and of(halden).rule == "spoke"
    activity = Activity.objects.get()
    with make.submission() as entry:
        activity.deal = deal
        activity.write(entry)
    assert of(deal).rule == "spoke"


def test_re_filing_changes_both_prospects(halden):
    other = make.prospect("Ember Roofing")
    activity = make.activity(halden, "call", at("10T09:00"), direction="out", outcome="connected")
    with make.submission() as entry:
        activity.prospect = other
        activity.write(entry)
    assert (of(halden).rule, of(other).rule) == ("nothing", "spoke")
    entry.undo()
    assert (of(halden).rule, of(other).rule) == ("spoke", "nothing")


def test_a_trashed_prospect_has_no_standing(halden):
    with make.submission() as entry:
        halden.trash(entry)
    assert not Standing.objects.exists()
    entry.undo()
    assert of(halden).rule == "nothing"


def test_day_of_an_instant_is_the_sellers_across_the_dst_night(halden):
    # 2026-03-08 New York skips 02:00–03:00; 06:30Z is 01:30 on the 8th there, 04:30Z is 23:30 on the 7th.
    late = datetime.fromisoformat("2026-03-08T04:30:00+00:00")
    make.activity(halden, "call", late, direction="out", outcome="connected")
    assert of(halden).last_two_way_on == date(2026, 3, 7)
    make.activity(halden, "call", late + timedelta(hours=2), direction="out", outcome="connected")
    assert of(halden).last_two_way_on == date(2026, 3, 8)


def test_few_and_many_are_worked_out_alike(halden, dana):
    """A refresh of few looks from the end as far as it must; one of many reads all."""
    make.activity(halden, "call", at("01T09:00"), direction="out", outcome="connected", contacts=[dana])
    make.activity(halden, "email", at("02T09:00"), direction="in", contacts=[dana])
    for minute in range(20):
        make.activity(halden, "call", at(f"03T09:{minute:02}"), direction="out", outcome="no_answer", private=True)
    others = [make.prospect(f"Other {n}") for n in range(standing._FEW)]
    alone = standing.compute("prospect", [halden.pk])
    among = standing.compute("prospect", [halden.pk, *(other.pk for other in others)])
    assert alone.items() <= among.items()
    seller, blind = (alone[halden.pk, audience] for audience in standing.AUDIENCES)
    assert (seller["rule"], seller["attempts"]) == ("tried", 20)
    assert (blind["rule"], blind["attempts"]) == ("waiting", 0)
    assert {name: getattr(of(halden, "others"), name) for name in standing.FIELDS} == blind
