"""How far somebody has read what changed: by the button, or on its own after a while; each has their own mark."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from crm.desk.models import StatusMark
from crm.web import clock
from deals.models import DealChange
from tests import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 11, 16, tzinfo=clock._UTC)


@pytest.fixture(autouse=True)
def travel(installation):
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def deal():
    return make.deal(make.prospect("Halden Freight"), amount=Decimal(45000))


def form(client, **more):
    shown = client.get("/status/").context["status"]
    return {"until": shown.now.isoformat(), "change": shown.last, **more}


def kinds(client, **query):
    shown = client.get("/status/", query).context["status"]
    return shown.since.kind, [one.kind.code for one in shown.changes]


def grow(deal, amount):
    with make.submission() as entry:
        deal.amount = Decimal(amount)
        deal.write(entry)
    return entry


def test_by_hand_the_list_is_empty_at_once(manager, deal, morgan):
    assert kinds(manager) == ("first", ["new"])
    answer = manager.post("/status/seen/", form(manager, by_hand="1"))
    assert (answer.status_code, answer.url) == (303, "/status/")
    assert kinds(manager) == ("mark", [])
    assert StatusMark.objects.get().user == morgan


def test_looking_marks_nothing(manager, deal):
    manager.get("/status/")
    assert not StatusMark.objects.exists()


def test_on_its_own_the_list_stays_for_the_visit(manager, deal, travel, htmx):
    answer = manager.post("/status/seen/", form(manager), headers=htmx)
    assert answer.status_code == 200 and "stays here for an hour" in answer.content.decode()
    assert kinds(manager) == ("first", ["new"])
    travel.shift(timedelta(minutes=50))
    grow(deal, 50000)
    manager.post("/status/seen/", form(manager), headers=htmx)
    travel.shift(timedelta(minutes=50))
    assert kinds(manager) == ("first", ["new"])  # the visit goes on
    travel.shift(timedelta(minutes=11))
    assert kinds(manager) == ("mark", [])
    grow(deal, 60000)
    assert kinds(manager) == ("mark", ["grew"])


def test_what_came_after_the_page_was_drawn_is_not_lost(manager, deal):
    sent = form(manager, by_hand="1")
    grow(deal, 50000)
    manager.post("/status/seen/", sent)
    assert kinds(manager) == ("mark", ["grew"])


def test_an_older_page_never_takes_the_mark_back(manager, deal, travel):
    old = form(manager, by_hand="1")
    travel.shift(timedelta(minutes=5))
    grow(deal, 50000)
    manager.post("/status/seen/", form(manager, by_hand="1"))
    manager.post("/status/seen/", old)
    assert kinds(manager) == ("mark", [])


def test_sent_twice_is_once(manager, deal):
    sent = form(manager, by_hand="1")
    for _ in range(2):
        assert manager.post("/status/seen/", sent).status_code == 303
    assert StatusMark.objects.count() == 1


def test_each_has_their_own_mark(manager, seller, deal):
    other = make.user("Robin Lake", "manager")
    from django.test import Client

    robin = Client()
    robin.force_login(other, backend="crm.access.backends.UserBackend")
    manager.post("/status/seen/", form(manager, by_hand="1"))
    grow(deal, 50000)
    robin.post("/status/seen/", form(robin, by_hand="1"))
    grow(deal, 60000)
    assert kinds(manager) == ("mark", ["grew"])
    assert manager.get("/status/").context["status"].changes[0].words == "$45,000 to $60,000, $15,000 more"
    assert robin.get("/status/").context["status"].changes[0].words == "$50,000 to $60,000, $10,000 more"
    assert kinds(seller) == ("first", ["new"])


def test_an_import_with_dates_of_long_ago_is_new_to_who_looked_before_it(manager, deal, travel):
    manager.post("/status/seen/", form(manager, by_hand="1"))
    travel.shift(timedelta(minutes=1))
    late = make.deal(make.prospect("Imported"), amount=Decimal(1))
    DealChange.objects.filter(deal=late).update(known_at=NOON - timedelta(days=300))
    assert kinds(manager) == ("mark", ["new"])


def test_other_ranges_mark_nothing_and_say_so(manager, deal):
    manager.post("/status/seen/", form(manager, by_hand="1"))
    assert kinds(manager, since="7") == ("days", ["new"])
    assert "status-seen" not in manager.get("/status/?since=7").content.decode().replace("status-seen from", "")


@pytest.mark.parametrize(
    "sent", [{}, {"until": "soon", "change": "1"}, {"until": "2026-03-11T16:00:00+00:00", "change": "-1"}]
)
def test_nonsense_is_refused(manager, sent, htmx):
    assert manager.post("/status/seen/", sent, headers=htmx).status_code == 422
    assert not StatusMark.objects.exists()


def test_nobody_has_read_what_is_not_there_yet(manager, deal, travel):
    manager.post("/status/seen/", {"until": "2036-03-11T16:00:00+00:00", "change": "99999", "by_hand": "1"})
    travel.shift(timedelta(seconds=1))
    grow(deal, 50000)
    assert kinds(manager) == ("mark", ["grew"])


def test_a_stranger_signs_in_first(stranger):
    assert stranger.post("/status/seen/", {}).url.startswith("/login/")


def test_a_look_is_no_mark(manager):
    assert manager.get("/status/seen/").status_code == 405
