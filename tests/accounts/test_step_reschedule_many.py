"""Several at once, one Undo."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Entry, Step
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


def test_reschedule_many_is_one_undo(seller, prospect, htmx):
    steps = [make.step(prospect, f"Step {n}", clock.today()) for n in range(3)]
    key = uuid.uuid4()
    data = {"step": [s.pk for s in steps[:2]], "when": "tomorrow", "uuid": str(key)}
    assert seller.post(reverse("step_reschedule_many"), data, headers=htmx).status_code == 204
    days = [s.due_on for s in Step.objects.order_by("pk")]
    assert days == [clock.today() + timedelta(days=1)] * 2 + [clock.today()]
    Entry.objects.get(uuid=key).undo()
    assert {s.due_on for s in Step.objects.all()} == {clock.today()}


@pytest.mark.parametrize(
    "data", [{"when": "tomorrow"}, {"when": "tomorrow", "step": "x"}, {"step": 1, "when": "never"}]
)
def test_reschedule_many_refuses(seller, step, htmx, data):
    assert seller.post(reverse("step_reschedule_many"), data, headers=htmx).status_code == 422
    assert Step.objects.get().due_on == clock.today()


def test_who(stranger, manager, step):
    data = {"step": step.pk, "when": "tomorrow"}
    assert stranger.post(reverse("step_reschedule_many"), data).status_code == 302
    assert manager.post(reverse("step_reschedule_many"), data).status_code == 403
    assert Step.objects.get().version == 1
