"""What a seller's device keeps to be read without a connection."""

import pytest

from accounts.models import Step
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(installation):
    halden = make.prospect("Halden Freight")
    dana = make.contact(halden, "Dana Whitfield", phones=["415 555 0142"])
    make.activity(halden, contacts=[dana], outcome="connected")
    make.deal(halden, "Halden rollout", amount=45000)
    make.step(halden, "Call Dana back", clock.today(), contact=dana, kind="call")
    lou = make.contact(make.prospect("Ember Roofing"), "Lou Berg")
    make.step(lou.prospect, "Send the price", clock.today(), contact=lou, owner="them")
    return dana


def test_the_queue_the_people_and_the_briefs(seller, day):
    kept = seller.get("/offline/").json()
    mine = next(one for one in kept["queue"] if one["what"] == "Call Dana back")
    assert (mine["title"], mine["group"], mine["tel"]) == ("Call Dana Whitfield", "Due today", "tel:+14155550142")
    assert mine["step"] == Step.objects.get(what="Call Dana back").pk
    # What they owe is not ticked off by the way.
    assert next(one for one in kept["queue"] if one["what"] == "Send the price")["step"] is None
    people = {one["name"]: one["prospect"] for one in kept["people"]}
    assert people == {"Dana Whitfield": "Halden Freight", "Lou Berg": "Ember Roofing"}
    brief = next(one for one in kept["briefs"] if one["prospect"] == "Halden Freight")
    assert len(brief["lines"]) == 5 and "45,000" in brief["lines"][0]["text"]


def test_a_wrong_number_is_told_without_a_connection_too(seller, day):
    own = day.prospect
    assert {one["wrong"] for one in seller.get("/offline/").json()["briefs"]} == {""}
    own.phone = own.wrong_phone = "+1 415 555 0100"
    with make.submission() as entry:
        own.write(entry)
    wrong = {one["prospect"]: one["wrong"] for one in seller.get("/offline/").json()["briefs"]}
    assert wrong == {"Halden Freight": "tel:+14155550100", "Ember Roofing": ""}


def test_nothing_of_it_lands_in_a_cache(seller):
    assert seller.get("/offline/")["Cache-Control"] == "no-store, private"


def test_as_many_queries_for_many(seller, day, django_assert_max_num_queries):
    for number in range(30):
        person = make.contact(make.prospect(f"Prospect {number}"), f"Kim {number}")
        make.step(person.prospect, f"Call {number}", clock.today(), contact=person)
        make.activity(person.prospect, contacts=[person])
    with django_assert_max_num_queries(18):
        seller.get("/offline/")


def test_a_stranger_and_a_manager_get_nothing(stranger, manager, day):
    assert stranger.get("/offline/").status_code == 302
    assert manager.get("/offline/").status_code == 403
