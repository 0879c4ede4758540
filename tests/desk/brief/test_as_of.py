"""As of a day reads what was known by its end, no more and no less: by example, and over random histories.

`CALLBACK_EXAMPLES=500 python3 manage.py test tests/desk/brief/test_as_of.py` tries more of them.
"""

import os
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Activity, Step
from accounts.records import ChangedSince
from crm.access.models import Installation
from crm.desk.brief import brief
from crm.web import clock
from deals.models import Deal, Stage
from tests import make

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)
DAYS = 8
EXAMPLES = int(os.environ.get("CALLBACK_EXAMPLES") or 25)
random_histories = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def moment(day, hour=9, minute=0):
    """That wall-clock time of the day of that number."""
    return time_machine.travel(
        clock.instant(FIRST + timedelta(days=day), datetime.min.time().replace(hour=hour, minute=minute)), tick=False
    )


def told(prospect, day=None):
    """What the lines say to both audiences, without what depends on the hour or on ids."""
    how, found = {"today": clock.today(), "installation": Installation.load()}, []
    as_of = None if day is None else FIRST + timedelta(days=day)
    for audience in ("seller", "others"):
        one = brief(prospect, audience=audience, as_of=as_of, **how)
        found.append([(line.text, line.on, line.at, line.stale, line.tone) for line in one.lines])
        found.append(one.attention)
    return found


# By example ------------------------------------------------------------------------------------------


@pytest.fixture
def halden(installation):
    with moment(0):
        row = make.prospect("Halden Freight")
        row.dana = make.contact(row, "Dana Whitfield")
        row.sale = make.deal(row, "Rollout", "Proposal", amount=Decimal(45000), close_on=date(2026, 3, 31))
    return row


def text(prospect, day, key):
    with moment(DAYS):
        how = {"audience": "seller", "today": clock.today(), "installation": Installation.load()}
        return brief(prospect, as_of=FIRST + timedelta(days=day), **how)[key].text


def test_what_is_typed_later_was_not_known(halden):
    with moment(3):
        make.activity(halden, "call", on=FIRST, direction="in", outcome="connected", text="back-dated")
    assert text(halden, 2, "buyer") == "Nothing yet."
    assert "back-dated" in text(halden, 3, "buyer")


def test_an_undone_change_counts_for_nothing_before_and_after(halden):
    with moment(2), make.submission() as entry:
        halden.sale.amount, halden.sale.close_on = Decimal(99000), date(2026, 4, 30)
        halden.sale.write(entry)
    with moment(5):
        entry.undo()
    for day in range(8):
        assert text(halden, day, "stands").endswith(". $45,000 by Tue Mar 31.")


def test_a_change_beside_an_undone_one_stays(halden):
    with moment(2), make.submission() as undone:
        halden.sale.amount = Decimal(99000)
        halden.sale.write(undone)
    with moment(3), make.submission() as kept:
        halden.sale.close_on = date(2026, 3, 20)
        halden.sale.write(kept)
    with moment(5):
        undone.undo()
    assert "$45,000 by Tue Mar 31" in text(halden, 2, "stands")
    for day in (3, 4, 5, 7):
        assert "$45,000 by Fri Mar 20" in text(halden, day, "stands")


def test_a_step_is_as_it_was(halden):
    with moment(1):
        step = make.step(halden, "Send the price", FIRST + timedelta(days=3))
    with moment(4), make.submission() as entry:
        step.reschedule(entry, FIRST + timedelta(days=30))
    with moment(6), make.submission() as entry:
        step.keep(entry)
    assert text(halden, 0, "step") == "Nothing is planned."
    assert text(halden, 2, "step") == "Send the price, tomorrow."
    assert text(halden, 4, "step") == "Send the price, Wed Apr 1."
    assert text(halden, 6, "step") == "Nothing is planned."


def test_edits_are_turned_back(halden):
    with moment(1):
        call = make.activity(halden, "call", at=clock.now(), direction="out", outcome="connected", text="first words")
    with moment(3), make.submission() as entry:
        call.outcome, call.text = "no_answer", "other words"
        call.write(entry)
        halden.parked_until = date(2026, 5, 4)
        halden.write(entry)
    assert "first words" in text(halden, 2, "buyer") and "Nothing yet" in text(halden, 3, "buyer")
    assert "Parked" not in text(halden, 2, "stands") and "Parked until Mon May 4" in text(halden, 3, "stands")


def test_what_was_thrown_away_later_was_there(halden):
    with moment(1):
        call = make.activity(halden, "call", at=clock.now(), direction="in", outcome="connected", text="kept for now")
    with moment(3), make.submission() as entry:
        call.trash(entry)
    assert "kept for now" in text(halden, 2, "buyer") and "Nothing yet" in text(halden, 3, "buyer")


def test_what_is_private_now_never_was_for_others(halden):
    with moment(1):
        call = make.activity(halden, "call", at=clock.now(), direction="in", outcome="connected", text="between us")
    with moment(3), make.submission() as entry:
        call.private = True
        call.write(entry)
    with moment(4):
        assert "between us" in str(told(halden, 2)[0]) and "between us" not in str(told(halden, 2)[2:])


# Over random histories -------------------------------------------------------------------------------

small, flag = st.integers(0, 5), st.booleans()
ACTS = (
    ("call", "out", "connected"), ("call", "out", "left_voicemail"), ("call", "in", "connected"),
    ("call", "in", "no_answer"), ("email", "in", ""), ("email", "out", ""), ("email", "in", "auto_reply"),
    ("meeting", "", "held"), ("meeting", "", "no_show"), ("note", "", ""),
)  # fmt: skip
move = st.tuples(
    st.sampled_from(
        ["act", "act", "act", "edit", "step", "step", "due", "keep", "drop", "reopen", "deal", "stage", "amount",
         "close", "end", "open", "park", "role"]
    ),
    small, small, flag,
)  # fmt: skip
history = st.lists(st.lists(move, max_size=4), min_size=1, max_size=DAYS)


class Story:
    """A prospect that moves happen to. `do` returns the move's entry, None where it was not possible."""

    def __init__(self):
        self.prospect = make.prospect("Halden Freight")
        self.people = [make.contact(self.prospect, name) for name in ("Dana Whitfield", "Marcus Reyes")]
        self.acts, self.steps, self.deals = [], [], []

    def do(self, number, kind, a, b, private):
        with make.submission() as entry:
            getattr(self, f"_{kind}")(entry, number, a, b, private)
        return entry

    def _pick(self, rows, n):
        rows = [row for row in rows if type(row).objects.filter(pk=row.pk).exists()]
        if not rows:
            return None
        row = rows[n % len(rows)]
        row.refresh_from_db()
        return row

    def _act(self, entry, number, a, b, private):
        kind, direction, outcome = ACTS[(a * 2 + b) % len(ACTS)]
        at = None if b % 3 == 0 else clock.now() - timedelta(hours=7 * a)
        on = clock.day_of(at) if at else clock.today() - timedelta(days=b)
        row = Activity(
            prospect=self.prospect, kind=kind, direction=direction, outcome=outcome, on=on, at=at, private=private,
            text=f"words {number}", entry=entry,
        )  # fmt: skip
        # What happened on one day is told in the order of uuids: the same in two stories of the same moves.
        row.uuid = uuid.UUID(int=(number << 64) + self.prospect.pk)
        row.write(entry, contacts=[self.people[a % 2].pk] if b % 2 else [])
        self.acts.append(row)

    def _edit(self, entry, number, a, b, private):
        if row := self._pick(self.acts, a):
            row.text, row.outcome = f"other words {number}", "no_answer" if row.kind == "call" else row.outcome
            row.write(entry)

    def _step(self, entry, number, a, b, private):
        due_on = None if b == 5 else clock.today() + timedelta(days=b * 2 - 3)
        owner, who = "them" if a % 2 else "me", self.people[b % 2]
        row = Step(prospect=self.prospect, what=f"Step {number}", owner=owner, private=private, due_on=due_on)
        row.contact, row.entry = who, entry
        row.write(entry)
        self.steps.append(row)

    def _due(self, entry, number, a, b, private):
        if row := self._pick(self.steps, a):
            row.reschedule(entry, clock.today() + timedelta(days=b * 3 - 4))

    def _keep(self, entry, number, a, b, private):
        if row := self._pick(self.steps, a):
            row.keep(entry)

    def _drop(self, entry, number, a, b, private):
        if row := self._pick(self.steps, a):
            row.drop(entry)

    def _reopen(self, entry, number, a, b, private):
        if row := self._pick(self.steps, a):
            row.reopen(entry)

    def _deal(self, entry, number, a, b, private):
        stage = Stage.objects.in_order()[a % 3]
        amount = None if b == 0 else Decimal(1000 * b)
        row = Deal(prospect=self.prospect, name=f"Deal {number}", stage=stage, amount=amount)
        row.write(entry)
        self.deals.append(row)

    def _stage(self, entry, number, a, b, private):
        if row := self._pick(self.deals, a):
            row.move_to(Stage.objects.in_order()[b], entry)

    def _amount(self, entry, number, a, b, private):
        if row := self._pick(self.deals, a):
            row.amount = Decimal(700 * b) if b else None
            row.write(entry)

    def _close(self, entry, number, a, b, private):
        if row := self._pick(self.deals, a):
            row.close_on = FIRST + timedelta(days=b * 4) if b else None
            row.write(entry)

    def _end(self, entry, number, a, b, private):
        if row := self._pick(self.deals, a):
            row.end(("won", "lost", "walked")[b % 3], entry, reason=f"because {number}")

    def _open(self, entry, number, a, b, private):
        if row := self._pick(self.deals, a):
            row.reopen(entry)

    def _park(self, entry, number, a, b, private):
        self.prospect.refresh_from_db()
        self.prospect.parked_until = FIRST + timedelta(days=b * 2) if b else None
        self.prospect.write(entry)

    def _role(self, entry, number, a, b, private):
        if row := self._pick(self.deals, a):
            row.write(entry, people=[[self.people[b % 2].pk, "decides" if private else "uses"]])


@given(days=history)
@random_histories
def test_a_past_day_says_what_was_said_on_it(installation, days):
    with transaction.atomic():
        then, number = [], 0
        with moment(0, 8):
            story = Story()
        for day, moves in enumerate(days):
            for n, move in enumerate(moves):
                number += 1
                with moment(day, 9 + n, number % 60):
                    story.do(number, *move)
            with moment(day, 23, 59):
                then.append(told(story.prospect))
                assert told(story.prospect, day) == then[-1]
        with moment(len(days) + 3):
            story.prospect.refresh_from_db()
            for day, said in enumerate(then):
                assert told(story.prospect, day) == said
        transaction.set_rollback(True)


@given(days=history, undone=st.sets(st.integers(1, 12), max_size=4), wait=st.integers(0, 5))
@random_histories
def test_today_is_now_whatever_was_undone(installation, days, undone, wait):
    with transaction.atomic():
        entries, number = {}, 0
        with moment(0, 8):
            story = Story()
        for day, moves in enumerate(days):
            for n, move in enumerate(moves):
                number += 1
                with moment(day, 9 + n, number % 60):
                    entries[number] = story.do(number, *move)
        with moment(len(days) + wait, 20):
            for n in sorted(undone & set(entries), reverse=True):
                try:
                    with transaction.atomic():
                        entries[n].undo()
                except ChangedSince:
                    pass
        with moment(len(days) + wait, 23):
            story.prospect.refresh_from_db()
            assert told(story.prospect, len(days) + wait) == told(story.prospect)
        transaction.set_rollback(True)


@given(days=history, undone=st.sets(st.integers(1, 12), min_size=1, max_size=3))
@random_histories
def test_what_was_undone_never_was(installation, days, undone):
    """The last moves are undone later: every day reads as if they had not been made."""
    with transaction.atomic():
        stories = []
        total = sum(map(len, days))
        last = {n for n in range(total - len(undone) + 1, total + 1) if n > 0}
        for really in (True, False):
            entries, number = [], 0
            with moment(0, 8):
                story = Story()
            for day, moves in enumerate(days):
                for n, move in enumerate(moves):
                    number += 1
                    if number in last and not really:
                        continue
                    with moment(day, 9 + n, number % 60):
                        entry = story.do(number, *move)
                    if number in last:
                        entries.append(entry)
            with moment(len(days) + 2):
                for entry in reversed(entries):
                    entry.undo()
            stories.append(story.prospect)
        with moment(len(days) + 3):
            for row in stories:
                row.refresh_from_db()
            for day in range(len(days) + 3):
                assert told(stories[0], day) == told(stories[1], day)
        transaction.set_rollback(True)
