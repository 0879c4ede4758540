"""Later: tonight, tomorrow, Monday, next week, a date."""

import uuid
from datetime import date, time

import pytest
import time_machine

from accounts.models import Step
from crm.desk.models import Deferral
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield


@pytest.fixture
def step(seller):
    return make.step(make.prospect(), "Send price", "2026-03-10")


def put_off(client, key, when, **data):
    return client.post("/next/later/", {"key": key, "when": when, "uuid": str(uuid.uuid4())} | data)


@pytest.mark.parametrize(
    ("when", "on", "at"),
    [
        ("tonight", date(2026, 3, 11), time(18)),
        ("tomorrow", date(2026, 3, 12), None),
        ("monday", date(2026, 3, 16), None),
        ("next_week", date(2026, 3, 18), None),
    ],
)
def test_your_own_step_gets_the_new_day_and_keeps_its_history(seller, step, when, on, at):
    assert put_off(seller, f"step-{step.pk}", when).status_code == 303
    step = Step.objects.get()
    assert (step.due_on, step.due_time) == (on, at)
    assert [c.due_on for c in step.changes.all()] == [date(2026, 3, 10), on]


def test_a_day_of_ones_own(seller, step):
    put_off(seller, f"step-{step.pk}", "date", on="2026-05-04")
    assert Step.objects.get().due_on == date(2026, 5, 4)


@pytest.mark.parametrize("on", ["", "2026-03-11", "2020-01-01", "nonsense"])
def test_a_day_that_is_not_ahead_is_refused_and_changes_nothing(seller, step, htmx, on):
    answer = seller.post(
        "/next/later/", {"key": f"step-{step.pk}", "when": "date", "on": on, "uuid": str(uuid.uuid4())}, headers=htmx
    )
    assert answer.status_code == 422 and "Nothing was changed" in answer["HX-Trigger"]
    assert Step.objects.get().due_on == date(2026, 3, 10)


def test_what_is_no_step_rests_until_then(seller):
    deal = make.deal(make.prospect())
    put_off(seller, f"loose-{deal.pk}", "tomorrow")
    assert "Your day" in seller.get("/").content.decode() or "Nothing is due" in seller.get("/").content.decode()
    with time_machine.travel("2026-03-12T13:30:00Z", tick=False):
        assert "Decide what is next" in seller.get("/").content.decode()


def test_undo_brings_it_back(seller, step):
    from accounts.models import Entry

    put_off(seller, f"step-{step.pk}", "monday")
    Entry.objects.latest("pk").undo()
    assert Step.objects.get().due_on == date(2026, 3, 10)
    assert not Deferral.objects.exists()


def test_sent_twice_is_done_once(seller, step):
    key = str(uuid.uuid4())
    for _ in range(2):
        seller.post("/next/later/", {"key": f"step-{step.pk}", "when": "monday", "uuid": key})
    assert step.changes.count() == 2


def test_manager_may_not(manager, installation):
    row = make.step(make.prospect(), "Send price", "2026-03-10")
    assert put_off(manager, f"step-{row.pk}", "monday").status_code == 403
    assert Step.objects.get().due_on == date(2026, 3, 10)


def test_stranger_is_sent_to_the_door(stranger):
    assert put_off(stranger, "step-1", "monday").url.startswith("/login/")
