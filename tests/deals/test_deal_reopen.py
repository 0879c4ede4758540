"""An ended deal opened again."""

import pytest

from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(deal):
    with make.submission() as entry:
        deal.lose(entry, reason="no budget")
    return deal


def test_opens_again_where_it_was(seller, ended, htmx):
    assert "Open again" in seller.get(f"/deals/{ended.pk}/").content.decode()
    answer = seller.post(f"/deals/{ended.pk}/reopen/", {"version": ended.version}, headers=htmx)
    assert answer.status_code == 204 and "deal-changed" in answer["HX-Trigger"]
    again = Deal.objects.get()
    assert (again.outcome, again.ended_on, again.end_reason, again.stage) == ("open", None, "", make.stage())
    assert seller.post(f"/deals/{ended.pk}/reopen/", {"version": ended.version + 1}).status_code == 303


def test_changed_meanwhile(seller, ended, htmx):
    answer = seller.post(f"/deals/{ended.pk}/reopen/", {"version": ended.version - 1}, headers=htmx)
    assert answer.status_code == 409
    assert not Deal.objects.get().is_open


def test_who(manager, stranger, ended):
    assert manager.post(f"/deals/{ended.pk}/reopen/").status_code == 403
    assert "Open again" not in manager.get(f"/deals/{ended.pk}/").content.decode()
    assert stranger.post(f"/deals/{ended.pk}/reopen/").status_code == 302
    assert not Deal.objects.get().is_open
