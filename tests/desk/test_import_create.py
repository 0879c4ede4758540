"""Uploading a file: nothing is stored but the file and what it would do."""

import uuid

import pytest

from accounts.models import Prospect
from crm.desk.models import Import

from .imports import SHEET, upload


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_works(seller):
    assert seller.get("/imports/create/").status_code == 200
    response = seller.post("/imports/create/", {"file": upload(), "uuid": uuid.uuid4()})
    item = Import.objects.get()
    assert (response.status_code, response.url) == (303, f"/imports/{item.pk}/")
    assert item.plan["new"] == {"prospects": 2, "contacts": 2, "deals": 2} and item.state == "ready"
    assert item.path.stat().st_mode & 0o077 == 0 and "book" not in item.stored
    assert not Prospect.objects.exists()


def test_twice_is_once(seller):
    key = uuid.uuid4()
    for _ in range(2):
        assert seller.post("/imports/create/", {"file": upload(), "uuid": key}).status_code == 303
    assert Import.objects.count() == 1


@pytest.mark.parametrize(
    "content, name, why",
    [
        (b"", "a.csv", "empty"),
        (b'{"records": []}', "a.csv", "JSON"),
        (b"PK\x03\x04 and more", "a.csv", "spreadsheet"),
        (b"id\n1\n", "a.csv", "nothing but ids"),
        (SHEET.encode(), "a.xlsx", ".csv"),
        (b"\x00\x01\x02\x03" * 40, "a.csv", "no text file"),
    ],
)
def test_what_is_no_csv_is_refused_with_a_clear_word(seller, tmp_path, content, name, why):
    response = seller.post("/imports/create/", {"file": upload(content, name), "uuid": uuid.uuid4()})
    assert response.status_code == 422 and why in response.content.decode()
    assert not Import.objects.exists() and not list(tmp_path.rglob("*.csv"))


def test_nothing_chosen_and_too_large(seller, settings):
    assert seller.post("/imports/create/", {}).status_code == 422
    settings.IMPORT_MAX_BYTES = 10
    response = seller.post("/imports/create/", {"file": upload()})
    assert response.status_code == 422 and "larger than" in response.content.decode()


def test_what_the_columns_meant_last_time_is_offered_again(seller):
    text = "firm,wer\nHalden,Dana\n"
    seller.post("/imports/create/", {"file": upload(text)})
    item = Import.objects.get()
    assert "doubt" in item.plan
    data = {"header": 1, "field-0": "prospect", "field-1": "person"}
    seller.post(f"/imports/{item.pk}/edit/", data)
    from crm.desk.importing import jobs

    item = Import.objects.get()
    assert item.start()
    jobs.perform(item)
    seller.post("/imports/create/", {"file": upload("firm,wer\nKite,Jo\n")})
    assert Import.objects.latest("pk").plan["new"] == {"prospects": 1, "contacts": 1}


def test_stranger(stranger):
    for response in (stranger.get("/imports/create/"), stranger.post("/imports/create/", {"file": upload()})):
        assert response.status_code in (302, 403)
    assert not Import.objects.exists()


def test_manager(manager):
    assert manager.get("/imports/create/").status_code == 403
    assert manager.post("/imports/create/", {"file": upload()}).status_code == 403
    assert not Import.objects.exists()
