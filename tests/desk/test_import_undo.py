"""Taking a whole import back from its page; what that does is tested in importing/test_undoing.py."""

import pytest

from accounts.models import Prospect

from .imports import imported, ready


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_works(seller, sam):
    item = imported(sam)
    response = seller.post(f"/imports/{item.pk}/undo/", follow=True)
    page = response.content.decode()
    assert "2 prospects, 2 contacts, 2 deals moved to the trash" in page and "Taken back" in page
    assert not Prospect.objects.exists()


def test_twice_is_once(seller, sam):
    item = imported(sam)
    for _ in range(2):
        assert seller.post(f"/imports/{item.pk}/undo/").status_code == 303
    assert Prospect.everything.count() == 2


def test_invalid(seller, sam, htmx):
    assert seller.post(f"/imports/{ready(sam).pk}/undo/", headers=htmx).status_code == 422
    assert seller.post("/imports/99/undo/").status_code == 404


def test_stranger(stranger, sam):
    assert stranger.post(f"/imports/{imported(sam).pk}/undo/").status_code in (302, 403)
    assert Prospect.objects.count() == 2


def test_manager(manager, sam):
    assert manager.post(f"/imports/{imported(sam).pk}/undo/").status_code == 403
    assert Prospect.objects.count() == 2
