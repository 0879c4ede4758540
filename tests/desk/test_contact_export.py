"""Everybody as CSV."""

import csv
import io

import pytest

from crm.web import csvs
from tests import make

pytestmark = pytest.mark.django_db


def test_all_addresses_come(seller, manager, stranger, installation):
    dana = make.contact(make.prospect("Acme"), "=Dana", ["a@x.example", "b@x.example"])
    with make.submission() as entry:
        dana.write(entry, phones=[["+1 415 555 0142", "", False], ["12345", "", True]])
    for client in (seller, manager):
        text = client.get("/contacts/export/").getvalue().decode("utf-8-sig")
        row = next(csv.DictReader(io.StringIO(text)))
        assert csvs.plain(row["Name"]) == "=Dana" and row["Name"] == "'=Dana"
        assert (row["E-mail"], row["Other e-mails"], row["Wrong numbers"]) == ("a@x.example", "b@x.example", "12345")
        assert csvs.plain(row["Phone"]) == "+1 415 555 0142"
    assert stranger.get("/contacts/export/").status_code == 302
