"""Changing a step; two tabs."""

import pytest
from django.urls import reverse

from accounts.models import Step
from tests import make

pytestmark = pytest.mark.django_db


def test_edit_in_two_tabs(seller, step):
    url = reverse("step_edit", args=[step.pk])
    assert seller.post(url, {"what": "Call Dana at ten", "owner": "me", "version": 1}).status_code == 303
    answer = seller.post(url, {"what": "Call Theo", "owner": "me", "version": 1})
    assert answer.status_code == 409
    assert b"Call Dana at ten" in answer.content and b"Call Theo" in answer.content
    assert seller.post(url, {"what": "Call Theo", "owner": "me", "version": 2}).status_code == 303
    assert Step.objects.get().what == "Call Theo"


def test_a_private_step_does_not_exist_for_managers(manager, prospect):
    step = make.step(prospect, "Secret", private=True)
    assert manager.get(reverse("step_edit", args=[step.pk])).status_code in (403, 404)


def test_who(seller, stranger, manager, step):
    url = reverse("step_edit", args=[step.pk])
    assert seller.get(url).status_code == 200
    assert manager.get(url).status_code == manager.post(url).status_code == 403
    assert stranger.get(url).status_code == 302
    assert Step.objects.get().version == 1
