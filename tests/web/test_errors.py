"""Error pages say what happened and what was kept; htmx gets a toast and swaps nothing."""

import json

import pytest
from django.test import Client, RequestFactory

from crm.web import errors
from tests import make

pytestmark = pytest.mark.django_db


def toast(answer):
    assert answer["HX-Reswap"] == "none"
    return json.loads(answer["HX-Trigger"])["toast"]


def test_nothing_at_this_address(seller, htmx):
    assert b"Not here" in seller.get("/nothing/").content
    assert toast(seller.get("/nothing/", headers=htmx)) == {"text": "That is not here any more.", "tone": "bad"}


def test_a_manager_may_look_but_not_change(manager, htmx):
    assert b"Not yours to change" in manager.post("/settings/cadence/").content
    answer = manager.post("/settings/cadence/", headers=htmx)
    assert answer.status_code == 403
    assert toast(answer)["text"] == "You may look, but not change this."


def test_a_form_that_lost_its_key(sam, htmx):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sam, backend="crm.access.backends.UserBackend")
    assert b"This page was open too long" in client.post("/settings/cadence/").content
    answer = client.post("/settings/cadence/", headers=htmx)
    assert answer.status_code == 403
    assert "open too long" in toast(answer)["text"]


def test_something_broke_and_the_page_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"broke on our side" in answer.content


def test_what_cannot_be_read(installation):
    make.user("Sam Porter", "seller")
    assert Client().get("/login/", headers={"Host": "evil example"}).status_code == 400
