"""No longer wanted."""

import pytest
from django.urls import reverse

from accounts.models import Step

pytestmark = pytest.mark.django_db


def test_drops(seller, step, htmx):
    answer = seller.post(reverse("step_drop", args=[step.pk]), headers=htmx)
    assert answer.status_code == 204 and "step-changed" in answer["HX-Trigger"]
    assert Step.objects.get().state == "dropped"


def test_who(stranger, manager, step):
    url = reverse("step_drop", args=[step.pk])
    assert stranger.post(url).status_code == 302
    assert manager.post(url).status_code == 403
    assert Step.objects.get().version == 1
