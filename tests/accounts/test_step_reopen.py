"""Done or dropped by mistake."""

import pytest
from django.urls import reverse

from accounts.models import Step
from tests import make

pytestmark = pytest.mark.django_db


def test_opens_again(seller, step):
    with make.submission() as entry:
        step.drop(entry)
    assert seller.post(reverse("step_reopen", args=[step.pk])).status_code == 303
    again = Step.objects.get()
    assert (again.state, again.done_on) == ("open", None)


def test_who(stranger, manager, step):
    url = reverse("step_reopen", args=[step.pk])
    assert stranger.post(url).status_code == 302
    assert manager.post(url).status_code == 403
    assert Step.objects.get().version == 1
