import pytest

from crm.access.models import Installation

pytestmark = pytest.mark.django_db
GOOD = {"silence_budget": "6", "quiet_days": "21", "version": "1"}


def stored():
    row = Installation.objects.get()
    return row.silence_budget, row.quiet_days


def test_changes_it(seller):
    assert seller.get("/settings/cadence/").status_code == 200
    assert seller.post("/settings/cadence/", GOOD).status_code == 303
    assert stored() == (6, 21)


@pytest.mark.parametrize(
    "wrong", [{"silence_budget": "-1"}, {"silence_budget": "0"}, {"quiet_days": "many"}, {"quiet_days": "400000"}]
)
def test_invalid_changes_nothing(seller, wrong):
    assert seller.post("/settings/cadence/", GOOD | wrong).status_code == 422
    assert stored() == (4, 14)


def test_two_tabs(seller):
    seller.post("/settings/cadence/", GOOD)
    answer = seller.post("/settings/cadence/", GOOD | {"quiet_days": "7"})
    assert answer.status_code == 409
    assert b"changed while you were typing" in answer.content
    assert stored() == (6, 21)


def test_stranger_and_manager_change_nothing(stranger, manager):
    assert stranger.post("/settings/cadence/", GOOD).status_code == 302
    assert manager.post("/settings/cadence/", GOOD).status_code == 403
    assert b'<form class="form"' not in manager.get("/settings/cadence/").content
    assert stored() == (4, 14)
