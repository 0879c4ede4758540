"""The table of deals."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.web import clock
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db
URL = "/deals/table/"


def names(client, query=""):
    page = client.get(URL + query)
    assert page.status_code == 200
    body = page.content.decode().split("<tbody")[1].split("</tbody")[0] if b"<tbody" in page.content else ""
    return [part.split("</a>")[0].split(">")[-1] for part in body.split('<th scope="row">')[1:]]


@pytest.fixture
def three(deal):
    make.deal(make.prospect("Acme", source="fair"), "Pilot", "Proposal", amount=Decimal(900))
    lost = make.deal(make.prospect("Zed"), "Gone", amount=Decimal(70))
    with make.submission() as entry:
        lost.lose(entry, reason="no budget")


def test_open_ones_with_their_totals(seller, three):
    page = seller.get(URL).content.decode()
    assert "2 open deals, $45,900" in page
    assert "$5,130 weighted" in page


def test_filters(seller, three, deal):
    assert names(seller) == ["Halden rollout", "Pilot"]
    assert names(seller, "?outcome=lost") == ["Gone"]
    assert names(seller, "?outcome=all&q=zed") == ["Gone"]
    assert names(seller, f"?stage={make.stage('Proposal').pk}") == ["Pilot"]
    assert names(seller, "?source=fair") == ["Pilot"]
    make.step(deal.prospect, due_on=clock.today(), deal=deal)
    assert names(seller, "?no_step=on") == ["Pilot"]
    assert names(seller, "?wrong=on") == ["Pilot"]
    assert names(seller, f"?closing={clock.today() + timedelta(days=31)}") == ["Halden rollout"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", "HP"),
        ("-name", "PH"),
        ("amount", "PH"),
        ("-amount", "HP"),
        ("stage", "HP"),
        ("-close", "HP"),
        ("x", "HP"),
    ],
)
def test_sorting(seller, three, sort, order):
    assert "".join(name[0] for name in names(seller, f"?sort={sort}")) == order


@pytest.mark.parametrize("query", ["?page=99", "?page=x", "?stage=x", "?closing=x", "?outcome=x", "?sort=-"])
def test_nonsense_in_the_address_is_left_aside(seller, three, query):
    assert seller.get(URL + query).status_code == 200


def test_pages_of_25(seller, prospect):
    stage = make.stage()
    Deal.objects.bulk_create(Deal(prospect=prospect, name=f"Deal {n:02}", folded="d", stage=stage) for n in range(60))
    assert len(names(seller)) == 25 and len(names(seller, "?page=3")) == 10
    assert "1 to 25 of 60" in seller.get(URL).content.decode()


def test_queries_do_not_grow(seller, deal):
    seller.get(URL)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            seller.get(URL)
        counts.append(len(queries))
        stage = make.stage()
        Deal.objects.bulk_create(
            Deal(prospect=deal.prospect, name=f"D{n}", folded="d", stage=stage) for n in range(1000)
        )
    assert counts[0] == counts[1] <= 12


def test_empty(seller, manager):
    assert "Open a deal" in seller.get(URL).content.decode()
    assert "New deal" not in manager.get(URL).content.decode()


def test_who(manager, stranger, three):
    assert names(manager) == ["Halden rollout", "Pilot"]
    assert stranger.get(URL).status_code == 302
