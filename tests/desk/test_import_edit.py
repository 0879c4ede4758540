"""Changing what a column means, which stage a value is, which rows are taken."""

import pytest

from crm.desk.models import Import

from .imports import imported, ready


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def form(item, **changes):
    """The fields of the page's form, as they stand, with these changes."""
    data = {"header": "1", "about": item.plan["about"]}
    data |= {f"field-{n}": column["field"] for n, column in enumerate(item.plan["columns"])}
    data |= {f"stage-{n}": stage["place"] for n, stage in enumerate(item.plan["stages"])}
    return data | changes


def test_works(seller, sam, htmx):
    item = ready(sam)
    n = [stage["value"] for stage in item.plan["stages"]].index("Someday")
    data = form(
        item, **{"field-7": "source", f"stage-{n}": "won", "where_column": "prospect", "where_value": "kite & co"}
    )
    response = seller.post(f"/imports/{item.pk}/edit/", data, headers=htmx)
    page = response.content.decode()
    assert response.status_code == 200 and page.startswith("<form") and f'id="import-plan-{item.pk}"' in page
    item.refresh_from_db()
    assert item.plan["taken"] == 1 and item.plan["rows"] == 3
    assert item.plan["columns"][7]["field"] == "source"
    assert item.plan["stages"][0]["place"] == "won"
    assert item.choices["where"] == [["prospect", "kite & co"]]


def test_it_works_without_scripts(seller, sam):
    item = ready(sam)
    response = seller.post(f"/imports/{item.pk}/edit/", form(item))
    assert (response.status_code, response.url) == (303, f"/imports/{item.pk}/")


def test_another_answer_to_what_it_is_about_starts_the_columns_anew(seller, sam):
    item = ready(sam, "Name,Tier\nHalden,gold\n")
    assert "doubt" in item.plan
    seller.post(f"/imports/{item.pk}/edit/", {"about": "prospects", "field-0": "extra", "field-1": "extra"})
    item.refresh_from_db()
    assert [c["field"] for c in item.plan["columns"]] == ["prospect", "extra"]
    assert item.plan["new"] == {"prospects": 1}


def test_invalid(seller, sam):
    item = ready(sam)
    seller.post(f"/imports/{item.pk}/edit/", form(item, **{"field-0": "prospect", "field-7": "prospect"}))
    item.refresh_from_db()
    assert "cannot both be the prospect" in item.plan["doubt"]
    assert seller.post("/imports/99/edit/").status_code == 404
    done = imported(sam)
    assert seller.post(f"/imports/{done.pk}/edit/", form(item)).status_code == 303
    assert Import.objects.get(pk=done.pk).choices == done.choices


def test_stranger(stranger, sam):
    item = ready(sam)
    assert stranger.post(f"/imports/{item.pk}/edit/", form(item)).status_code in (302, 403)


def test_manager(manager, sam):
    item = ready(sam)
    assert manager.post(f"/imports/{item.pk}/edit/", form(item)).status_code == 403
