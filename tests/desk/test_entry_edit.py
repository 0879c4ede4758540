"""Check this: what a line left unsure is chosen later, and the line filed anew."""

import uuid

import pytest
import time_machine

from accounts.models import Activity, Entry, Prospect, Step
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday(installation):
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield


@pytest.fixture
def marcuses(installation):
    webb = make.contact(make.prospect("Halden Freight"), "Marcus Webb")
    feld = make.contact(make.prospect("Tessera Labs"), "Marcus Feld")
    return webb, feld


@pytest.fixture
def entry(seller, marcuses):
    seller.post("/log/", {"text": "called Marcus, left vm, call back thu 10am", "uuid": str(uuid.uuid4())})
    return Entry.objects.latest("pk")


def test_asks_and_files_anew(seller, entry, marcuses):
    webb, _feld = marcuses
    url = f"/entries/{entry.uuid}/edit/"
    assert "Marcus Webb, Halden Freight" in seller.get(url).content.decode()
    assert seller.post(url, {"person": str(webb.pk)}).status_code == 303
    activity = Activity.objects.get()
    assert (activity.prospect, list(activity.contacts.all())) == (webb.prospect, [webb])
    assert Step.objects.get().prospect == webb.prospect
    entry.refresh_from_db()
    assert entry.pending == {}


def test_dates_are_read_as_of_when_it_was_typed(seller, entry, marcuses):
    with time_machine.travel("2026-03-20T13:30:00Z", tick=False):
        seller.post(f"/entries/{entry.uuid}/edit/", {"person": str(marcuses[0].pk)})
    assert Step.objects.get().due_on.isoformat() == "2026-03-12"
    assert Activity.objects.get().at.isoformat() == "2026-03-11T13:30:00+00:00"


def test_undo_still_takes_all_of_it_back(seller, entry, marcuses):
    seller.post(f"/entries/{entry.uuid}/edit/", {"person": str(marcuses[0].pk)})
    Entry.objects.get(pk=entry.pk).undo()
    assert not Activity.objects.exists() and not Step.objects.exists()


def test_a_change_of_a_deal_waits_for_the_deal(seller, installation):
    halden = make.prospect("Halden Freight")
    rollout = make.deal(halden, "Halden rollout")
    make.deal(halden, "Halden pilot")
    seller.post("/log/", {"text": "halden moved to negotiation, 45k", "uuid": str(uuid.uuid4())})
    entry = Entry.objects.latest("pk")
    assert "deal" in entry.pending
    assert not Deal.objects.filter(stage__name="Negotiation").exists()
    seller.post(f"/entries/{entry.uuid}/edit/", {"deal": str(rollout.pk)})
    rollout.refresh_from_db()
    assert (rollout.stage.name, rollout.amount) == ("Negotiation", 45000)


def test_new_prospect_later(seller, installation):
    seller.post("/log/", {"text": "called Bridget at Harrowgate Plastics, left vm", "uuid": str(uuid.uuid4())})
    entry = Entry.objects.latest("pk")
    seller.post(f"/entries/{entry.uuid}/edit/", {"prospect": "new", "person": "new:Bridget"})
    assert Activity.objects.get().prospect == Prospect.objects.get(name="Harrowgate Plastics")


def test_refuses_when_a_step_was_changed_since(seller, entry, marcuses):
    step = Step.objects.get()
    with make.submission() as other:
        step.what = "Call him on his mobile"
        step.write(other)
    seller.post(f"/entries/{entry.uuid}/edit/", {"person": str(marcuses[0].pk)})
    assert Step.objects.get().what == "Call him on his mobile"
    assert Activity.objects.get().prospect is None


def test_see_first_changes_nothing(seller, entry, marcuses):
    answer = seller.post(f"/entries/{entry.uuid}/edit/", {"person": str(marcuses[0].pk), "preview": "1"})
    assert answer.status_code == 200 and "Halden Freight" in answer.content.decode()
    assert Activity.objects.get().prospect is None


def test_manager_and_stranger_may_not(manager, stranger, entry):
    url = f"/entries/{entry.uuid}/edit/"
    assert manager.post(url, {}).status_code == 403
    assert manager.get(url).status_code == 403
    assert stranger.get(url).status_code == 302
    assert stranger.post(f"/entries/{uuid.uuid4()}/edit/").status_code == 302
