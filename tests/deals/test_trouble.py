"""What is wrong with a deal: one reason, the weightiest first, and the same in words."""

from datetime import timedelta

import pytest

from accounts.models import Standing
from crm.web import clock
from deals import trouble
from deals.models import Deal, Stage
from tests import make

pytestmark = pytest.mark.django_db


def found(user, installation, deal):
    stages = list(Stage.objects.in_order())
    marked = trouble.mark(Deal.objects.for_page(user), stages, installation, clock.today()).get(pk=deal.pk)
    return marked.trouble, trouble.reason(marked, installation, clock.today())


def days(count):
    return clock.today() + timedelta(days=count)


def test_nothing_planned(sam, installation, deal):
    assert found(sam, installation, deal) == ("no-step", "No next step")


def test_a_step_ahead_is_fine(sam, installation, deal):
    make.step(deal.prospect, due_on=days(0), deal=deal)
    assert found(sam, installation, deal) == ("", "")


def test_their_step_ahead_is_fine(sam, installation, deal):
    make.step(deal.prospect, due_on=days(2), deal=deal, owner="them")
    assert found(sam, installation, deal) == ("", "")


def test_yours_overdue_outweighs_theirs_and_the_close_date(sam, installation, deal):
    with make.submission() as entry:
        deal.close_on = days(-3)
        deal.write(entry)
    assert found(sam, installation, deal)[1] == "Close date passed"
    make.step(deal.prospect, due_on=days(-5), deal=deal, owner="them")
    assert found(sam, installation, deal)[1] == "They are 5 days late"
    make.step(deal.prospect, due_on=days(-1), deal=deal)
    assert found(sam, installation, deal)[1] == "1 day late"


def test_silence_by_tries_and_by_days(sam, installation, deal):
    make.step(deal.prospect, due_on=days(3), deal=deal)
    make.activity(deal.prospect, "email", on=days(-20), direction="in", deal=deal)
    assert found(sam, installation, deal) == ("quiet", "Quiet for 20 days")
    for _ in range(installation.silence_budget):
        make.activity(deal.prospect, "call", on=days(-1), direction="out", outcome="no_answer", deal=deal)
    assert found(sam, installation, deal) == ("quiet", "Quiet, 4 tries")


def test_rotting(sam, installation, deal):
    make.step(deal.prospect, due_on=days(3), deal=deal)
    Deal.objects.update(stage_since=days(-200))
    assert found(sam, installation, deal) == ("rotting", "200 days in Conversation")


def test_an_ended_deal_has_no_trouble(sam, installation, deal):
    with make.submission() as entry:
        deal.lose(entry)
    assert found(sam, installation, deal) == ("", "")


def test_managers_do_not_see_that_a_private_step_is_late(sam, morgan, installation, deal):
    make.step(deal.prospect, due_on=days(-2), deal=deal, private=True)
    assert found(sam, installation, deal)[0] == "late"
    assert found(morgan, installation, deal)[0] == "no-step"


def test_a_deal_without_a_standing_is_still_told_of(sam, installation, deal):
    Standing.objects.all().delete()
    assert found(sam, installation, deal) == ("no-step", "No next step")
