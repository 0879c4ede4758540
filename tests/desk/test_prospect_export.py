"""The list as CSV: the rows that are shown, in their order."""

import csv
import io

import pytest

from crm.web import csvs
from tests import make

pytestmark = pytest.mark.django_db


def rows(client, query=""):
    response = client.get(f"/prospects/export/{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_what_is_shown_is_what_comes(seller, installation):
    make.prospect("Acme", source="fair")
    make.prospect("Beta")
    assert [row["Prospect"] for row in rows(seller, "?sort=-name")] == ["Beta", "Acme"]
    assert [row["Prospect"] for row in rows(seller, "?source=fair")] == ["Acme"]


def test_no_cell_runs_and_the_text_comes_back(seller, installation):
    evil = '=HYPERLINK("http://x.example")'
    make.prospect(evil, city="-2+3", about='a, "b"\nc')
    row = rows(seller)[0]
    assert row["Prospect"] == f"'{evil}" and csvs.plain(row["Prospect"]) == evil
    assert csvs.plain(row["City"]) == "-2+3"
    assert row["In one line"] == 'a, "b"\nc'


def test_a_wrong_number_stands_apart(seller, installation):
    make.prospect("Acme", phone="415 555 0100", wrong_phone="+14155550100")
    make.prospect("Beta", phone="415 555 0101")
    assert [(row["Phone"], row["Wrong number"]) for row in rows(seller, "?sort=name")] == [
        ("", "415 555 0100"),
        ("415 555 0101", ""),
    ]


def test_stranger_and_manager(stranger, manager, installation):
    make.prospect("Acme")
    assert stranger.get("/prospects/export/").status_code == 302
    assert len(rows(manager)) == 1
