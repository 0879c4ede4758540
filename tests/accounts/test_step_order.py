"""The plan in another order."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Step
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


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


def test_a_step_without_a_deal_has_no_place(seller, step, htmx):
    assert seller.post(reverse("step_order", args=[step.pk]), {"to": "up"}, headers=htmx).status_code == 422


def test_who(stranger, manager, step):
    url = reverse("step_order", args=[step.pk])
    assert stranger.post(url).status_code == 302
    assert manager.post(url).status_code == 403
    assert Step.objects.get().version == 1
