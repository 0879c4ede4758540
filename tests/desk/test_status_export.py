"""The page of status as files."""

import csv
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine

from crm.access.models import AuditEvent
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 11, 16, tzinfo=clock._UTC)


@pytest.fixture(autouse=True)
def _now(installation):
    with time_machine.travel(NOON, tick=False):
        yield


def rows(client, **query):
    answer = client.get("/status/export/", query)
    assert answer.status_code == 200
    return list(csv.DictReader(b"".join(answer).decode("utf-8-sig").splitlines()))


@pytest.fixture
def deal():
    deal = make.deal(make.prospect("Halden Freight"), "=cmd()", amount=Decimal(45000), close_on=date(2026, 3, 31))
    make.step(deal.prospect, "Send the price", "2026-03-10", deal=deal)
    make.step(deal.prospect, "Seventh seal", "2026-03-01", deal=deal, private=True)
    return deal


def test_what_the_page_shows_with_its_filters(manager, deal):
    make.deal(make.prospect("Globex"), "Globex seats", "Proposal", amount=Decimal(1000))
    (one, other) = rows(manager)
    assert (one["Prospect"], one["Needs attention"], one["Amount"], one["Closes"]) == (
        "Halden Freight", "A step is late", "45000.00", "2026-03-31",
    )  # fmt: skip
    assert "Seventh" not in str(one) and "send the price" in one["Next"].casefold()
    assert other["Prospect"] == "Globex"
    assert [row["Prospect"] for row in rows(manager, q="glob")] == ["Globex"]
    assert [row["Prospect"] for row in rows(manager, stage=make.stage("Proposal").pk)] == ["Globex"]


def test_all_rows_and_not_only_the_first(manager):
    for number in range(33):
        make.deal(make.prospect(f"Account {number}"), amount=Decimal(1))
    assert len(rows(manager)) == 33


def test_its_other_tables(manager, deal):
    with make.submission() as entry:
        deal.win(entry, reason="+price")
    assert [(row["What"], row["Deal"]) for row in rows(manager, part="changes")] == [
        ("won", "'=cmd()"),
        ("new", "'=cmd()"),
    ]
    (ended,) = rows(manager, part="ended")
    assert (ended["Outcome"], ended["Reason"], ended["Ended"]) == ("Won", "'+price", "2026-03-11")
    assert rows(manager, part="pipeline") == []


def test_it_is_written_into_the_audit(manager, morgan, deal):
    rows(manager)
    event = AuditEvent.objects.get(action="exported")
    assert (event.user, event.what) == (morgan, "status.csv")


def test_a_past_day_is_in_the_name(manager, deal):
    answer = manager.get("/status/export/?as_of=2026-03-10")
    assert "status-as-of-2026-03-10" in answer["Content-Disposition"]
    assert b"Halden" not in b"".join(answer)


def test_a_day_that_cannot_be_looked_at_is_no_file(manager, deal):
    answer = manager.get("/status/export/?as_of=2026-13-45")
    assert (answer.status_code, answer.url) == (302, "/status/?as_of=2026-13-45")
    assert not AuditEvent.objects.filter(action="exported").exists()


def test_a_stranger_signs_in_first(stranger):
    assert stranger.get("/status/export/").url.startswith("/login/")
