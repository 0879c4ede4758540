"""Out of the deal; the contact stays."""

import pytest

from accounts.models import Contact
from deals.models import DealContact
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(deal, dana):
    with make.submission() as entry:
        deal.write(entry, people=[[dana.pk, "uses"]])
    return f"/deals/{deal.pk}/contacts/{dana.pk}/delete/"


def test_takes_out(seller, url):
    answer = seller.post(url)
    assert answer.status_code == 303 and answer["Location"].endswith("#deal-people")
    assert not DealContact.objects.exists() and Contact.objects.exists()
    assert seller.post(url).status_code == 404


def test_who(manager, stranger, url):
    assert manager.post(url).status_code == 403
    assert stranger.post(url).status_code == 302
    assert DealContact.objects.exists()
