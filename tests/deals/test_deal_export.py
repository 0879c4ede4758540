"""The table as CSV."""

import csv
import io
from decimal import Decimal

import pytest

from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


def rows(client, query=""):
    answer = client.get("/deals/export/" + query)
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))


def test_exports_what_is_shown(seller, deal):
    make.deal(make.prospect("=Acme"), "+Pilot", "Proposal", amount=Decimal("900.50"))
    make.step(deal.prospect, "Call Dana", clock.today(), deal=deal)
    found = rows(seller)
    assert [row["Deal"] for row in found] == ["Halden rollout", "'+Pilot"]
    assert found[0] | {"Amount": "45000.00", "Next step": "Call Dana", "Stage": "Conversation"} == found[0]
    assert found[1]["Prospect"] == "'=Acme" and found[1]["Amount"] == "900.50"
    assert [row["Deal"] for row in rows(seller, "?q=halden")] == ["Halden rollout"]


def test_managers_export_without_private_steps(seller, manager, deal):
    make.step(deal.prospect, "Secret", clock.today(), deal=deal, private=True)
    assert rows(seller)[0]["Next step"] == "Secret"
    assert rows(manager)[0]["Next step"] == ""


def test_strangers_log_in(stranger):
    assert stranger.get("/deals/export/").status_code == 302
