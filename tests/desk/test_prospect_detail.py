"""The page of one prospect: does it say whose move it is, who to call, what is open and what happened?"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Activity, Standing
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>"


@pytest.fixture
def halden(installation):
    row = make.prospect("Halden Freight", city="Oakland", about="40 depots")
    dana = make.contact(row, "Dana Whitfield", ["dana@halden.example"], ["(415) 555-0142"], title="COO")
    make.deal(row, "Rollout", "Proposal", amount=Decimal(45000))
    make.activity(row, "email", contacts=[dana], direction="in", text="If the number works I can get Marcus.")
    make.step(row, "Call Dana with the price", clock.today(), contact=dana)
    return row


def test_it_says_what_matters(seller, halden):
    text = seller.get(f"/prospects/{halden.pk}/").content.decode()
    for words in (
        "Halden Freight",
        "Whose move",
        "Yours since today",
        "Call Dana with the price",
        "$45,000",
        "Dana Whitfield",
        "Rollout",
    ):
        assert words in text
    assert 'href="tel:+14155550142"' in text
    assert 'href="mailto:dana@halden.example"' in text
    assert "If the number works I can get Marcus." in text


def test_empty_says_what_to_do_first(seller, installation):
    row = make.prospect("Acme")
    text = seller.get(f"/prospects/{row.pk}/").content.decode()
    assert "Add who you talk to" in text
    assert "Log your first call" in text


def test_htmx_gets_the_body_alone(seller, halden, htmx):
    text = seller.get(f"/prospects/{halden.pk}/", headers=htmx).content.decode()
    assert text.startswith(f'<div class="page--split prospect-body" id="prospect-body-{halden.pk}"')
    assert "<html" not in text


def test_stranger_is_sent_to_the_login(stranger, halden):
    assert stranger.get(f"/prospects/{halden.pk}/").status_code == 302


def test_manager_sees_it_without_anything_to_press_and_without_private_lines(manager, halden):
    make.activity(halden, "note", on=clock.today(), text="between us", private=True)
    make.step(halden, "Secret plan", clock.today() - timedelta(days=1), private=True)
    text = manager.get(f"/prospects/{halden.pk}/").content.decode()
    assert "Halden Freight" in text and "Call Dana with the price" in text
    assert "between us" not in text and "Secret plan" not in text
    assert '<span class="count">1</span>' in text
    main = text[text.index("<main") : text.index("</main")]
    assert "<form" not in main and "/edit/" not in main and "/create/" not in main


def test_only_the_seller_is_you(seller, manager, halden):
    dana = make.contact(halden, "Dana Moss")
    make.activity(halden, "call", direction="out", outcome="no_answer", contacts=[dana])
    mine, theirs = (who.get(f"/prospects/{halden.pk}/").content.decode() for who in (seller, manager))
    assert "You called <b>Dana Moss</b>" in mine and "you promised" in mine
    assert "The seller called <b>Dana Moss</b>" in theirs and "the next step is promised" in theirs
    assert "You called" not in theirs and "ou promised" not in theirs


def test_a_number_that_is_wrong_is_struck_and_not_called(seller, installation):
    row = make.prospect("Acme")
    person = make.contact(row, "Lou")
    with make.submission() as entry:
        person.write(entry, phones=[["(415) 555-0142", "", True]])
    text = seller.get(f"/prospects/{row.pk}/").content.decode()
    assert "<s>(415) 555-0142</s> wrong number" in text
    assert "tel:" not in text


def test_the_local_time_of_a_person_is_shown(seller, installation, monkeypatch):
    row = make.prospect("Acme")
    make.contact(row, "Lou", time_zone="Europe/Berlin")
    at = clock.now().replace(year=2026, month=3, day=11, hour=8, minute=40)
    monkeypatch.setattr("crm.web.clock.now", lambda: at)
    assert "9:40\N{NO-BREAK SPACE}am there" in seller.get(f"/prospects/{row.pk}/").content.decode()


def test_markup_in_every_field_is_escaped(seller, installation):
    fields = dict.fromkeys(("source", "website", "phone", "address", "city", "country", "about"), MARKUP)
    row = make.prospect(MARKUP, **fields, extra={MARKUP: MARKUP})
    person = make.contact(row, MARKUP, [MARKUP], [MARKUP], title=MARKUP, about=MARKUP)
    deal = make.deal(row, MARKUP, end_reason=MARKUP)
    make.activity(row, contacts=[person], text=MARKUP + "x" * 700, subject=MARKUP, deal=deal, direction="in")
    make.step(row, MARKUP, clock.today(), contact=person)
    make.step(row, MARKUP, clock.today(), contact=person, owner="them")
    for address in (f"/prospects/{row.pk}/", "/prospects/", "/contacts/", f"/contacts/{person.pk}/"):
        assert MARKUP not in seller.get(address).content.decode()


def test_a_website_never_runs(seller, installation):
    row = make.prospect("Acme", website="javascript://halden.example/%0aalert(1)")
    assert 'href="javascript' not in seller.get(f"/prospects/{row.pk}/").content.decode()


def test_merged_prospects_lead_to_the_one_that_stayed(seller, halden):
    twin = make.prospect("Halden Inc")
    seller.post(f"/prospects/{twin.pk}/merge/", {"into": halden.pk})
    assert seller.get(f"/prospects/{twin.pk}/").url == f"/prospects/{halden.pk}/"


def test_query_count_does_not_grow(seller, halden):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            seller.get(f"/prospects/{halden.pk}/")
        return len(queries)

    few = count()
    for n in range(8):
        person = make.contact(halden, f"Person {n}", [f"p{n}@x.example"], [f"(415) 555-02{n:02}"])
        make.activity(halden, contacts=[person], on=clock.today() - timedelta(days=n), direction="out")
        make.deal(halden, f"Deal {n}")
        make.step(halden, f"Step {n}", clock.today(), contact=person)
    with make.submission() as entry:
        one = Activity.objects.first()
        Activity.objects.bulk_create(
            Activity(prospect=halden, kind="call", direction="out", on=one.on, attempt=True) for _ in range(1000)
        )
        entry.touch(one)
    assert Standing.objects.filter(prospect=halden).count() == 2
    assert count() == few <= 12
