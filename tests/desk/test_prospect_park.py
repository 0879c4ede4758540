"""Parking: left in peace until a day."""

from datetime import timedelta

import pytest

from accounts.models import Prospect
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(installation):
    return make.prospect("Acme")


def test_until_a_day_and_back(seller, acme, htmx):
    until = clock.today() + timedelta(days=30)
    form = seller.get(f"/prospects/{acme.pk}/park/", headers=htmx).content.decode()
    assert form.startswith("<section") and f'hx-post="/prospects/{acme.pk}/park/"' in form
    response = seller.post(
        f"/prospects/{acme.pk}/park/", {"parked_until": until.isoformat(), "version": 1}, headers=htmx
    )
    assert response.status_code == 204 and "prospect-changed" in response["HX-Trigger"]
    assert Prospect.objects.get().parked_until == until
    assert "Parked until" in seller.get(f"/prospects/{acme.pk}/").content.decode()
    assert seller.post(f"/prospects/{acme.pk}/park/", {"parked_until": "", "version": 2}).status_code == 303
    assert Prospect.objects.get().parked_until is None


def test_invalid(seller, acme):
    assert seller.post(f"/prospects/{acme.pk}/park/", {"parked_until": "soon", "version": 1}).status_code == 422


def test_two_tabs(seller, acme):
    day = (clock.today() + timedelta(days=3)).isoformat()
    seller.post(f"/prospects/{acme.pk}/park/", {"parked_until": day, "version": 1})
    assert seller.post(f"/prospects/{acme.pk}/park/", {"parked_until": "", "version": 1}).status_code == 409


def test_stranger_and_manager(stranger, manager, acme):
    assert stranger.post(f"/prospects/{acme.pk}/park/").status_code in (302, 403)
    assert manager.post(f"/prospects/{acme.pk}/park/").status_code == 403
