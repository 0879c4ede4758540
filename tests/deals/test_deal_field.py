"""One field, edited where it stands."""

from datetime import date
from decimal import Decimal

import pytest

from deals.models import Deal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("amount", "52.5k", Decimal(52500)),
        ("amount", "", None),
        ("close_on", "2027-01-15", date(2027, 1, 15)),
        ("name", "Halden, all depots", "Halden, all depots"),
    ],
)
def test_saves(seller, deal, htmx, field, typed, value):
    url = f"/deals/{deal.pk}/edit/{field}/"
    assert f'id="deal-field-{field}"' in seller.get(url, headers=htmx).content.decode()
    assert seller.get(url).status_code == 200
    answer = seller.post(url, {field: typed, "version": deal.version}, headers=htmx)
    assert answer.status_code == 204 and "deal-changed" in answer["HX-Trigger"]
    assert getattr(Deal.objects.get(), field) == value


def test_invalid(seller, deal, htmx):
    answer = seller.post(f"/deals/{deal.pk}/edit/amount/", {"amount": "lots"}, headers=htmx)
    assert answer.status_code == 422 and b"lots" in answer.content


def test_two_tabs(seller, deal, htmx):
    url = f"/deals/{deal.pk}/edit/amount/"
    seller.post(url, {"amount": "1", "version": deal.version})
    answer = seller.post(url, {"amount": "2", "version": deal.version}, headers=htmx)
    assert answer.status_code == 409 and b"$1" in answer.content and b"$2" in answer.content
    assert Deal.objects.get().amount == 1


@pytest.mark.parametrize("field", ["outcome", "pk", "version", "nothing"])
def test_other_fields_are_not_here(seller, deal, field):
    assert seller.get(f"/deals/{deal.pk}/edit/{field}/").status_code == 404


def test_who(manager, stranger, deal):
    url = f"/deals/{deal.pk}/edit/amount/"
    assert manager.get(url).status_code == manager.post(url, {"amount": "1"}).status_code == 403
    assert stranger.get(url).status_code == 302


def test_nothing_sent_takes_nothing_out(seller, deal, htmx):
    before = deal.amount
    answer = seller.post(f"/deals/{deal.pk}/edit/amount/", {"junk": "1", "version": deal.version}, headers=htmx)
    assert answer.status_code == 422 and b"Nothing was sent" in answer.content
    assert Deal.objects.get().amount == before is not None
