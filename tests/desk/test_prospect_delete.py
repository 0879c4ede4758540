"""Deleting: into the trash with all that belongs to it, and back by Undo."""

import pytest

from accounts.models import Contact, Entry, Prospect
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(installation):
    row = make.prospect("Acme")
    make.contact(row)
    return row


def test_works_and_comes_back(seller, acme):
    response = seller.post(f"/prospects/{acme.pk}/delete/")
    assert (response.status_code, response.url) == (303, "/prospects/")
    assert not Prospect.objects.exists() and not Contact.objects.exists()
    assert "/undo/" in seller.get("/prospects/").content.decode()
    Entry.objects.latest("pk").undo()
    assert Prospect.objects.exists() and Contact.objects.exists()


def test_twice_is_once_and_unknown_is_404(seller, acme):
    assert [seller.post(f"/prospects/{acme.pk}/delete/").status_code for _ in range(2)] == [303, 303]
    assert seller.post("/prospects/999/delete/").status_code == 404
    assert seller.get(f"/prospects/{acme.pk}/delete/").status_code == 405
    assert seller.get(f"/prospects/{acme.pk}/").status_code == 404


def test_stranger_and_manager(stranger, manager, acme):
    assert stranger.post(f"/prospects/{acme.pk}/delete/").status_code in (302, 403)
    assert manager.post(f"/prospects/{acme.pk}/delete/").status_code == 403
    assert Prospect.objects.exists()
