"""A new deal, from anywhere."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Entry, Prospect
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db
URL = "/deals/create/"


def data(**more):
    return {"name": "Rollout", "prospect": "Halden Freight", "stage": make.stage().pk, "amount": "45k", **more}


def test_made_from_what_was_typed(seller, prospect):
    assert "New deal" in seller.get(URL).content.decode()
    answer = seller.post(URL, data(close_on="2026-12-31", source="fair"))
    deal = Deal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/deals/{deal.pk}/")
    assert (deal.prospect, deal.amount, deal.close_on, deal.source) == (
        prospect,
        Decimal(45000),
        date(2026, 12, 31),
        "fair",
    )
    assert deal.changes.count() == 1 and deal.stage_since == deal.opened_on


def test_prospect_of_the_address_is_chosen(seller, prospect):
    assert f"Halden Freight ({prospect.pk})" in seller.get(f"{URL}?prospect={prospect.pk}").content.decode()
    assert seller.get(f"{URL}?prospect=999").status_code == 404


def test_without_a_name_it_is_called_like_the_prospect(seller, prospect):
    seller.post(URL, data(name=""))
    assert Deal.objects.get().name == "Halden Freight"


def test_unknown_prospect_is_never_guessed_but_made_when_wanted(seller, installation):
    answer = seller.post(URL, data(prospect="Acme"))
    assert answer.status_code == 422 and "Make “Acme” a new prospect" in answer.content.decode()
    assert not Prospect.objects.exists()
    key = uuid.uuid4()
    seller.post(URL, data(prospect="Acme", new_prospect="1", uuid=str(key)))
    assert Deal.objects.get().prospect.name == "Acme"
    Entry.objects.get(uuid=key).undo()
    assert not Prospect.objects.exists() and not Deal.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"amount": "a lot"}, {"stage": ""}, {"name": "", "prospect": ""}, {"close_on": "soon"}]
)
def test_invalid_keeps_what_was_typed(seller, prospect, wrong):
    answer = seller.post(URL, data(source="typed and kept") | wrong)
    assert answer.status_code == 422 and b"typed and kept" in answer.content
    assert not Deal.objects.exists()


def test_sent_twice_makes_one(seller, prospect):
    key = str(uuid.uuid4())
    answers = [seller.post(URL, data(uuid=key)) for _ in range(2)]
    assert Deal.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_htmx_gets_the_event(seller, prospect, htmx):
    answer = seller.post(URL, data(), headers=htmx)
    assert answer.status_code == 204 and "deal-changed" in answer["HX-Trigger"]


def test_who(manager, stranger, prospect):
    assert manager.get(URL).status_code == manager.post(URL, data()).status_code == 403
    assert stranger.get(URL).status_code == 302
    assert not Deal.objects.exists()
