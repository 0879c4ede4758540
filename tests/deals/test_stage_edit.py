import pytest

from accounts.models import Entry
from deals.models import Stage
from tests import make

pytestmark = pytest.mark.django_db
GOOD = {"name": "First talk", "chance": "15", "rot_days": "7", "colour": "blue", "milestones": "They rang"}


@pytest.fixture
def stage(installation):
    return make.stage()


def test_changes_it_and_can_be_undone(seller, stage):
    seller.get(f"/stages/{stage.pk}/edit/")
    answer = seller.post(f"/stages/{stage.pk}/edit/", GOOD | {"version": stage.version})
    assert answer.status_code == 303
    row = Stage.objects.get(pk=stage.pk)
    assert (row.name, row.chance, row._read_milestones()) == ("First talk", 15, ["They rang"])
    Entry.objects.latest("pk").undo()
    row = Stage.objects.get(pk=stage.pk)
    assert (row.name, row._read_milestones()) == ("Conversation", ["A person with a problem talked with you about it"])


def test_invalid_changes_nothing(seller, stage):
    answer = seller.post(f"/stages/{stage.pk}/edit/", GOOD | {"name": "Diagnosed"})
    assert answer.status_code == 422
    assert b"is called that" in answer.content
    assert Stage.objects.get(pk=stage.pk).name == "Conversation"


def test_two_tabs(seller, stage):
    url = f"/stages/{stage.pk}/edit/"
    seller.post(url, GOOD | {"version": stage.version})
    answer = seller.post(url, GOOD | {"name": "Hello", "version": stage.version})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "First talk" in page and "Hello" in page
    assert Stage.objects.get(pk=stage.pk).name == "First talk"
    assert seller.post(url, GOOD | {"name": "Hello", "version": stage.version + 1}).status_code == 303


def test_stranger_and_manager_change_nothing(stranger, manager, stage):
    assert stranger.post(f"/stages/{stage.pk}/edit/", GOOD).status_code == 302
    assert manager.post(f"/stages/{stage.pk}/edit/", GOOD).status_code == 403
    assert Stage.objects.get(pk=stage.pk).name == "Conversation"
    assert stage.version == 1
