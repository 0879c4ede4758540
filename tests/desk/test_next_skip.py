"""Next!: skip for now; it comes back, and three skips ask why."""

import uuid

import pytest
import time_machine

from crm.desk.models import Deferral
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel("2026-03-11T13:30:00Z", tick=True):
        yield


def skip(client, row, **headers):
    return client.post("/next/skip/", {"key": f"step-{row.pk}", "uuid": str(uuid.uuid4())}, **headers)


def card(client):
    return client.get("/").context["card"].item.key


def test_goes_to_the_end_and_comes_round_again(seller):
    halden = make.prospect()
    first, second = make.step(halden, "First", "2026-03-05"), make.step(halden, "Second", "2026-03-10")
    assert card(seller) == f"step-{first.pk}"
    skip(seller, first)
    assert card(seller) == f"step-{second.pk}"
    skip(seller, second)
    assert card(seller) == f"step-{first.pk}"


def test_three_skips_ask_why(seller):
    row = make.step(make.prospect(), "Dreaded call", "2026-03-10")
    for _ in range(3):
        assert "What is in the way?" not in seller.get("/").content.decode()
        skip(seller, row)
    text = seller.get("/").content.decode()
    assert "You have passed this over 3 times. What is in the way?" in text
    assert f"/steps/{row.pk}/drop/" in text


def test_putting_it_off_starts_counting_anew(seller):
    row = make.step(make.prospect(), "Dreaded call", "2026-03-10")
    for _ in range(3):
        skip(seller, row)
    seller.post("/next/later/", {"key": f"step-{row.pk}", "when": "tomorrow", "uuid": str(uuid.uuid4())})
    assert Deferral.objects.get().skips == 0


def test_next_day_it_is_back_in_its_place(seller):
    halden = make.prospect()
    first, _second = make.step(halden, "First", "2026-03-05"), make.step(halden, "Second", "2026-03-10")
    skip(seller, first)
    with time_machine.travel("2026-03-12T13:30:00Z"):
        assert card(seller) == f"step-{first.pk}"


def test_unknown_key_is_refused(seller, htmx):
    for key in ("step-99999", "nonsense", "", "step-1'--"):
        answer = seller.post("/next/skip/", {"key": key, "uuid": str(uuid.uuid4())}, headers=htmx)
        assert answer.status_code == 422
    assert not Deferral.objects.exists()


def test_manager_and_stranger_may_not(manager, stranger):
    row = make.step(make.prospect(), "Call", "2026-03-10")
    assert skip(manager, row).status_code == 403
    assert skip(stranger, row).url.startswith("/login/")
    assert not Deferral.objects.exists()
