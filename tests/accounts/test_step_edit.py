"""Changing a step; two tabs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Step
from crm.web import clock
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


@pytest.mark.parametrize(
    "data", [{"when": "tomorrow"}, {"when": "tomorrow", "step": "x"}, {"step": 1, "when": "never"}]
)
def test_reschedule_many_refuses(seller, step, htmx, data):
    assert seller.post(reverse("step_reschedule_many"), data, headers=htmx).status_code == 422
    assert Step.objects.get().due_on == clock.today()


def test_plan_is_reordered_by_buttons_and_by_place(seller, prospect):
    deal = make.deal(prospect)
    names = ["a", "b", "c"]
    a, _, c = (make.step(prospect, name, clock.today() + timedelta(days=n), deal=deal) for n, name in enumerate(names))

    def order():
        return "".join(Step.objects.in_plan_order().values_list("what", flat=True))

    seller.post(reverse("step_order", args=[c.pk]), {"to": "up"})
    assert order() == "acb"
    seller.post(reverse("step_order", args=[a.pk]), {"before": "0"})
    assert order() == "cba"
    seller.post(reverse("step_order", args=[a.pk]), {"before": str(c.pk)})
    assert order() == "acb"
    seller.post(reverse("step_order", args=[a.pk]), {"to": "up"})
    assert order() == "acb"
    make.step(prospect, "n", clock.today() + timedelta(days=9), deal=deal)
    assert order() == "acbn"


def test_delete_goes_to_the_trash(seller, step):
    seller.post(reverse("step_delete", args=[step.pk]))
    assert not Step.objects.exists() and Step.everything.get().trashed_at


def test_a_private_step_does_not_exist_for_managers(manager, prospect):
    step = make.step(prospect, "Secret", private=True)
    assert manager.get(reverse("step_edit", args=[step.pk])).status_code in (403, 404)


def test_who(seller, stranger, manager, step):
    url = reverse("step_edit", args=[step.pk])
    assert seller.get(url).status_code == 200
    assert manager.get(url).status_code == manager.post(url).status_code == 403
    assert stranger.get(url).status_code == 302
    assert Step.objects.get().version == 1
