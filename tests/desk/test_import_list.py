"""Everything that was brought in, newest first."""

import pytest

from .imports import imported, ready


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_works(seller, sam):
    assert "Nothing imported yet" in seller.get("/imports/").content.decode()
    imported(sam, name="first.csv")
    ready(sam, name="second.csv")
    page = seller.get("/imports/").content.decode()
    assert page.index("second.csv") < page.index("first.csv")
    assert "not imported yet" in page and "imported</span>" in page


def test_queries_do_not_grow(seller, sam, django_assert_max_num_queries):
    for n in range(5):
        ready(sam, name=f"{n}.csv")
    with django_assert_max_num_queries(5):
        seller.get("/imports/")


def test_stranger(stranger):
    assert stranger.get("/imports/").status_code == 302


def test_manager(manager):
    assert manager.get("/imports/").status_code == 403
