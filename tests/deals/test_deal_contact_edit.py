"""Another role in a deal."""

import pytest

from deals.models import DealContact
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(deal, dana):
    with make.submission() as entry:
        deal.write(entry, people=[[dana.pk, "uses"]])
    return f"/deals/{deal.pk}/contacts/{dana.pk}/edit/"


def test_saves(seller, url):
    assert "selected>uses" in seller.get(url).content.decode()
    assert seller.post(url, {"role": "decides"}).status_code == 303
    assert DealContact.objects.get().role == "decides"


def test_invalid(seller, url, deal):
    assert seller.post(url, {"role": "emperor"}).status_code == 422
    assert seller.get(f"/deals/{deal.pk}/contacts/99/edit/").status_code == 404


def test_who(manager, stranger, url):
    assert manager.get(url).status_code == manager.post(url, {"role": "pays"}).status_code == 403
    assert stranger.get(url).status_code == 302
    assert DealContact.objects.get().role == "uses"
