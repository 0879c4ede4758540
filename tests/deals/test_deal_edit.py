"""All fields of a deal; two tabs editing one."""

from decimal import Decimal

import pytest

from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(deal):
    return f"/deals/{deal.pk}/edit/"


def data(deal, **more):
    typed = {"name": deal.name, "prospect": f"Halden Freight ({deal.prospect_id})", "stage": deal.stage_id}
    return typed | {"amount": "45,000", "version": deal.version, **more}


def test_saves(seller, deal, url):
    assert 'value="45,000"' in seller.get(url).content.decode()
    assert seller.post(url, data(deal, amount="52,500.50", stage=make.stage("Proposal").pk)).status_code == 303
    saved = Deal.objects.get()
    assert (saved.amount, saved.stage.name, saved.opened_on) == (Decimal("52500.50"), "Proposal", deal.opened_on)


def test_two_tabs(seller, deal, url):
    first = data(deal, amount="1")
    assert seller.post(url, first).status_code == 303
    answer = seller.post(url, data(deal, amount="2k", source="my words"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "$1" in page and "$2,000" in page and "my words" in page
    assert Deal.objects.get().amount == 1
    assert seller.post(url, data(deal, amount="2k", version=deal.version + 1)).status_code == 303
    assert Deal.objects.get().amount == 2000


def test_invalid(seller, deal, url):
    assert seller.post(url, data(deal, amount="lots")).status_code == 422
    assert Deal.objects.get().version == deal.version


def test_who(manager, stranger, deal, url):
    assert manager.get(url).status_code == manager.post(url, data(deal)).status_code == 403
    assert stranger.get(url).status_code == 302
    assert Deal.objects.get().version == deal.version
