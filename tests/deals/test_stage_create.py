import uuid

import pytest

from accounts.models import Entry
from deals.models import Stage

pytestmark = pytest.mark.django_db
GOOD = {
    "name": "Legal",
    "chance": "90",
    "rot_days": "20",
    "colour": "rose",
    "milestones": "Their lawyer wrote back\n\n  Ours  agreed ",
}


def test_makes_the_last_column(seller):
    answer = seller.post("/stages/create/", GOOD)
    assert (answer.status_code, answer.url) == (303, "/settings/stages/")
    stage = Stage.objects.in_order().last()
    assert (stage.name, stage.chance) == ("Legal", 90)
    assert [m.text for m in stage.milestones.all()] == ["Their lawyer wrote back", "Ours agreed"]


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("name", "", "required"),
        ("name", "goal  SHARED", "is called that"),
        ("chance", "101", "less than or equal"),
        ("rot_days", "-1", "greater than or equal"),
        ("milestones", "x" * 201, "under 200"),
    ],
)
def test_invalid_keeps_what_was_typed(seller, field, value, word):
    answer = seller.post("/stages/create/", GOOD | {field: value})
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert Stage.objects.count() == 6


def test_sent_twice_makes_one_and_can_be_undone(seller):
    key = uuid.uuid4()
    for _ in range(2):
        assert seller.post("/stages/create/", GOOD | {"uuid": key}).status_code == 303
    assert Stage.objects.filter(name="Legal").count() == 1
    Entry.objects.get(uuid=key).undo()
    assert not Stage.objects.filter(name="Legal").exists()


def test_stranger_and_manager_make_none(stranger, manager):
    assert stranger.post("/stages/create/", GOOD).status_code == 302
    assert manager.post("/stages/create/", GOOD).status_code == 403
    assert manager.get("/stages/create/").status_code == 403
    assert Stage.objects.count() == 6
