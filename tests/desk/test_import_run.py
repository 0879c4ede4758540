"""Starting an import, and carrying on one that was cut short."""

from datetime import timedelta

import pytest

from accounts.models import Prospect
from crm.desk.importing import jobs
from crm.desk.models import Import
from crm.web import clock
from deals.models import Deal

from .imports import imported, ready
from .test_import_edit import form


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def launched(monkeypatch):
    """In the tests the work is done at once: a thread would not see the test's transaction."""
    begun = []

    def launch(pk):
        begun.append(pk)
        jobs.perform(Import.objects.get(pk=pk))

    monkeypatch.setattr(jobs, "launch", launch)
    return begun


def test_works(seller, sam, tmp_path):
    item = ready(sam)
    response = seller.post(f"/imports/{item.pk}/run/", form(item, **{"field-7": "deal_source"}))
    assert (response.status_code, response.url) == (303, f"/imports/{item.pk}/")
    item.refresh_from_db()
    assert item.state == "done" and (item.done, item.total) == (3, 3)
    assert item.counts["new"] == {"prospects": 2, "contacts": 2, "deals": 2}
    assert Deal.objects.get(name="Halden rollout").source == "red"
    assert not item.stored and len(list(tmp_path.rglob("*.csv"))) == 1


def test_twice_is_once(seller, sam, launched):
    item = ready(sam)
    for _ in range(2):
        seller.post(f"/imports/{item.pk}/run/")
    assert launched == [item.pk] and Prospect.objects.count() == 2


def test_one_that_runs_is_left_alone_and_one_that_stopped_carries_on(seller, sam, launched):
    item = ready(sam)
    item.start()
    seller.post(f"/imports/{item.pk}/run/")
    assert not launched
    Import.objects.update(beat_at=clock.now() - timedelta(minutes=5))
    seller.post(f"/imports/{item.pk}/run/")
    assert launched == [item.pk] and Import.objects.get().state == "done"


def test_invalid(seller, sam, launched):
    item = ready(sam)
    seller.post(f"/imports/{item.pk}/run/", form(item, **{"field-0": "prospect", "field-7": "prospect"}))
    done = imported(sam)
    assert seller.post(f"/imports/{done.pk}/run/").status_code == 303
    assert seller.post("/imports/99/run/").status_code == 404
    assert not launched


def test_stranger(stranger, sam, launched):
    assert stranger.post(f"/imports/{ready(sam).pk}/run/").status_code in (302, 403)
    assert not launched


def test_manager(manager, sam, launched):
    assert manager.post(f"/imports/{ready(sam).pk}/run/").status_code == 403
    assert not launched
