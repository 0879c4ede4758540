"""The page of status: every open account in brief lines, what it comes to, as of any past day."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 11, 16, tzinfo=clock._UTC)  # noon in New York


@pytest.fixture(autouse=True)
def _now(installation):
    with time_machine.travel(NOON, tick=False):
        yield


def account(name="Halden Freight", amount=45000, close=date(2026, 3, 31), stage="Conversation", **fields):
    prospect = make.prospect(name)
    return make.deal(prospect, f"{name} rollout", stage, amount=amount and Decimal(amount), close_on=close, **fields)


def text(answer):
    return " ".join(answer.content.decode().split())


def status(answer):
    return answer.context["status"]


def test_it_shows_every_open_account_in_five_lines(manager):
    deal = account()
    make.step(deal.prospect, "Send the price", "2026-03-10", deal=deal)
    account("Globex", 20000)
    ended = account("Initech")
    with make.submission() as entry:
        ended.lose(entry, reason="went with the incumbent")
    answer = manager.get("/status/")
    assert answer.status_code == 200
    assert [one.prospect.name for one in status(answer).accounts] == ["Halden Freight", "Globex"]
    assert status(answer).accounts[0].brief.attention.code == "late"
    assert "2 open accounts, $65,000" in text(answer)
    assert text(answer).count('<dl class="brief">') == 2
    assert "went with the incumbent" in text(answer)


def test_a_manager_lands_there_and_the_seller_on_today(manager, seller):
    assert manager.get("/").url == "/status/"
    assert seller.get("/").status_code == 200
    assert seller.get("/status/").status_code == 200


def test_a_stranger_signs_in_first(stranger):
    assert stranger.get("/status/").url.startswith("/login/")


def test_nothing_yet(manager, seller):
    assert "No open account" in text(manager.get("/status/"))
    assert "Open a deal" in text(seller.get("/status/")) and "Open a deal" not in text(manager.get("/status/"))


def test_totals_by_stage_and_by_month_are_the_same_whole(manager):
    account("A", 10000, date(2026, 3, 31))
    account("B", 20000, date(2026, 4, 10), "Proposal")
    account("C", None, None, "Proposal")
    account("D", 5000, date(2026, 2, 10))
    shown = status(manager.get("/status/"))
    assert [(s.name, s.count, s.total, s.unknown) for s in shown.stages] == [
        ("Conversation", 2, 15000, 0),
        ("Proposal", 2, 20000, 1),
    ]
    assert [(m.key, m.name, m.count, m.total, m.passed) for m in shown.months] == [
        ("2026-02", "Feb", 1, 5000, True),
        ("2026-03", "Mar", 1, 10000, False),
        ("2026-04", "Apr", 1, 20000, False),
        ("none", "No date", 1, 0, False),
    ]
    for sums in (shown.stages, shown.months):
        assert sum(s.total for s in sums) == shown.whole.total == 35000
        assert sum(s.weighted for s in sums) == shown.whole.weighted == Decimal("15500")


def test_what_ended_in_the_period_with_reasons(manager):
    for name, how, on, why in (
        ("A", "win", date(2026, 1, 5), "price"),
        ("B", "lose", date(2026, 3, 1), "no budget"),
        ("C", "lose", date(2026, 3, 2), "no budget"),
        ("D", "walk_away", date(2025, 12, 31), "no goal"),
    ):
        deal = account(name, 1000)
        with make.submission() as entry:
            getattr(deal, how)(entry, on=on, reason=why)
    found = {}
    for code in ("", "month", "last-month", "last-quarter", "year", "last-year", "nonsense"):
        shown = status(manager.get("/status/", {"period": code}))
        found[code] = [one.count for one in shown.ended]
    assert found == {
        "": [1, 2, 0],
        "nonsense": [1, 2, 0],
        "month": [0, 2, 0],
        "last-month": [0, 0, 0],
        "last-quarter": [0, 0, 1],
        "year": [1, 2, 0],
        "last-year": [0, 0, 1],
    }
    assert status(manager.get("/status/")).ended[1].frequent == [("no budget", 2)]


def test_the_fiscal_year_begins_when_the_settings_say(manager, installation):
    installation.fiscal_year_start = 4
    installation.store("fiscal_year_start")
    shown = status(manager.get("/status/?period=year"))
    assert (shown.period.first, shown.period.last) == (date(2025, 4, 1), date(2026, 3, 11))


def test_filters_and_order(manager):
    account("Halden", 10000, date(2026, 3, 31))
    account("Globex", 30000, date(2026, 4, 10), "Proposal")
    late = account("Initech", 20000, date(2026, 3, 20))
    make.step(late.prospect, "Call", "2026-03-01", deal=late)
    stage = make.stage("Proposal").pk

    def names(**query):
        return [one.prospect.name for one in status(manager.get("/status/", query)).accounts]

    assert names() == ["Initech", "Globex", "Halden"]
    assert names(stage=stage) == ["Globex"]
    assert names(attention="late") == ["Initech"]
    assert names(attention="no-step") == ["Globex", "Halden"]
    assert names(month="2026-03") == ["Initech", "Halden"]
    assert names(q="hal roll") == ["Halden"]
    assert names(q="nobody") == []
    assert names(sort="close") == ["Initech", "Halden", "Globex"]
    assert names(sort="name") == ["Initech", "Globex", "Halden"]
    assert names(stage="x", month="2026-13", sort="?", attention="?", shown="-1", since="3") == names()
    narrowed = manager.get("/status/", {"q": "halden"})
    assert status(narrowed).whole.count == 3  # the totals are of all


def test_more_accounts_than_fit(manager):
    for number in range(33):
        account(f"Account {number:02}", 1000)
    shown = status(manager.get("/status/"))
    assert sum(len(group.accounts) for group in shown.groups) == 30 and shown.more == 3
    shown = status(manager.get("/status/?shown=90"))
    assert sum(len(group.accounts) for group in shown.groups) == 33 and shown.more == 0


def test_of_very_many_accounts_the_first_are_looked_at(manager, monkeypatch):
    from crm.desk.status import page

    monkeypatch.setattr(page, "LOOKED_AT", 31)
    for number in range(40):
        account(f"Account {number:02}", 1000 + number)
    shown = status(manager.get("/status/"))
    assert (len(shown.accounts), shown.left, shown.more, shown.open_accounts) == (31, 9, 10, 40)
    assert shown.accounts[0].prospect.name == "Account 39"
    assert "the first 31 of 40" in text(manager.get("/status/"))
    assert len(status(manager.get("/status/?attention=no-step")).accounts) == 40
    assert status(manager.get("/status/?shown=90")).more == 0


def test_htmx_gets_the_body_alone(manager, htmx):
    answer = manager.get("/status/", headers=htmx)
    assert answer.content.decode().lstrip().startswith('<div id="status-body"')


def test_private_lines_do_not_exist_for_a_manager(manager, seller):
    deal = account()
    make.step(deal.prospect, "Seventh seal", "2026-03-01", deal=deal, private=True)
    for days in (6, 5, 4, 3, 2):
        make.activity(
            deal.prospect,
            direction="out",
            outcome="no_answer",
            on=date(2026, 3, 11) - timedelta(days=days),
            private=True,
        )
    assert status(seller.get("/status/")).accounts[0].attention == "late"
    answer = manager.get("/status/")
    assert status(answer).accounts[0].attention == "no-step"
    assert "Seventh" not in text(answer)
    assert [one.kind.code for one in status(answer).changes] == ["new"]
    assert [one.kind.code for one in status(seller.get("/status/")).changes] == ["new", "silent"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-03-12", "still to come"),
        ("2026-13-45", "is no day"),
        ("yesterday", "is no day"),
        ("0001-01-01", "is no day"),
    ],
)
def test_a_day_that_cannot_be_looked_at_is_said(manager, typed, said):
    account()
    answer = manager.get("/status/", {"as_of": typed})
    assert answer.status_code == 200
    assert said in text(answer) and "Below is today." in text(answer) and typed in text(answer)
    assert len(status(answer).accounts) == 1


def _queries(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_constant_number_of_questions(manager):
    account()
    few = {url: _queries(manager, url) for url in ("/status/", "/status/?as_of=2026-03-10", "/status/?period=year")}
    for number in range(12):
        deal = account(f"Account {number}", 1000 + number)
        make.activity(deal.prospect, direction="in", deal=deal, text="hello")
        make.step(deal.prospect, "Call", "2026-03-01", deal=deal)
        if number % 3 == 0:
            with make.submission() as entry:
                deal.win(entry)
    for url, number in few.items():
        assert _queries(manager, url) <= max(number, 17 if "as_of" in url else 12)
    assert _queries(manager, "/status/") <= 12


def test_as_many_questions_at_a_thousand_as_at_ten(manager, sam):
    from crm.desk.sample import volume

    urls = (
        "/status/",
        "/status/?changes=all&ended=all&shown=600",
        "/status/?attention=late",
        "/status/?as_of=2026-02-10",
    )
    asked = []
    for seed, number in enumerate((10, 1000)):
        volume.generate(number, number, number, number * 3, seed=seed)
        manager.get("/status/")  # who looks is noted once an hour
        asked.append([_queries(manager, url) for url in urls])
    assert asked[0] == asked[1]
    # A past day is read from the histories, which costs a brief alone fourteen.
    assert max(asked[1][:-1]) <= 12 and asked[1][-1] <= 20
