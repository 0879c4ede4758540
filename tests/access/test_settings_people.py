from datetime import timedelta

import pytest
import time_machine

from crm.access import inviting
from crm.access.models import Look, OneTimeLink
from tests import make

pytestmark = pytest.mark.django_db
URL = "/settings/people/"


def test_lists_who_may_come_in_and_how_to_let_more_in(seller, morgan):
    page = seller.get(URL).content.decode()
    assert "sam@callback.example" in page and "morgan@callback.example" in page
    assert "has not looked yet" in page
    assert 'action="/invitations/create/"' in page


def test_says_who_looked_at_what_and_when(seller, manager, morgan):
    with time_machine.travel("2026-03-11T14:00:00Z", tick=False) as at:
        manager.get("/deals/table/")
        at.shift(timedelta(minutes=50))
        manager.get("/prospects/")
        at.shift(timedelta(minutes=15))
        page = seller.get(URL).content.decode()
    looks = page.split("What Morgan Vale looked at")[1].split("</details>")[0]
    assert looks.index("Prospects") < looks.index("Deals")
    assert "15 min ago" in page.split("morgan@callback.example")[1].split("</small>")[0]


def test_lists_who_is_invited_and_not_here_yet(seller, sam):
    inviting.invite("kim@callback.example", "Kim Ode")
    OneTimeLink.make(OneTimeLink.INVITATION, timedelta(0), email="late@callback.example")
    page = seller.get(URL).content.decode()
    assert "Kim Ode" in page and "late@callback.example" not in page


def test_says_who_may_not_any_more(seller, morgan):
    morgan.is_active = False
    morgan.save()
    assert b"may not sign in" in seller.get(URL).content


def test_manager_sees_the_people_and_not_who_looked(manager, morgan):
    other = make.user("Drew Gone", "manager")
    inviting.invite("kim@callback.example", "")
    Look.objects.create(user=other, page="deal_board", hour="2026-03-11T14:00Z")
    page = manager.get(URL).content.decode()
    assert "Morgan Vale" in page and "Drew Gone" in page
    for word in ("/invitations/", "kim@callback.example", "looked", "Remove", "New password"):
        assert word not in page


def test_queries_stay_the_same_with_more_people(seller, morgan, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        seller.get(URL)
    for n in range(20):
        user = make.user(f"Kim{n} Ode", "manager")
        Look.objects.create(user=user, page="deal_board", hour="2026-03-11T14:00Z")
    with django_assert_max_num_queries(12):
        seller.get(URL)


def test_stranger_is_sent_to_login(stranger):
    assert stranger.get(URL).status_code == 302
