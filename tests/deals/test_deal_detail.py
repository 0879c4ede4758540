"""One deal: where it stands, its plan, its people, what happened."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


def page(client, deal, **headers):
    answer = client.get(f"/deals/{deal.pk}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def days(count):
    return clock.today() + timedelta(days=count)


def test_stands_in_one_sentence(seller, deal):
    step = make.step(deal.prospect, "Send the price", days(-2), deal=deal)
    assert "your step “Send the price” is <b>2 days late</b>" in page(seller, deal)
    with make.submission() as entry:
        step.reschedule(entry, days(3))
    assert "your move since today: you promised: Send the price" in page(seller, deal)


def test_slips_are_counted(seller, deal):
    for close in (days(40), days(55)):
        with make.submission() as entry:
            deal.close_on = close
            deal.write(entry)
    shown = page(seller, deal)
    assert "Slipped twice, by 25 days in all." in shown and "slipped twice, 25 days" in shown


def test_ended(seller, deal):
    with make.submission() as entry:
        deal.win(entry, reason="two-year price")
    shown = page(seller, deal)
    assert "<b>Won</b> on" in shown and "two-year price" in shown and "at $45,000" in shown
    assert "Move to…" not in shown and "Open again" in shown


def test_stages_that_were_passed_over_are_a_gap(seller, deal):
    with make.submission() as entry:
        deal.move_to(make.stage("Diagnosed"), entry)
    bar = page(seller, deal).split('<ol class="stages"')[1].split("</ol>")[0]
    assert [part.split('"')[0] for part in bar.split('data-state="')[1:]] == [
        "proved",
        "ahead",
        "here",
        "ahead",
        "ahead",
        "ahead",
    ]


def test_first_number_of_the_deal_is_offered_to_call(seller, deal, dana):
    with make.submission() as entry:
        deal.write(entry, people=[[dana.pk, "champion"]])
    shown = page(seller, deal)
    assert 'href="tel:+14155550142"' in shown and "Call Dana" in shown and "champion" in shown


def test_a_deal_of_nobody(seller, installation):
    assert "No Name Yet" in page(seller, make.deal(None, "No Name Yet"))


def test_htmx_gets_where_it_stands(seller, deal):
    shown = page(seller, deal, **{"HX-Request": "true"})
    assert shown.startswith('<section class="stands" id="deal-stands"')


def test_queries_do_not_grow(seller, deal, dana):
    def count():
        with CaptureQueriesContext(connection) as queries:
            page(seller, deal)
        return len(queries)

    def more():
        step = make.step(deal.prospect, "Call", days(1), deal=deal, contact=dana)
        with make.submission() as entry:
            step.reschedule(entry, days(2))
        for _ in range(5):
            make.activity(deal.prospect, deal=deal, contacts=[dana], text="x")
        with make.submission() as entry:
            deal.amount += Decimal(1)
            deal.write(entry)
        guest = make.contact(deal.prospect, "Guest", phones=["415 555 0199"])
        with make.submission() as entry:
            deal.write(entry, people=[*[[p.contact_id, p.role] for p in deal.people.all()], [guest.pk, ""]])

    more()
    page(seller, deal)
    few = count()
    for _ in range(5):
        more()
    assert count() == few <= 12


def test_managers_read_only_and_nothing_private(manager, deal, dana):
    make.step(deal.prospect, "Secret step", days(1), deal=deal, private=True)
    make.activity(deal.prospect, deal=deal, text="secret words", private=True)
    make.activity(deal.prospect, deal=deal, text="open words")
    make.step(deal.prospect, "Open step", days(-2), deal=deal)
    main = page(manager, deal).split("<main")[1].split("</main")[0]
    assert "open words" in main and "but the seller’s step “Open step”" in main
    for hidden in ("Secret step", "secret words", "<form", "data-sheet", "Add a step"):
        assert hidden not in main


def test_strangers_log_in(stranger, deal):
    assert stranger.get(f"/deals/{deal.pk}/").status_code == 302
