"""Who looked when: rarely written, never by the seller, never a part of a page."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from crm.access import looks
from crm.access.models import Look, Session
from tests import make
from tests.conventions.database import _WRITES

pytestmark = pytest.mark.django_db
AT = "2026-03-11T14:00:05Z"


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as at:
        yield at


@pytest.fixture
def browser(clock, installation, morgan, client):
    """Morgan's, signed in at AT."""
    client.force_login(morgan, backend="crm.access.backends.UserBackend")
    return client


def writes(client, url):
    """The SQL by which a GET writes."""
    found = []

    def watch(execute, sql, params, many, context):
        if _WRITES.match(sql):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        assert client.get(url).status_code == 200
    return found


def test_one_row_a_page_and_hour(browser, clock, morgan):
    for _ in range(3):
        browser.get("/deals/table/")
        browser.get("/prospects/")
        clock.shift(timedelta(minutes=20))
    assert sorted(Look.objects.values_list("page", flat=True)) == ["deal_list", "prospect_list"]
    browser.get("/deals/table/")
    assert Look.objects.filter(page="deal_list").count() == 2


def test_a_page_seen_again_writes_nothing_for_five_minutes(browser, clock):
    assert writes(browser, "/deals/table/")
    assert not writes(browser, "/deals/table/")
    clock.shift(timedelta(minutes=4, seconds=59))
    assert not writes(browser, "/deals/table/")
    clock.shift(timedelta(seconds=1))
    assert len(writes(browser, "/deals/table/")) == 2, "when the browser and the page were last seen"
    assert not writes(browser, "/deals/table/")
    assert Look.objects.get().at == Session.objects.get().seen_at


def test_the_seller_is_not_watched_but_their_browser_is_dated(clock, seller, sam):
    Session.objects.update(seen_at="2026-03-11T13:00:00Z")
    assert len(writes(seller, "/deals/table/")) == 1
    assert not writes(seller, "/deals/table/")
    assert not Look.objects.exists()


@pytest.mark.parametrize("url", ["/settings/", "/deals/export/", "/nothing/", "/password/"])
def test_what_is_no_page_of_the_sales_is_no_look(browser, url):
    browser.get(url)
    assert not Look.objects.exists()


def test_a_part_of_a_page_is_no_look(browser, htmx):
    browser.get("/prospects/", headers=htmx)
    assert not Look.objects.exists()


def test_two_people_do_not_share_their_rows(browser, clock, installation):
    from django.test import Client

    other = Client()
    other.force_login(make.user("Drew Gone", "manager"), backend="crm.access.backends.UserBackend")
    browser.get("/deals/table/")
    other.get("/deals/table/")
    assert Look.objects.count() == 2


def test_looks_are_forgotten_after_ninety_days(browser, clock):
    browser.get("/deals/table/")
    clock.shift(timedelta(days=91))
    assert looks.clear_old() == 1


def test_every_page_has_words():
    assert looks.words("deal_board") == "Board"
    assert looks.words("something_new") == "Something new"
