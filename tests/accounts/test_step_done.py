"""Done: kept or missed follows from its day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Step
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


def test_done_answers_both_kinds_of_browser(seller, step, htmx):
    answer = seller.post(reverse("step_done", args=[step.pk]), {"next": "/deals/"})
    assert (answer.status_code, answer["Location"]) == (303, "/deals/")
    assert Step.objects.get().state == "done"
    answer = seller.post(reverse("step_reopen", args=[step.pk]), headers=htmx)
    assert answer.status_code == 204
    assert "step-changed" in answer["HX-Trigger"] and "undo" in answer["HX-Trigger"]
    assert Step.objects.get().state == "open"


def test_next_leads_nowhere_else(seller, step):
    answer = seller.post(reverse("step_done", args=[step.pk]), {"next": "https://evil.example/"})
    assert answer["Location"] == step.prospect.get_absolute_url()


def test_done_twice_keeps_the_first_day(seller, prospect):
    step = make.step(prospect, "Send price", clock.today() - timedelta(days=9))
    with make.submission() as entry:
        step.keep(entry, on=clock.today() - timedelta(days=9))
    seller.post(reverse("step_done", args=[step.pk]))
    assert Step.objects.get().done_on == clock.today() - timedelta(days=9)


def test_who(stranger, manager, step):
    url = reverse("step_done", args=[step.pk])
    assert stranger.post(url).status_code == 302
    assert manager.post(url).status_code == 403
    assert Step.objects.get().version == 1


def test_a_malformed_uuid_costs_nothing(seller, step):
    assert seller.post(f"/steps/{step.pk}/done/", {"uuid": "nonsense"}).status_code == 303
    step.refresh_from_db()
    assert step.state == "done"
