"""The page of a past day: as it was live at its end, whatever was recorded later."""

import contextlib
import os
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Activity, Step
from accounts.records import ChangedSince
from crm.desk.status import Asked, Status, past, periods, rows
from crm.web import clock
from deals.models import Deal, DealChange
from tests import make

EXAMPLES = int(os.environ.get("CALLBACK_EXAMPLES", "25"))
FIRST = date(2026, 3, 9)
STAGES = ("Conversation", "Diagnosed", "Proposal")


def facts(found):
    """What of the deals the page tells."""
    return {
        row.pk: (
            row.amount, row.close_on, row.outcome, row.ended_on, row.reason, row.stage.name,
            row.prospect and row.prospect.pk,
        )
        for row in found
    }  # fmt: skip


def told(status):
    """The page, but for the ages of lines, which live are counted in minutes."""
    accounts = {
        one.prospect.pk: (one.amount, one.close_on, one.attention, [line.text for line in one.brief.lines])
        for one in status.accounts
    }
    ended = [(one.outcome, one.count, one.total, one.reasons) for one in status.ended]
    sums = [[(s.key, s.count, s.total, s.weighted) for s in sums] for sums in (status.stages, status.months)]
    return accounts, ended, sums


def page(installation, audience, day=None):
    asked = Asked.of({"as_of": day.isoformat()} if day else {}, clock.today())
    return told(Status(installation, audience, asked))


@pytest.mark.django_db
def test_a_deal_as_it_was_known(installation):
    with time_machine.travel(clock.instant(FIRST, time(12)), tick=False) as traveller:
        deal = make.deal(
            make.prospect("Halden"), stage_name="Diagnosed", amount=Decimal(100), close_on=date(2026, 3, 31)
        )
        step = make.step(deal.prospect, "Send the price", "2026-03-11", deal=deal)
        traveller.shift(timedelta(days=1))
        with make.submission() as entry:
            deal.stage, deal.amount, deal.close_on = make.stage("Proposal"), Decimal(200), date(2026, 4, 30)
            deal.write(entry)
        with make.submission() as entry:
            Step.objects.get(pk=step.pk).keep(entry)
        traveller.shift(timedelta(days=1))
        with make.submission() as entry:
            Deal.objects.get().win(entry, reason="price", on=date(2026, 3, 10))
        before = page(installation, "others", FIRST - timedelta(days=1))
        assert before[0] == {}
        (first,) = page(installation, "others", FIRST)[0].values()
        assert first[:2] == (100, date(2026, 3, 31)) and "Diagnosed" in first[3][0] and "end the price" in first[3][3]
        (second,) = page(installation, "others", FIRST + timedelta(days=1))[0].values()
        assert second[:3] == (200, date(2026, 4, 30), "no-step") and "Proposal" in second[3][0]
        # Won on Wednesday, for Tuesday: on Tuesday nobody knew.
        assert [one[1] for one in page(installation, "others", FIRST + timedelta(days=1))[1]] == [0, 0, 0]
        assert page(installation, "others")[1][0][:2] == ("won", 1)


@pytest.mark.django_db
def test_what_lies_in_the_trash_by_now_was_there_and_has_no_link(installation, manager):
    with time_machine.travel(clock.instant(FIRST, time(12)), tick=False) as traveller:
        deal = make.deal(make.prospect("Halden"), amount=Decimal(100))
        traveller.shift(timedelta(days=1))
        with make.submission() as entry:
            deal.prospect.trash(entry)
        html = manager.get(f"/status/?as_of={FIRST}").content.decode()
        assert "Halden" in html and f"/prospects/{deal.prospect_id}/" not in html and f"/deals/{deal.pk}/" not in html
        assert "Halden" not in manager.get(f"/status/?as_of={FIRST + timedelta(days=1)}").content.decode()


@pytest.mark.django_db
def test_the_reason_and_the_day_it_ended_as_they_were_then(installation):
    with time_machine.travel(clock.instant(FIRST, time(12)), tick=False) as traveller:
        deal = make.deal(make.prospect("Halden"), amount=Decimal(100))
        with make.submission() as entry:
            deal.lose(entry, reason="price")
        traveller.shift(timedelta(days=1))
        with make.submission() as later:
            deal.end_reason, deal.ended_on = "no budget", date(2026, 1, 2)
            deal.write(later)
        traveller.shift(timedelta(days=1))
        with make.submission() as later:
            deal.end_reason, deal.ended_on = "timing", date(2026, 3, 1)
            deal.write(later)
        month = periods.period("month", FIRST)
        reasons = {}
        for day in (FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=2)):
            found = past.rows(day, periods.period("year", day))
            reasons[day.day] = [(row.reason, row.ended_on) for row in found]
        assert reasons == {
            9: [("price", FIRST)],
            10: [("no budget", date(2026, 1, 2))],
            11: [("timing", date(2026, 3, 1))],
        }
        assert month.first == date(2026, 3, 1)


@pytest.mark.django_db
def test_the_day_ends_with_the_sellers_midnight(installation):
    with time_machine.travel(datetime(2026, 3, 11, 3, 59, tzinfo=clock._UTC), tick=False) as traveller:  # 23:59 there
        deal = make.deal(make.prospect("Halden"), amount=Decimal(100))
        traveller.shift(timedelta(minutes=2))
        with make.submission() as entry:
            deal.amount = Decimal(200)
            deal.write(entry)
        traveller.shift(timedelta(days=1))
        assert [one[0] for one in page(installation, "others", date(2026, 3, 10))[0].values()] == [100]
        assert [one[0] for one in page(installation, "others", date(2026, 3, 11))[0].values()] == [200]


@pytest.mark.django_db
def test_an_imported_year_as_of_every_month(installation):
    """History written in bulk, with dates of its own: nothing is counted before it was known, all of it in the end."""
    from crm.desk import sample

    with time_machine.travel(clock.instant(date(2026, 3, 11), time(12)), tick=False):
        sample.load()
        today = clock.today()
        period = periods.period("year", today)
        live = rows.live(period)
        assert facts(past.rows(today, period)) == facts(live)
        for back in range(30, 360, 60):
            day = today - timedelta(days=back)
            open_then = {row.pk for row in past.rows(day, period) if row.outcome == "open"}
            end = clock.day_bounds(day)[1]
            known = {}
            for change in DealChange.objects.filter(known_at__lt=end).order_by("known_at", "pk"):
                known[change.deal_id] = change.outcome
            assert open_then == {pk for pk, outcome in known.items() if outcome == "open"}


def _write(what, deal, entry):
    if what == "amount":
        deal.amount = Decimal(200)
        deal.write(entry)
    elif what == "stage":
        deal.move_to(make.stage("Proposal"), entry)
    elif what == "end":
        deal.win(entry, reason="price")
    elif what == "trash":
        deal.prospect.trash(entry)
    elif what == "open":
        Deal(prospect=deal.prospect, name="Other", stage=deal.stage, amount=Decimal(7)).write(entry)
    elif what == "step":
        Step(prospect=deal.prospect, what="Call", due_on=FIRST).write(entry)
    else:
        now, today = clock.now(), clock.today()
        Activity(prospect=deal.prospect, kind="email", direction="in", at=now, on=today).write(entry)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["amount", "stage", "end", "trash", "open", "step", "activity"])
def test_what_was_undone_on_another_day_counts_on_no_day(installation, what):
    with time_machine.travel(clock.instant(FIRST, time(9)), tick=False) as traveller:
        deal = make.deal(make.prospect("Halden"), amount=Decimal(100), close_on=date(2026, 3, 31))
        traveller.move_to(clock.instant(FIRST, time(22)))
        before = page(installation, "others")
        with make.submission() as entry:
            _write(what, deal, entry)
        assert page(installation, "others") != before
        traveller.shift(timedelta(days=1))
        later = Deal.objects.filter(pk=deal.pk).first()
        if later and what == "amount":  # something beside it stays
            with make.submission() as beside:
                later.close_on = date(2026, 4, 30)
                later.write(beside)
        assert entry.undo()
        assert page(installation, "others", FIRST) == before
        told = Status(installation, "others", Asked.of({"as_of": FIRST.isoformat()}, clock.today())).changes
        assert [one.words for one in told] == ["New: $100, closing Mar 31, in Conversation"]


@pytest.mark.django_db
def test_a_deal_thrown_away_later_is_told_as_it_was(installation):
    with time_machine.travel(clock.instant(FIRST, time(9)), tick=False) as traveller:
        deal = make.deal(make.prospect("Halden"), amount=Decimal(100), close_on=date(2026, 3, 31))
        traveller.shift(timedelta(days=1))
        with make.submission() as entry:
            deal.trash(entry)
        (told,) = Status(installation, "others", Asked.of({"as_of": FIRST.isoformat()}, clock.today())).changes
        assert (told.kind.code, told.href) == ("new", "")


# Whatever happens ------------------------------------------------------------------------------------

number = st.integers(0, 3)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), number, number),
        st.tuples(st.just("stage"), number, st.sampled_from(STAGES)),
        st.tuples(st.just("amount"), number, st.sampled_from([None, 100, 250])),
        st.tuples(st.just("close"), number, st.sampled_from([None, 0, 5, 40])),
        st.tuples(st.just("end"), number, st.sampled_from(["won", "lost", "walked"])),
        st.tuples(st.just("reason"), number, st.sampled_from(["price", "", "no budget"])),
        st.tuples(st.just("reopen"), number, st.none()),
        st.tuples(st.just("activity"), number, st.sampled_from(["in", "out", "spoke", "private"])),
        st.tuples(st.just("step"), number, st.sampled_from([-2, 0, 3])),
        st.tuples(st.just("done"), number, st.none()),
        st.tuples(st.just("later"), number, st.sampled_from([1, 9])),
        st.tuples(st.just("undo"), number, st.none()),
        st.tuples(st.just("trash"), number, st.none()),
        st.tuples(st.just("night"), st.just(0), st.none()),
    ),
    max_size=30,
)


class Day:
    """A seller's days, from a list of events."""

    def __init__(self, traveller):
        self.traveller, self.entries = traveller, []
        self.prospects = [make.prospect(name) for name in ("Acme", "Globex")]

    def do(self, what, which, value):
        self.traveller.shift(timedelta(minutes=7))
        if what == "undo":
            return self._undo(which)
        with make.submission() as entry:
            getattr(self, f"_{what}")(entry, which, value)
        if what not in ("trash", "night"):
            self.entries.append(entry)
        return None

    def _undo(self, which):
        if len(self.entries) > which:
            with contextlib.suppress(ChangedSince):
                self.entries[-1 - which].undo()

    def _deal(self, which):
        deals = list(Deal.objects.order_by("pk"))
        return deals[which % len(deals)] if deals else None

    def _change(self, entry, which, **fields):
        deal = self._deal(which)
        if deal:
            for name, value in fields.items():
                setattr(deal, name, value)
            deal.write(entry)

    def _open(self, entry, which, value):
        home = self.prospects[which % 2] if which < 3 else None
        Deal(prospect=home, name=f"Deal {value}", stage=make.stage(STAGES[value % 3]), amount=Decimal(value)).write(
            entry
        )

    def _stage(self, entry, which, value):
        self._change(entry, which, stage=make.stage(value))

    def _amount(self, entry, which, value):
        self._change(entry, which, amount=value and Decimal(value))

    def _close(self, entry, which, value):
        self._change(entry, which, close_on=None if value is None else clock.today() + timedelta(days=value))

    def _reason(self, entry, which, value):
        deal = self._deal(which)
        if deal and not deal.is_open:
            self._change(entry, which, end_reason=value)

    def _end(self, entry, which, value):
        deal = self._deal(which)
        if deal:
            deal.end(value, entry, on=clock.today() - timedelta(days=which))

    def _reopen(self, entry, which, value):
        deal = self._deal(which)
        if deal and not deal.is_open:
            deal.reopen(entry)

    def _activity(self, entry, which, value):
        spoke = {"outcome": "connected"} if value == "spoke" else {"outcome": "no_answer"} if value == "out" else {}
        Activity(
            prospect=self.prospects[which % 2], kind="call" if value != "in" else "email",
            direction="in" if value == "in" else "out", private=value == "private", at=clock.now(), on=clock.today(),
            **spoke,
        ).write(entry)  # fmt: skip

    def _step(self, entry, which, value):
        due = clock.today() + timedelta(days=value)
        Step(prospect=self.prospects[which % 2], owner=("me", "them")[which > 1], what="Call", due_on=due).write(entry)

    def _steps(self, which):
        steps = list(Step.objects.open().order_by("pk"))
        return steps[which % len(steps)] if steps else None

    def _done(self, entry, which, value):
        step = self._steps(which)
        if step:
            step.keep(entry)

    def _later(self, entry, which, value):
        step = self._steps(which)
        if step:
            step.reschedule(entry, clock.today() + timedelta(days=value))

    def _trash(self, entry, which, value):
        deal = self._deal(which)
        if deal:
            deal.trash(entry)

    def _night(self, entry, which, value):
        self.entries.clear()  # what is undone on another day counts on no day: tests of its own


class AsOf(TestCase):
    @settings(
        max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )
    @given(EVENTS)
    def test_a_past_day_is_what_was_live_at_its_end(self, events):
        installation = make.installation()
        with time_machine.travel(clock.instant(FIRST, time(9)), tick=False) as traveller:
            day, live = Day(traveller), {}

            def close_the_day():
                traveller.move_to(clock.instant(clock.today(), time(23, 59)))
                period = periods.period("", clock.today())
                for audience in ("seller", "others"):
                    live[clock.today(), audience] = page(installation, audience)
                    found = facts(rows.live(period))
                    assert facts(past.rows(clock.today(), period)) == found  # as of today is live
                traveller.move_to(clock.instant(clock.today() + timedelta(days=1), time(9)))

            for event in events:
                day.do(*event)
                if event[0] == "night":
                    close_the_day()
            close_the_day()
            for (then, audience), shown in live.items():
                assert page(installation, audience, then) == shown, (then, audience)
