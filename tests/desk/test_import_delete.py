"""Putting an upload away without importing it."""

import pytest

from crm.desk.models import Import

from .imports import imported, ready


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_works(seller, sam):
    item = ready(sam)
    path = item.path
    assert seller.post(f"/imports/{item.pk}/delete/").url == "/imports/create/"
    assert not Import.objects.exists() and not path.exists()
    assert seller.post(f"/imports/{item.pk}/delete/").status_code == 404


def test_invalid(seller, sam, htmx):
    assert seller.post(f"/imports/{imported(sam).pk}/delete/", headers=htmx).status_code == 422
    assert Import.objects.exists()


def test_stranger(stranger, sam):
    assert stranger.post(f"/imports/{ready(sam).pk}/delete/").status_code in (302, 403)
    assert Import.objects.exists()


def test_manager(manager, sam):
    assert manager.post(f"/imports/{ready(sam).pk}/delete/").status_code == 403
    assert Import.objects.exists()
