"""Suggestions for a field that names a record."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_works(seller, htmx, installation):
    row = make.prospect("Halden & Co")
    answer = seller.get("/search/names/?prospect=hal", headers=htmx).content.decode()
    assert answer.startswith('<datalist id="search-names-prospect">')
    assert f'value="Halden &amp; Co ({row.pk})"' in answer


def test_nothing_typed_and_nothing_asked(seller, installation):
    assert "<option" not in seller.get("/search/names/?prospect=").content.decode()
    assert seller.get("/search/names/").status_code == 404


def test_stranger_and_manager(stranger, manager, installation):
    assert stranger.get("/search/names/?prospect=a").status_code == 302
    assert manager.get("/search/names/?prospect=a").status_code == 200
