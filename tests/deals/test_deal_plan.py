"""The plan: steps in order, two sides, kept, missed and late."""

from datetime import timedelta

import pytest

from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


def test_rows(seller, deal, htmx):
    today = clock.today()

    def step(what, due, done=None, **more):
        row = make.step(deal.prospect, what, today + timedelta(days=due), deal=deal, **more)
        if done is not None:
            with make.submission() as entry:
                row.keep(entry, on=today + timedelta(days=done))
        return row

    step("Kept", -9, -9)
    step("Missed", -8, -5)
    step("Late", -2, owner="them")
    step("Now", 0)
    step("Gate", 4, go_no_go=True)
    make.step(deal.prospect, "Some day", deal=deal)
    moved = step("Moved", 3)
    dropped = step("Dropped one", 6)
    with make.submission() as entry:
        moved.reschedule(entry, today + timedelta(days=5))
    with make.submission() as entry:
        dropped.drop(entry)
    plan = seller.get(f"/deals/{deal.pk}/plan/", headers=htmx).content.decode()
    states = [part.split('"')[0] for part in plan.split('data-state="')[1:]]
    assert states == ["kept", "missed", "late", "today", "open", "open", "open"]
    assert "2 of 7 behind you" in plan and "1 dropped" in plan
    assert "no day" in plan
    assert 'class="gate"' in plan and ">was " in plan


def test_without_htmx_it_is_the_page(seller, deal):
    assert seller.get(f"/deals/{deal.pk}/plan/")["Location"] == f"/deals/{deal.pk}/#deal-plan"


def test_managers_see_it_without_private_steps(manager, deal, htmx):
    make.step(deal.prospect, "Secret", clock.today(), deal=deal, private=True)
    make.step(deal.prospect, "Open", clock.today(), deal=deal)
    plan = manager.get(f"/deals/{deal.pk}/plan/", headers=htmx).content.decode()
    assert "Open" in plan and "Secret" not in plan and "0 of 1" in plan and "<form" not in plan


def test_strangers_log_in(stranger, deal):
    assert stranger.get(f"/deals/{deal.pk}/plan/").status_code == 302
