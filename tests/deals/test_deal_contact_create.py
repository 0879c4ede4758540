"""Who takes part in a deal."""

import uuid

import pytest

from accounts.models import Entry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(deal, dana):
    return f"/deals/{deal.pk}/contacts/create/"


def people(deal):
    return list(deal.people.values_list("contact__name", "role"))


def test_joins_and_undo_takes_out(seller, deal, dana, url, htmx):
    assert "Dana Whitfield" in seller.get(url).content.decode()
    key = uuid.uuid4()
    data = {"contact": dana.pk, "role": "champion", "uuid": str(key)}
    assert seller.post(url, data, headers=htmx).status_code == 204
    assert people(deal) == [("Dana Whitfield", "champion")]
    assert "Everybody you know" in seller.get(url).content.decode()
    Entry.objects.get(uuid=key).undo()
    assert people(deal) == []


def test_nobody_from_another_company(seller, deal, url):
    other = make.contact(make.prospect("Acme"), "Lou Acme")
    assert seller.post(url, {"contact": other.pk}).status_code == 422
    assert people(deal) == []


def test_who(manager, stranger, dana, url, deal):
    assert manager.get(url).status_code == manager.post(url, {"contact": dana.pk}).status_code == 403
    assert stranger.get(url).status_code == 302
    assert people(deal) == []
