"""One import: what it would do, how far it is, what it did."""

from datetime import timedelta

import pytest

from crm.desk.models import Import
from crm.web import clock

from .imports import imported, ready


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_before_it_shows_what_would_be_stored(seller, sam):
    page = seller.get(f"/imports/{ready(sam).pk}/").content.decode()
    for words in ("New: 2 prospects, 2 contacts, 2 deals.", "Left out: 1 row.", "Dana Whitfield", "$48,000"):
        assert words in page
    assert "Import 2 rows</button>" in page  # of three: the one left out is not counted
    assert "none of yours" in page and "Someday" in page  # a stage nobody knows
    assert "“soon” is no date" in page and "colour" in page


def test_while_it_runs_the_page_asks_how_far_it_is(seller, sam, htmx):
    item = ready(sam)
    item.start()
    item.beat(1, 3)
    assert "1 of 3 rows" in seller.get(f"/imports/{item.pk}/").content.decode()
    part = seller.get(f"/imports/{item.pk}/", headers=htmx).content.decode()
    assert part.lstrip().startswith("<div") and f"import-progress-{item.pk}" in part and "<h1" not in part


def test_afterwards_it_says_what_it_did(seller, sam, htmx):
    item = imported(sam)
    page = seller.get(f"/imports/{item.pk}/").content.decode()
    assert "2 prospects, 2 contacts, 2 deals" in page and "1 row" in page and "Take it all back" in page
    ended = seller.get(f"/imports/{item.pk}/", headers=htmx)
    assert ended.status_code == 204 and ended["HX-Redirect"] == f"/imports/{item.pk}/"


def test_one_that_went_silent_says_that_it_stopped(seller, sam):
    item = ready(sam)
    item.start()
    Import.objects.update(beat_at=clock.now() - timedelta(minutes=5), done=1, total=3)
    page = seller.get(f"/imports/{item.pk}/").content.decode()
    assert "It stopped after 1 of 3 rows" in page and "Carry on" in page


def test_invalid(seller):
    assert seller.get("/imports/99/").status_code == 404


def test_stranger(stranger, sam):
    assert stranger.get(f"/imports/{ready(sam).pk}/").status_code == 302


def test_manager(manager, sam):
    assert manager.get(f"/imports/{ready(sam).pk}/").status_code == 403
