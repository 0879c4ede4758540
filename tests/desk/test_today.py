"""The page: what do I do next?"""

from datetime import date

import pytest
import time_machine

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel("2026-03-11T13:30:00Z", tick=False):
        yield


def test_shows_the_card_the_reasons_and_the_number(seller):
    halden = make.prospect("Halden Freight")
    dana = make.contact(halden, "Dana Whitfield", phones=["(415) 555-0142"])
    make.step(halden, "Send the two-year price", "2026-03-10", kind="call", contact=dana)
    text = seller.get("/").content.decode()
    assert "Call Dana Whitfield" in text
    assert "Send the two-year price. Promised for yesterday" in text
    assert "tel:" in text and "(415) 555-0142" in text


def test_empty_says_what_to_do_first(seller):
    text = seller.get("/").content.decode()
    assert "Your day starts with one line" in text
    assert "Load sample data" in text


def test_an_empty_day_offers_the_best_people_to_call(seller):
    halden = make.prospect("Halden Freight")
    deal = make.deal(halden)
    make.step(halden, "Call", "2026-04-20", deal=deal)
    text = seller.get("/").content.decode()
    assert "Nothing is due" in text and "Halden Freight" in text


def test_htmx_gets_the_fragment_alone(seller, htmx):
    answer = seller.get("/", headers=htmx)
    assert answer.content.decode().startswith('<div class="page--split" id="today-desk"')


def test_a_group_is_cut_and_can_be_opened(seller):
    halden = make.prospect("Halden Freight")
    for n in range(12):
        make.step(halden, f"Thing number {n}.", "2026-03-10")
    text = seller.get("/").content.decode()
    assert "5 more" in text
    assert seller.get("/?all=overdue").content.decode().count("Thing number") > text.count("Thing number")


def test_markup_in_names_is_text(seller):
    make.step(make.prospect("<script>alert(1)</script>"), "<img src=x onerror=alert(1)>", "2026-03-11")
    text = seller.get("/").content.decode()
    assert "<script>alert" not in text and "<img" not in text


@pytest.mark.parametrize("query", ["?all=nonsense", "?key=step-999999", "?panel=nonsense&key=%07", "?pick=1"])
def test_nonsense_in_the_address_is_no_error(seller, query):
    make.step(make.prospect(), "Call", "2026-03-11")
    assert seller.get(f"/{query}").status_code == 200


def test_stranger_is_sent_to_the_door(stranger):
    answer = stranger.get("/")
    assert answer.status_code == 302 and answer.url.startswith("/login/")


def test_manager_has_no_day_here(manager):
    assert manager.get("/").url == "/status/"


def test_query_count_does_not_grow(seller, django_assert_max_num_queries):
    halden = make.prospect("Halden Freight")
    for n in range(3):
        dana = make.contact(halden, f"Dana {n}", phones=["(415) 555-0142"])
        make.step(halden, f"Call {n}", date(2026, 3, 10), contact=dana, deal=make.deal(halden, f"Deal {n}"))
    with django_assert_max_num_queries(12):
        seller.get("/")
    for n in range(60):
        other = make.prospect(f"Prospect {n}")
        make.step(
            other, f"Call {n}", date(2026, 3, 10), contact=make.contact(other), deal=make.deal(other, f"Other {n}")
        )
    with django_assert_max_num_queries(12):
        seller.get("/")
