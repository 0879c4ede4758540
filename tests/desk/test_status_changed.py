"""What changed between a look and now: constructed situations, each with what the page must say of it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from crm.desk.models import StatusMark
from crm.desk.status import Asked, Status
from crm.web import clock
from deals.models import Deal, DealChange
from tests import make

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 3, 2, 15, tzinfo=clock._UTC)  # a Monday, 10 am in New York
LOOK = FIRST + timedelta(days=4)
NOW = FIRST + timedelta(days=9, hours=1)


class Story:
    """A deal that was there when Morgan looked, and what happened to it before and after."""

    def __init__(self, installation, morgan, traveller):
        self.installation, self.morgan, self.traveller = installation, morgan, traveller
        self.traveller.move_to(FIRST)
        self.prospect = make.prospect("Halden Freight")
        self.deal = self.open("Rollout", Decimal(45000), date(2026, 3, 31), "Diagnosed")

    def open(self, name, amount, close, stage="Conversation", prospect=None):
        return make.deal(prospect or self.prospect, name, stage, amount=amount, close_on=close)

    def look(self):
        """Morgan reads all there is, on Friday."""
        self.traveller.move_to(LOOK)
        last = DealChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        StatusMark.put(self.morgan, clock.now(), last, by_hand=True)
        self.traveller.move_to(LOOK + timedelta(hours=20))

    def write(self, deal=None, **fields):
        """Returns the entry, so that it can be undone."""
        self.traveller.shift(timedelta(minutes=1))
        deal = Deal.objects.get(pk=(deal or self.deal).pk)
        with make.submission() as entry:
            for name, value in fields.items():
                setattr(deal, name, value)
            deal.write(entry)
        return entry

    def stage(self, name):
        return self.write(stage=make.stage(name))

    def end(self, outcome, **how):
        self.traveller.shift(timedelta(minutes=1))
        deal = Deal.objects.get(pk=self.deal.pk)
        with make.submission() as entry:
            deal.end(outcome, entry, **how)
        return entry

    def reopen(self):
        self.traveller.shift(timedelta(minutes=1))
        deal = Deal.objects.get(pk=self.deal.pk)
        with make.submission() as entry:
            deal.reopen(entry)
        return entry

    def undo(self, entry):
        self.traveller.shift(timedelta(minutes=1))
        assert entry.undo()

    def changes(self, audience="others", **asked):
        self.traveller.move_to(max(NOW, clock.now()))
        status = Status(self.installation, audience, Asked.of(asked, clock.today()), user=self.morgan)
        return [(one.kind.code, one.words) for one in status.changes]


@pytest.fixture
def story(installation, morgan):
    with time_machine.travel(FIRST, tick=False) as traveller:
        yield Story(installation, morgan, traveller)


def test_nothing(story):
    story.look()
    assert story.changes() == []


def test_new(story):
    story.look()
    story.open("Seats", Decimal(9000), date(2026, 5, 1))
    assert story.changes() == [("new", "New: $9,000, closing May 1, in Conversation")]


def test_new_without_amount_and_day(story):
    story.look()
    story.open("Seats", None, None)
    assert story.changes() == [("new", "New: no amount, in Conversation")]


def test_new_and_grown_is_new_as_it_is_now(story):
    story.look()
    deal = story.open("Seats", Decimal(9000), date(2026, 5, 1))
    story.write(deal, amount=Decimal(12000))
    assert story.changes() == [("new", "New: $12,000, closing May 1, in Conversation")]


def test_new_and_won(story):
    story.look()
    story.deal = story.open("Seats", Decimal(9000), date(2026, 5, 1))
    story.end("won", reason="quick")
    assert story.changes() == [
        ("won", "Won at $9,000: quick"),
        ("new", "New: $9,000, closing May 1, in Conversation"),
    ]


def test_new_and_taken_back_is_nothing(story):
    story.look()
    with make.submission() as entry:
        Deal(prospect=story.prospect, name="Slip", stage=make.stage(), amount=Decimal(1)).write(entry)
    story.undo(entry)
    assert story.changes() == []


def test_moved_forward(story):
    story.look()
    story.stage("Proposal")
    assert story.changes() == [("forward", "Diagnosed to Proposal")]


def test_moved_back(story):
    story.look()
    story.stage("Conversation")
    assert story.changes() == [("back", "Diagnosed to Conversation")]


def test_moved_twice_is_told_once(story):
    story.look()
    story.stage("Evaluating")
    story.stage("Proposal")
    assert story.changes() == [("forward", "Diagnosed to Proposal")]


def test_moved_there_and_back_is_nothing(story):
    story.look()
    story.stage("Proposal")
    story.stage("Diagnosed")
    assert story.changes() == []


def test_slipped(story):
    story.look()
    story.write(close_on=date(2026, 4, 14))
    assert story.changes() == [("slipped", "Close date Mar 31 to Apr 14, 14 days later")]


def test_slipped_again_says_how_often_in_all(story):
    story.write(close_on=date(2026, 4, 7))
    story.look()
    story.write(close_on=date(2026, 4, 14))
    story.write(close_on=date(2026, 4, 21))
    assert story.changes() == [("slipped", "Close date Apr 7 to Apr 21, 14 days later, slipped 3 times in all")]


def test_pulled_in(story):
    story.look()
    story.write(close_on=date(2026, 3, 30))
    assert story.changes() == [("pulled-in", "Close date Mar 31 to Mar 30, 1 day earlier")]


def test_grew(story):
    story.look()
    story.write(amount=Decimal(60000))
    assert story.changes() == [("grew", "$45,000 to $60,000, $15,000 more")]


def test_shrank(story):
    story.look()
    story.write(amount=Decimal("44999.50"))
    assert story.changes() == [("shrank", "$45,000 to $44,999.50, $0.50 less")]


def test_an_amount_for_the_first_time_is_no_growth(story):
    deal = story.open("Seats", None, None)
    story.look()
    story.write(deal, amount=Decimal(9000))
    assert story.changes() == [("filled", "Amount set to $9,000")]


def test_a_day_for_the_first_time_is_no_slip(story):
    deal = story.open("Seats", None, None)
    story.look()
    story.write(deal, close_on=date(2026, 5, 1))
    assert story.changes() == [("filled", "Close date set to May 1")]


def test_taken_out(story):
    story.look()
    story.write(amount=None, close_on=None)
    assert sorted(story.changes()) == [
        ("filled", "Amount taken out, was $45,000"),
        ("filled", "Close date taken out, was Mar 31"),
    ]


def test_three_things_at_once(story):
    story.look()
    story.write(stage=make.stage("Proposal"), amount=Decimal(50000), close_on=date(2026, 4, 1))
    assert sorted(kind for kind, _ in story.changes()) == ["forward", "grew", "slipped"]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("won", "Won at $45,000: two years"),
        ("lost", "Lost, $45,000: two years"),
        ("walked", "Walked away, $45,000: two years"),
    ],
)
def test_closed(story, outcome, words):
    story.look()
    story.end(outcome, reason="two years")
    assert story.changes() == [(outcome, words)]


def test_won_for_less_and_later_is_won_alone(story):
    story.look()
    story.write(amount=Decimal(40000), close_on=date(2026, 4, 30), stage=make.stage("Negotiation"))
    story.end("won")
    assert story.changes() == [("won", "Won at $40,000 (was $45,000)")]


def test_reopened(story):
    story.end("lost", reason="price")
    story.look()
    story.reopen()
    assert story.changes() == [("reopened", "Open again, was lost")]


def test_reopened_and_moved(story):
    story.end("lost")
    story.look()
    story.reopen()
    story.stage("Conversation")
    assert story.changes() == [("back", "Diagnosed to Conversation"), ("reopened", "Open again, was lost")]


def test_lost_and_reopened_is_nothing(story):
    story.look()
    story.end("lost")
    story.reopen()
    assert story.changes() == []


def test_lost_after_all(story):
    story.end("won")
    story.look()
    story.reopen()
    story.end("lost", reason="never signed")
    assert story.changes() == [("lost", "Lost, $45,000: never signed")]


# Undo ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["stage", "slip", "grow", "end"])
def test_a_change_that_was_undone_counts_in_nothing(story, change):
    story.look()
    entry = {
        "stage": lambda: story.stage("Proposal"),
        "slip": lambda: story.write(close_on=date(2026, 4, 14)),
        "grow": lambda: story.write(amount=Decimal(60000)),
        "end": lambda: story.end("won"),
    }[change]()
    story.undo(entry)
    assert story.changes() == []


def test_undone_with_something_else_between(story):
    story.look()
    entry = story.stage("Proposal")
    story.write(amount=Decimal(60000))
    story.undo(entry)
    assert story.changes() == [("grew", "$45,000 to $60,000, $15,000 more")]


def test_seen_and_then_undone_is_taken_back(story):
    entry = story.write(close_on=date(2026, 4, 14))
    story.look()
    story.undo(entry)
    assert story.changes() == [("undone", "Taken back: close date Apr 14 to Mar 31, 14 days earlier")]


def test_won_seen_and_then_undone_is_taken_back(story):
    entry = story.end("won")
    story.look()
    story.undo(entry)
    assert story.changes() == [("undone", "Taken back: open again, was won")]


# The trash -------------------------------------------------------------------------------------------


def test_thrown_away(story):
    story.look()
    with make.submission() as entry:
        story.prospect.trash(entry)
    assert story.changes() == [("removed", "Put in the trash: $45,000, closing Mar 31, in Diagnosed")]


def test_thrown_away_and_brought_back_is_nothing(story):
    story.look()
    with make.submission() as entry:
        story.prospect.trash(entry)
    story.undo(entry)
    assert story.changes() == []


# Silence ---------------------------------------------------------------------------------------------


def call(story, on, outcome="no_answer", **fields):
    return make.activity(story.prospect, direction="out", outcome=outcome, on=on, **fields)


def test_gone_silent_by_days(story):
    call(story, date(2026, 2, 23), "connected")  # 16 days before now, 11 before the look
    story.look()
    assert story.changes() == [("silent", "Nobody has answered for 16 days")]


def test_silent_already_when_one_looked(story):
    call(story, date(2026, 2, 10), "connected")
    story.look()
    assert story.changes() == []


def test_gone_silent_by_the_last_of_four_tries(story):
    call(story, date(2026, 3, 2), "connected")
    for day in (3, 4, 5):
        call(story, date(2026, 3, day))
    story.look()
    assert story.changes() == []
    story.traveller.move_to(LOOK + timedelta(days=2))
    call(story, date(2026, 3, 8))
    assert story.changes() == [("silent", "4 tries since Mar 3, no answer")]


def test_a_fifth_try_is_no_news(story):
    for day in (2, 3, 4, 5):
        call(story, date(2026, 3, day))
    story.look()
    call(story, date(2026, 3, 8))
    assert story.changes() == []


def test_heard_again_is_not_silent(story):
    for day in (2, 3, 4, 5):
        call(story, date(2026, 3, day))
    story.look()
    make.activity(story.prospect, kind="email", direction="in", on=date(2026, 3, 10))
    assert story.changes() == []


def test_a_parked_account_may_be_silent(story):
    call(story, date(2026, 2, 23), "connected")
    story.look()
    prospect = story.deal.prospect
    prospect.parked_until = date(2026, 6, 1)
    with make.submission() as entry:
        prospect.write(entry)
    assert story.changes() == []


def test_private_tries_make_nobody_silent_for_others(story):
    for day in (2, 3, 4):
        call(story, date(2026, 3, day))
    story.look()
    story.traveller.move_to(LOOK + timedelta(days=2))
    call(story, date(2026, 3, 8), private=True)
    assert story.changes() == []
    assert story.changes("seller") == [("silent", "4 tries since Mar 2, no answer")]


# Looks -----------------------------------------------------------------------------------------------


def test_a_first_look_shows_seven_days(story):
    story.traveller.move_to(FIRST + timedelta(days=3))
    story.write(amount=Decimal(60000))
    story.traveller.move_to(NOW)
    assert story.changes() == [("grew", "$45,000 to $60,000, $15,000 more")]


def test_the_newest_first(story):
    other = story.open("Seats", Decimal(9000), date(2026, 5, 1))
    story.look()
    story.write(amount=Decimal(60000))
    story.write(other, amount=Decimal(8000))
    assert [kind for kind, _ in story.changes()] == ["shrank", "grew"]


def test_an_imported_history_of_stages_moves_no_close_date(story):
    DealChange.objects.create(
        deal=story.deal, stage=make.stage("Evaluating"), amount=Decimal(45000), outcome="open", on=date(2026, 3, 3),
        known_at=FIRST + timedelta(days=1),
    )  # fmt: skip
    story.look()
    story.write(amount=Decimal(60000))
    assert "grew" in [kind for kind, _ in story.changes()] and "filled" not in [kind for kind, _ in story.changes()]


def test_the_week_before_a_past_day(story):
    story.traveller.move_to(FIRST + timedelta(days=1))
    story.write(amount=Decimal(60000))
    story.traveller.move_to(FIRST + timedelta(days=8))
    story.write(amount=Decimal(70000))
    assert story.changes(as_of="2026-03-06")[0][0] == "new"
    assert story.changes(as_of="2026-03-09") == [("grew", "$45,000 to $60,000, $15,000 more")]
