"""To the trash."""

import pytest
from django.urls import reverse

from accounts.models import Step

pytestmark = pytest.mark.django_db


def test_delete_goes_to_the_trash(seller, step):
    seller.post(reverse("step_delete", args=[step.pk]))
    assert not Step.objects.exists() and Step.everything.get().trashed_at


def test_who(stranger, manager, step):
    url = reverse("step_delete", args=[step.pk])
    assert stranger.post(url).status_code == 302
    assert manager.post(url).status_code == 403
    assert Step.objects.get().version == 1
