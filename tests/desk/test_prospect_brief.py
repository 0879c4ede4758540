"""The brief's page: five lines at a glance, to copy, to print, as of any day."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.desk import merging
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def halden(installation):
    row = make.prospect("Halden Freight")
    dana = make.contact(row, "Dana Whitfield")
    make.deal(row, "Rollout", "Proposal", amount=45000, close_on=clock.today() + timedelta(days=20))
    make.activity(row, "email", direction="in", contacts=[dana], text="If the number works I can get Marcus.")
    make.step(row, "Call Dana with the price", clock.today(), contact=dana)
    return row


def test_it_shows_the_five_lines(seller, halden):
    text = seller.get(f"/prospects/{halden.pk}/brief/").content.decode()
    for words in ("Where it stands", "Last from them", "Whose move", "Next", "Biggest risk", "$45,000", "Copy as text"):
        assert words in text
    assert text.count("<dt>", text.index('class="brief"'), text.index("</dl>", text.index('class="brief"'))) == 5


def test_the_text_to_copy_is_all_of_it(seller, halden):
    text = seller.get(f"/prospects/{halden.pk}/brief/").content.decode()
    copied = re.search(r'data-copy="([^"]+)"', text)[1]
    assert copied.startswith("Halden Freight, ") and len(copied.strip().splitlines()) == 7


def test_the_sheet_gets_it_alone(seller, halden, htmx):
    text = seller.get(f"/prospects/{halden.pk}/brief/", headers=htmx).content.decode()
    assert text.startswith(f'<section class="sheet-body brief-sheet" id="prospect-brief-{halden.pk}"')
    assert "<html" not in text


def test_every_link_leads_to_something_that_is_there(seller, halden):
    for n in range(30):
        make.activity(halden, "call", on=clock.today(), direction="out", outcome="no_answer", text=f"try {n}")
    step = make.step(halden, "Send the questionnaire", clock.today(), owner="them")
    with make.submission() as entry:
        step.keep(entry, clock.today() + timedelta(days=1))
    text = seller.get(f"/prospects/{halden.pk}/brief/").content.decode()
    links = re.findall(r'href="(/(?:prospects|deals)/[^"]*#[^"]+)"', text)
    assert any("step-row-" in link for link in links)
    oldest = halden.activities.earliest("pk").pk
    for link in {*links, f"/prospects/{halden.pk}/?show={oldest}#activity-item-{oldest}"}:
        page, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in seller.get(page).content.decode()


def test_the_prospects_page_links_to_its_own_lines(seller, halden):
    text = seller.get(f"/prospects/{halden.pk}/").content.decode()
    anchor = f"activity-item-{halden.activities.get().pk}"
    assert f'<a href="#{anchor}">' in text and f'id="{anchor}"' in text


def test_as_of_a_past_day(seller, halden):
    day = clock.today() - timedelta(days=1)
    text = seller.get(f"/prospects/{halden.pk}/brief/?as_of={day}").content.decode()
    assert "No deal yet" in text and "If the number works" not in text


@pytest.mark.parametrize("day", ["", "soon", "2999-01-01", "0001-01-01", "2026-02-31"])
def test_what_is_no_past_day_is_now_and_said(seller, halden, day):
    text = seller.get(f"/prospects/{halden.pk}/brief/?as_of={day}").content.decode()
    assert "$45,000" in text and ("Above is today." in text) == bool(day)


def test_a_merged_prospect_leads_to_the_one_that_stays(seller, halden):
    other = make.prospect("Halden Freight Inc")
    with make.submission() as entry:
        merging.merge(other, halden, entry)
    assert seller.get(f"/prospects/{other.pk}/brief/").url == f"/prospects/{halden.pk}/brief/"
    assert seller.get("/prospects/999999/brief/").status_code == 404


def test_stranger_is_sent_to_the_login(stranger, halden):
    assert stranger.get(f"/prospects/{halden.pk}/brief/").status_code == 302


def test_manager_reads_it_without_private_lines_or_anything_to_press(manager, halden):
    make.activity(halden, "call", direction="in", outcome="connected", text="between us", private=True)
    make.step(halden, "Secret plan", clock.today() - timedelta(days=1), private=True)
    text = manager.get(f"/prospects/{halden.pk}/brief/").content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    assert "Call Dana with the price" in main and "method=" not in main.replace('method="get"', "")
    assert "between us" not in text and "Secret plan" not in text
    assert f"activity-item-{halden.activities.public().get().uuid}" in text


def test_few_queries(seller, halden):
    seller.get(f"/prospects/{halden.pk}/brief/")
    make.activity(halden, "note", text="so that nothing is remembered")
    with CaptureQueriesContext(connection) as asked:
        seller.get(f"/prospects/{halden.pk}/brief/")
    assert len(asked) <= 5


def test_few_queries_as_of_a_past_day(seller, installation):
    with time_machine.travel(clock.now() - timedelta(days=3), tick=False):
        row = make.prospect("Halden Freight")
        dana = make.contact(row, "Dana Whitfield")
        make.deal(row, "Rollout", "Proposal")
        make.activity(row, "email", direction="in", contacts=[dana], text="When do we start?")
    seller.get("/prospects/")
    with CaptureQueriesContext(connection) as asked:
        page = seller.get(f"/prospects/{row.pk}/brief/?as_of={clock.today() - timedelta(days=1)}")
    assert "When do we start?" in page.content.decode()
    assert len(asked) <= 12
