"""A new step, from anywhere."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Step
from tests import make

pytestmark = pytest.mark.django_db


def test_create_by_its_words(seller, prospect):
    contact = make.contact(prospect)
    data = {"what": "Call Dana back", "due_on": "2026-03-12", "due_time": "10:00", "prospect": prospect.pk}
    answer = seller.post(reverse("step_create"), data | {"contact": contact.pk, "uuid": str(uuid.uuid4())})
    assert answer.status_code == 303
    step = Step.objects.get()
    assert (step.kind, step.owner, step.due_on, step.prospect, step.contact) == (
        "call",
        "me",
        date(2026, 3, 12),
        prospect,
        contact,
    )


def test_create_for_a_deal_belongs_to_its_prospect(seller, prospect):
    deal = make.deal(prospect)
    seller.post(reverse("step_create"), {"what": "Send the contract", "deal": deal.pk, "owner": "them"})
    step = Step.objects.get()
    assert (step.deal, step.prospect, step.owner, step.kind) == (deal, prospect, "them", "todo")


def test_create_sent_twice_makes_one(seller, prospect):
    data = {"what": "Call", "prospect": prospect.pk, "uuid": str(uuid.uuid4())}
    for _ in range(2):
        assert seller.post(reverse("step_create"), data).status_code == 303
    assert Step.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"what": "x", "due_time": "10:00"}, {"what": "x", "due_on": "soon"}])
def test_create_invalid_keeps_what_was_typed(seller, installation, data):
    answer = seller.post(reverse("step_create"), data)
    assert answer.status_code == 422
    assert not Step.objects.exists()


def test_who(seller, stranger, manager, step):
    url = reverse("step_create")
    assert seller.get(url).status_code == 200
    assert manager.get(url).status_code == manager.post(url).status_code == 403
    assert stranger.get(url).status_code == 302
    assert Step.objects.count() == 1
