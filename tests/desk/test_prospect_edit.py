"""Changing a prospect: kept with Undo, and never over somebody else's change."""

import uuid

import pytest

from accounts.models import Entry, Prospect
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(installation):
    return make.prospect("Acme", city="Oakland")


def test_works(seller, acme):
    response = seller.post(f"/prospects/{acme.pk}/edit/", {"name": "Acme", "city": "Leeds", "version": 1})
    assert (response.status_code, Prospect.objects.get().city) == (303, "Leeds")
    Entry.objects.latest("pk").undo()
    assert Prospect.objects.get().city == "Oakland"


def test_invalid(seller, acme):
    assert seller.post(f"/prospects/{acme.pk}/edit/", {"name": "", "version": 1}).status_code == 422


def test_two_tabs(seller, acme):
    assert (
        seller.post(f"/prospects/{acme.pk}/edit/", {"name": "Acme", "city": "Leeds", "version": 1}).status_code == 303
    )
    late = seller.post(f"/prospects/{acme.pk}/edit/", {"name": "Acme", "city": "Bonn", "version": 1})
    text = late.content.decode()
    assert late.status_code == 409
    assert "Leeds" in text and 'value="Bonn"' in text and 'name="version" value="2"' in text
    assert Prospect.objects.get().city == "Leeds"
    assert seller.post(f"/prospects/{acme.pk}/edit/", {"name": "Acme", "city": "Bonn", "version": 2}).status_code == 303
    assert Prospect.objects.get().city == "Bonn"


def test_sent_twice_is_no_conflict(seller, acme):
    data = {"name": "Acme", "city": "Leeds", "version": 1, "uuid": uuid.uuid4()}
    assert [seller.post(f"/prospects/{acme.pk}/edit/", data).status_code for _ in range(2)] == [303, 303]
    assert Prospect.objects.get().version == 2


def test_stranger_and_manager(stranger, manager, acme):
    data = {"name": "Mine now", "version": 1}
    assert stranger.post(f"/prospects/{acme.pk}/edit/", data).status_code in (302, 403)
    assert manager.post(f"/prospects/{acme.pk}/edit/", data).status_code == 403
    assert manager.get(f"/prospects/{acme.pk}/edit/").status_code == 403
    assert seller_sees(acme) == "Acme"


def seller_sees(row):
    return Prospect.objects.get(pk=row.pk).name


def test_unknown_is_404(seller, acme):
    assert seller.get(f"/prospects/{acme.pk + 1}/edit/").status_code == 404
