"""Another day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Step
from crm.web import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("when", "days"), [("tomorrow", 1), ("next_week", 7)])
def test_reschedule(seller, step, when, days):
    assert seller.post(reverse("step_reschedule", args=[step.pk]), {"when": when}).status_code == 303
    assert Step.objects.get().due_on == clock.today() + timedelta(days=days)


def test_reschedule_to_a_day_of_ones_own(seller, step):
    url = reverse("step_reschedule", args=[step.pk])
    on = clock.today() + timedelta(days=40)
    seller.post(url, {"when": "date", "on": on.isoformat(), "time": "09:30"})
    stored = Step.objects.get()
    assert (stored.due_on, stored.due_time.hour) == (on, 9)
    assert seller.post(url, {"when": "date", "on": "2020-01-01"}).status_code == 422
    assert seller.post(url, {"when": "sometime"}).status_code == 422


def test_who(seller, stranger, manager, step):
    url = reverse("step_reschedule", args=[step.pk])
    assert seller.get(url).status_code == 200
    assert manager.get(url).status_code == manager.post(url).status_code == 403
    assert stranger.get(url).status_code == 302
    assert Step.objects.get().version == 1
