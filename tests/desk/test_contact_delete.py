"""A person into the trash and back."""

import pytest

from accounts.models import Contact, Entry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(installation):
    return make.contact(make.prospect("Acme"))


def test_works(seller, dana):
    for _ in range(2):
        response = seller.post(f"/contacts/{dana.pk}/delete/")
        assert (response.status_code, response.url) == (303, f"/prospects/{dana.prospect_id}/")
    assert not Contact.objects.exists()
    Entry.objects.filter(effects__action="trashed").get().undo()
    assert Contact.objects.exists()


def test_get_and_unknown(seller, dana):
    assert seller.get(f"/contacts/{dana.pk}/delete/").status_code == 405
    assert seller.post("/contacts/999/delete/").status_code == 404


def test_stranger_and_manager(stranger, manager, dana):
    assert stranger.post(f"/contacts/{dana.pk}/delete/").status_code in (302, 403)
    assert manager.post(f"/contacts/{dana.pk}/delete/").status_code == 403
    assert Contact.objects.exists()
