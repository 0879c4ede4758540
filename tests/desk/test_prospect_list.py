"""The list: narrowed by the address, sorted by what is shown, paged, and quick at any size."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(installation):
    today = clock.today()
    acme = make.prospect("Acme", city="Zürich", country="Switzerland", source="fair")
    make.deal(acme, "Acme one", "Proposal", amount=Decimal(1000))
    make.activity(acme, "call", on=today - timedelta(days=20), direction="out", outcome="connected")
    beta = make.prospect("Beta", parked_until=today + timedelta(days=9))
    make.deal(beta, "Beta one", "Conversation", amount=Decimal(9000))
    make.step(beta, "Send price", today)
    make.activity(beta, "call", on=today, direction="out", outcome="no_answer")
    make.contact(make.prospect("Gamma", source="referral"), "Dana Whitfield")


def names(response):
    return [row.name for row in response.context["page"].object_list]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Acme", "Beta", "Gamma"]),
        ("q=zurich", ["Acme"]),
        ("q=dana+whit", ["Gamma"]),
        ("q=nobody", []),
        ("silent=14", ["Acme"]),
        ("step=none", ["Acme", "Gamma"]),
        ("step=some", ["Beta"]),
        ("parked=yes", ["Beta"]),
        ("parked=no", ["Acme", "Gamma"]),
        ("source=fair", ["Acme"]),
        ("country=Switzerland", ["Acme"]),
        ("move=mine", ["Acme", "Beta", "Gamma"]),
        ("sort=-name", ["Gamma", "Beta", "Acme"]),
        ("sort=-amount", ["Beta", "Acme", "Gamma"]),
        ("sort=amount", ["Gamma", "Acme", "Beta"]),
        ("sort=-touch", ["Beta", "Acme", "Gamma"]),
        ("sort=-silence", ["Acme", "Beta", "Gamma"]),
        ("sort=next", ["Beta", "Acme", "Gamma"]),
        ("sort=nonsense", ["Acme", "Beta", "Gamma"]),
        ("silent=x&move=y&stage=z&page=q", ["Acme", "Beta", "Gamma"]),
    ],
)
def test_narrowed_and_sorted(seller, three, query, found):
    assert names(seller.get(f"/prospects/?{query}")) == found


def test_by_stage(seller, three):
    assert names(seller.get(f"/prospects/?stage={make.stage('Proposal').pk}")) == ["Acme"]


def test_a_row_says_whose_move_and_what_is_open(seller, three):
    text = seller.get("/prospects/").content.decode()
    for words in ("Send price", "$9,000", "Yours", "20 d", "1 try"):
        assert words in text


def test_empty_and_nothing_found(seller, installation):
    assert "Nobody to sell to yet" in seller.get("/prospects/").content.decode()
    make.prospect("Acme")
    assert "No prospect fits" in seller.get("/prospects/?q=zzz").content.decode()


def test_stranger_and_manager(stranger, manager, three):
    assert stranger.get("/prospects/").status_code == 302
    text = manager.get("/prospects/").content.decode()
    assert "Acme" in text and "New prospect" not in text and "/create/" not in text


def test_others_read_standings_without_private_lines(manager, seller, installation):
    row = make.prospect("Acme")
    make.step(row, "Secret plan", clock.today(), private=True)
    assert "Secret plan" in seller.get("/prospects/").content.decode()
    assert "Secret plan" not in manager.get("/prospects/").content.decode()
    assert "Secret plan" not in manager.get("/prospects/export/").getvalue().decode()


def test_query_count_is_the_same_at_ten_and_at_a_thousand(seller, installation):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert seller.get("/prospects/").status_code == 200
        return len(queries)

    def fill(first, last):
        from accounts import standing
        from accounts.models import Prospect

        rows = Prospect.objects.bulk_create(
            Prospect(name=f"P {n}", folded=f"p {n}", source=f"s{n % 9}") for n in range(first, last)
        )
        standing.refresh([row.pk for row in rows])
        make.deal(rows[0], "One", amount=Decimal(5))
        make.step(rows[-1], "Call", clock.today())

    fill(0, 10)
    few = count()
    fill(10, 1000)
    assert count() == few <= 12


def test_filters_say_how_many_are_set(seller, installation):
    make.prospect("Acme")
    summary = re.compile(r"<summary[^>]*>(?:(?!</summary>).)*Filter *(?:<b>(\d)</b>)?</summary>", re.S)
    for query, many in (("", None), ("?q=acme", None), ("?move=mine&parked=all&q=x", "2")):
        assert summary.search(seller.get(f"/prospects/{query}").content.decode())[1] == many
    assert summary.search(seller.get("/contacts/?phone=some").content.decode())[1] == "1"
