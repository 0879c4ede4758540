"""Ending a deal: its day, its reason."""

from datetime import timedelta

import pytest

from crm.web import clock
from deals.models import Deal, DealChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(deal):
    return f"/deals/{deal.pk}/outcome/"


def data(outcome="lost", **more):
    return {"outcome": outcome, "ended_on": clock.today().isoformat(), "end_reason": "no budget", **more}


@pytest.mark.parametrize("outcome", ["won", "lost", "walked"])
def test_ends(seller, deal, url, outcome):
    assert f'value="{outcome}" required checked' in seller.get(f"{url}?outcome={outcome}").content.decode()
    assert seller.post(url, data(outcome)).status_code == 303
    ended = Deal.objects.get()
    assert (ended.outcome, ended.ended_on, ended.end_reason) == (outcome, clock.today(), "no budget")
    assert DealChange.objects.latest("pk").outcome == outcome


@pytest.mark.parametrize(
    "wrong",
    [{"outcome": "open"}, {"outcome": ""}, {"ended_on": ""}, {"ended_on": "yesterday"}, {"end_reason": "x" * 301}],
)
def test_invalid_keeps_what_was_typed(seller, url, wrong):
    answer = seller.post(url, data() | wrong)
    assert answer.status_code == 422
    assert Deal.objects.get().is_open


def test_not_in_the_future(seller, url):
    assert seller.post(url, data(ended_on=clock.today() + timedelta(days=1))).status_code == 422


def test_two_tabs(seller, deal, url):
    stale = data(version=deal.version)
    assert seller.post(url, stale).status_code == 303
    answer = seller.post(url, stale | {"outcome": "won", "end_reason": "they signed"})
    assert answer.status_code == 409
    assert b"no budget" in answer.content and b"they signed" in answer.content
    assert Deal.objects.get().outcome == "lost"


def test_htmx_gets_the_event(seller, url, htmx):
    answer = seller.post(url, data(), headers=htmx)
    assert answer.status_code == 204 and "deal-changed" in answer["HX-Trigger"] and "undo" in answer["HX-Trigger"]


def test_who(manager, stranger, url):
    assert manager.post(url, data()).status_code == 403
    assert manager.get(url).status_code == 403
    assert stranger.post(url, data()).status_code == 302
    assert Deal.objects.get().is_open
