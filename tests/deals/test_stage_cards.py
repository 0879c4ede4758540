"""More cards of a column."""

import pytest

from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(prospect):
    stage = make.stage()
    Deal.objects.bulk_create(Deal(prospect=prospect, name=f"Deal {n}", folded="d", stage=stage) for n in range(50))
    return f"/stages/{stage.pk}/cards/"


def test_the_board_brings_twenty_and_asks_for_more(seller, many, htmx):
    assert seller.get("/deals/").content.decode().count('class="deal-card"') == 20
    more = seller.get(many + "?shown=20", headers=htmx).content.decode()
    assert more.count('class="deal-card"') == 40 and "10 more" in more
    assert "more</a>" not in seller.get(many + "?shown=40", headers=htmx).content.decode()


def test_filters_of_the_page_hold(seller, many, htmx):
    url = {"HX-Current-URL": "http://testserver/deals/?q=deal+nothing"}
    assert seller.get(many, headers=htmx | url).content.decode().count('class="deal-card"') == 0


def test_without_htmx_it_is_the_table(seller, many):
    assert "/deals/table/?stage=" in seller.get(many)["Location"]


@pytest.mark.parametrize("shown", ["", "x", "-1", "99999999999999"])
def test_nonsense_shows_the_first(seller, many, htmx, shown):
    assert seller.get(f"{many}?shown={shown}", headers=htmx).status_code == 200


def test_who(manager, stranger, many, htmx):
    page = manager.get(many, headers=htmx)
    assert page.status_code == 200 and b"move-to" not in page.content
    assert stranger.get(many).status_code == 302
