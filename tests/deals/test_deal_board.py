"""The board: columns, totals, filters, and no more queries at a thousand deals than at ten."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.web import clock
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db
URL = "/deals/"


def test_columns_count_total_and_weigh(seller, deal):
    make.deal(make.prospect("Acme"), "Acme pilot", amount=Decimal(5000))
    make.deal(make.prospect("Unknown"), "No amount yet")
    page = seller.get(URL).content.decode()
    assert '<span data-open="50000' in page and "$50,000</span> open" in page and "$5,000</span> weighted" in page
    assert 'data-count="3"' in page
    assert page.count('class="deal-card"') == 3


def test_a_card_shows_the_prospect_or_the_deal_where_there_are_several(seller, deal):
    assert ">Halden Freight</a>" in seller.get(URL).content.decode()
    make.deal(deal.prospect, "Halden spare parts")
    page = seller.get(URL).content.decode()
    assert ">Halden rollout</a>" in page and ">Halden spare parts</a>" in page


def test_one_wrong_thing_in_place_of_the_step(seller, deal):
    make.step(deal.prospect, "Call Dana", clock.today() - timedelta(days=2), deal=deal)
    page = seller.get(URL).content.decode()
    assert "2 days late" in page and "data-wrong" in page and "Call Dana" not in page


def test_filters(seller, deal):
    make.deal(make.prospect("Acme", source="fair"), "Acme pilot", close_on=clock.today() + timedelta(days=90))
    make.step(deal.prospect, due_on=clock.today(), deal=deal)

    def names(query):
        page = seller.get(URL + query).content.decode()
        return [name for name in ("Halden Freight", "Acme") if f">{name}</a>" in page]

    assert names("?q=HALDÉN") == ["Halden Freight"]
    assert names("?q=pilot") == ["Acme"]
    assert names("?source=fair") == ["Acme"]
    assert names("?wrong=on") == ["Acme"]
    assert names(f"?closing={clock.today() + timedelta(days=60)}") == ["Halden Freight"]
    assert names("?closing=soon") == ["Halden Freight", "Acme"]
    assert names("?q=nobody") == []
    assert "Nothing matches" in seller.get(URL + "?q=nobody").content.decode()


def test_zones_count_this_fiscal_quarter(seller, deal):
    with make.submission() as entry:
        deal.win(entry)
    old = make.deal(make.prospect("Old"), "Old", amount=Decimal(900))
    with make.submission() as entry:
        old.win(entry, on=clock.today() - timedelta(days=200))
    make.deal(make.prospect("Open"), "Open")
    page = seller.get(URL).content.decode()
    assert "1 this quarter, $45,000" in page


def test_empty_says_what_to_do_first(seller, manager):
    assert "Open a deal" in seller.get(URL).content.decode()
    assert "Open a deal" not in manager.get(URL).content.decode()


def test_managers_read_without_a_hint_of_writing(manager, deal):
    page = manager.get(URL).content.decode()
    assert "Halden Freight" in page
    for hint in ("data-board", "/stage/", "New deal", 'method="post"'):
        assert hint not in page.split("<main")[1].split("</main")[0] or hint == "/stage/"


def test_strangers_log_in(stranger, deal):
    assert stranger.get(URL).status_code == 302


def test_queries_do_not_grow(seller, sam, prospect):
    make.deal(prospect)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert seller.get(URL).status_code == 200
        return len(queries)

    seller.get(URL)
    few = count()
    stage = make.stage()
    Deal.objects.bulk_create(
        Deal(prospect=prospect, name=f"Deal {n}", folded=f"deal {n}", stage=stage, amount=n) for n in range(1000)
    )
    assert count() == few <= 12
