import uuid

import pytest

from accounts.models import Entry
from deals.models import Stage
from tests import make

pytestmark = pytest.mark.django_db


def names():
    return list(Stage.objects.in_order().values_list("name", flat=True))[:3]


def order(client, name, to, **data):
    return client.post(f"/stages/{make.stage(name).pk}/order/", {"to": to, **data})


def test_moves_by_one_and_stops_at_the_edge(seller):
    assert order(seller, "Goal shared", "left").status_code == 303
    assert names() == ["Goal shared", "Conversation", "Diagnosed"]
    order(seller, "Goal shared", "left")
    assert names() == ["Goal shared", "Conversation", "Diagnosed"]
    order(seller, "Conversation", "right")
    assert names() == ["Goal shared", "Diagnosed", "Conversation"]


def test_sent_twice_moves_once_and_can_be_undone(seller):
    key = uuid.uuid4()
    for _ in range(2):
        order(seller, "Conversation", "right", uuid=key)
    assert names() == ["Goal shared", "Conversation", "Diagnosed"]
    Entry.objects.get(uuid=key).undo()
    assert names() == ["Conversation", "Goal shared", "Diagnosed"]


def test_unknown_stage_is_404_and_a_link_does_nothing(seller):
    assert seller.post("/stages/999/order/").status_code == 404
    assert seller.get(f"/stages/{make.stage().pk}/order/").status_code == 405


def test_stranger_and_manager_move_nothing(stranger, manager):
    assert order(stranger, "Conversation", "right").status_code == 302
    assert order(manager, "Conversation", "right").status_code == 403
    assert names()[0] == "Conversation"
