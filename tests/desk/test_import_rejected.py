"""The rows that were left out, as a file to correct and import again."""

import csv
import io

import pytest

from deals.models import Deal

from .imports import imported, ready


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def download(client, item):
    response = client.get(f"/imports/{item.pk}/rejected/")
    assert response.status_code == 200 and "book-left-out.csv" in response["Content-Disposition"]
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_works(seller, sam):
    text = download(seller, imported(sam))
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["prospect"] == "Ember Roofing" and row["Line"] == "4"
    assert row["Why it was left out"] == "close_on: “soon” is no date."


def test_corrected_it_imports(seller, sam):
    text = download(seller, imported(sam)).replace("soon,,", "2026-10-01,,", 1)
    again = imported(sam, text)
    assert again.counts["new"] == {"prospects": 1, "contacts": 1, "deals": 1} and not again.counts["rejected"]
    assert Deal.objects.get(name="Ember roof").extra == {}


def test_invalid(seller, sam):
    assert seller.get(f"/imports/{ready(sam).pk}/rejected/").status_code == 404


def test_stranger(stranger, sam):
    assert stranger.get(f"/imports/{imported(sam).pk}/rejected/").status_code == 302


def test_manager(manager, sam):
    assert manager.get(f"/imports/{imported(sam).pk}/rejected/").status_code == 403
