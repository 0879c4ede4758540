"""What happened, with the history woven in."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Entry
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


def told(client, deal, query="", **headers):
    answer = client.get(f"/deals/{deal.pk}/timeline/{query}", headers=headers or {"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_history_stands_among_the_activities(seller, deal):
    today = clock.today()
    make.activity(deal.prospect, "call", on=today - timedelta(days=3), deal=deal, text="before")
    make.activity(deal.prospect, "call", on=today + timedelta(days=3), deal=deal, text="after")
    with make.submission() as entry:
        deal.amount, deal.stage = Decimal(50000), make.stage("Proposal")
        deal.write(entry)
    shown = told(seller, deal)
    words = [
        "after",
        "Moved from Conversation to Proposal, amount changed from $45,000 to $50,000",
        "Opened in",
        "before",
    ]
    assert sorted(words, key=shown.index) == words


def test_what_was_undone_is_not_told(seller, deal):
    with make.submission() as entry:
        deal.move_to(make.stage("Proposal"), entry)
    Entry.objects.get(pk=entry.pk).undo()
    assert "Moved" not in told(seller, deal)


def test_kinds(seller, deal):
    make.activity(deal.prospect, "email", deal=deal, text="a mail", direction="in")
    assert "a mail" in told(seller, deal, "?kind=email") and "Opened in" not in told(seller, deal, "?kind=email")
    assert "a mail" not in told(seller, deal, "?kind=history") and "Opened in" in told(seller, deal, "?kind=history")
    assert "Nothing of that kind" in told(seller, deal, "?kind=call")
    assert "a mail" in told(seller, deal, "?kind=nonsense")


def test_pages(seller, deal):
    for n in range(45):
        make.activity(deal.prospect, "note", on=clock.today() - timedelta(days=n), deal=deal, text=f"line {n:02}.")
    seen, query = "", ""
    for _ in range(3):
        shown = told(seller, deal, query, Accept="text/html")
        seen += shown
        query = "?before=" + shown.split("before=")[-1].split('"')[0] if "before=" in shown else query
    assert [n for n in range(45) if seen.count(f"line {n:02}.") != 1] == []
    assert seen.count("Opened in") == 1


def test_private_lines_are_the_sellers(seller, manager, stranger, deal):
    make.activity(deal.prospect, deal=deal, text="secret words", private=True)
    assert "secret words" in told(seller, deal)
    assert "secret words" not in told(manager, deal)
    assert stranger.get(f"/deals/{deal.pk}/timeline/").status_code == 302
