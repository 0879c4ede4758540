"""Done: the step is kept, and what happened goes through the quick log."""

import uuid
from datetime import date

import pytest
import time_machine

from accounts.models import Activity, Entry, Step
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday(installation):
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield


@pytest.fixture
def step(installation):
    dana = make.contact(make.prospect("Halden Freight"), "Dana Whitfield")
    return make.step(dana.prospect, "Call Dana", "2026-03-11", kind="call", contact=dana)


def done(client, key, text="", **data):
    return client.post("/next/done/", {"key": key, "text": text, "uuid": str(uuid.uuid4())} | data)


def test_without_words_it_is_just_done(seller, step):
    done(seller, f"step-{step.pk}")
    step.refresh_from_db()
    assert (step.state, step.done_on) == ("done", date(2026, 3, 11))
    assert not Activity.objects.exists()


def test_with_words_it_is_logged_with_the_same_person_and_the_next_step(seller, step):
    done(seller, f"step-{step.pk}", "left vm, try again fri")
    activity = Activity.objects.get()
    assert (activity.prospect, activity.outcome) == (step.prospect, "left_voicemail")
    assert list(activity.contacts.all()) == [step.contact]
    assert Step.objects.open().get().due_on == date(2026, 3, 13)


def test_undo_opens_it_again(seller, step):
    done(seller, f"step-{step.pk}", "left vm, try again fri")
    Entry.objects.latest("pk").undo()
    assert Step.objects.get() == step and Step.objects.open().exists()
    assert not Activity.objects.exists()


def test_sent_twice_is_logged_once(seller, step):
    key = str(uuid.uuid4())
    for _ in range(2):
        done(seller, f"step-{step.pk}", "left vm", uuid=key)
    assert Activity.objects.count() == 1


def test_gone_items_are_refused(seller, step):
    answer = seller.post("/next/done/", {"key": "step-999", "uuid": str(uuid.uuid4())}, headers={"HX-Request": "true"})
    assert answer.status_code == 422


def test_manager_and_stranger_may_not(manager, stranger, step):
    assert done(manager, f"step-{step.pk}").status_code == 403
    assert done(stranger, f"step-{step.pk}").url.startswith("/login/")
    step.refresh_from_db()
    assert step.state == "open"
