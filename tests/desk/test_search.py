"""Find: everything by the beginnings of words, and nothing that is private to others."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.desk.search import Marker
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>"


@pytest.fixture
def halden(installation):
    row = make.prospect("Halden Freight", city="Oakland")
    dana = make.contact(row, "Dana Whitfield", ["dana@halden.example"], ["(415) 555-0142"])
    make.deal(row, "Halden rollout", "Proposal", amount=Decimal(45000))
    make.activity(row, contacts=[dana], text="she asked about the forklift warranty", on=clock.today())
    make.activity(row, "note", text="forklift rumour between us", private=True, on=clock.today())
    return row


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hal", ["<mark>Hal</mark>den Freight", "Proposal, $45,000", "<mark>Hal</mark>den rollout", "Call Dana at"]),
        ("HALDEN fre", ["<mark>Halden</mark> <mark>Fre</mark>ight"]),
        ("dana", ["<mark>Dana</mark> Whitfield", "Halden Freight"]),
        ("dana@halden.example", ["Dana"]),
        ("415 555 0142", ["Dana Whitfield"]),
        ("(415) 555-0142", ["Dana Whitfield"]),
        ("5550142", ["Dana Whitfield"]),
        ("forklift", ["the <mark>forklift</mark> warranty", "rumour"]),
    ],
)
def test_finds(seller, halden, text, found):
    answer = seller.get("/search/", {"q": text}).content.decode()
    for words in found:
        assert words in answer


def test_accents_do_not_count(seller, installation):
    make.prospect("Ångström Çelik")
    assert "<mark>Ångstr</mark>öm" in seller.get("/search/?q=angstr").content.decode()
    assert "<mark>Çel</mark>ik" in seller.get("/search/?q=ÇEL").content.decode()


def test_deal_found_by_why_it_ended_says_so(seller, halden):
    with make.submission() as entry:
        make.deal(halden, "Forklift lease").lose(entry, reason="went with Incumbent & Sons")
    answer = seller.get("/search/?q=incumb").content.decode()
    assert "Forklift lease: went with <mark>Incumb</mark>ent &amp; Sons" in answer
    assert "Incumbent" not in seller.get("/search/?q=lease").content.decode()


def test_private_lines_are_not_there_for_a_manager(manager, halden):
    answer = manager.get("/search/?q=forklift").content.decode()
    assert "warranty" in answer and "rumour" not in answer
    assert "rumour" not in manager.get("/search/?q=rumour").content.decode().replace("q=rumour", "").replace(
        "<q>rumour</q>", ""
    ).replace('value="rumour"', "").replace("<title>rumour", "")


def test_manager_is_offered_nothing_that_writes(manager, halden):
    answer = manager.get("/search/?q=halden").content.decode()
    assert "Log something" not in answer and "Call Dana" in answer.replace("<mark>", "").replace("</mark>", "")


def test_empty_shows_what_was_touched_lately(seller, halden, htmx):
    answer = seller.get("/search/", headers=htmx).content.decode()
    assert "Touched lately" in answer and "Halden Freight" in answer


def test_nothing_found_offers_to_make_it(seller, installation):
    answer = seller.get("/search/?q=Zor%26g").content.decode()
    assert "/prospects/create/?name=Zor%26g" in answer


def test_the_palette_gets_the_fragment(seller, halden, htmx):
    answer = seller.get("/search/?q=hal", headers=htmx).content.decode()
    assert answer.startswith('<div class="palette-results" id="search-results">')


@pytest.mark.parametrize("text", ['"', "*", "a OR b", "NEAR(", "-", "title:x", "%", "'", "\\", "a" * 5000, "( )"])
def test_operators_are_plain_characters(seller, halden, text):
    assert seller.get("/search/", {"q": text}).status_code == 200


def test_markup_is_escaped(seller, installation):
    row = make.prospect(f"Zed {MARKUP}")
    make.contact(row, f"Zed {MARKUP}", phones=["(415) 555-0142"])
    make.deal(row, f"Zed {MARKUP}")
    make.activity(row, text=f"zed {MARKUP} " * 20, on=clock.today())
    for text in ("zed", MARKUP, "script"):
        assert MARKUP not in seller.get("/search/", {"q": text}).content.decode()


def test_trash_is_not_found(seller, halden):
    seller.post(f"/prospects/{halden.pk}/delete/")
    answer = seller.get("/search/?q=forklift", headers={"HX-Request": "true"}).content.decode()
    assert "Nothing begins with" in answer


def test_stranger(stranger, installation):
    assert stranger.get("/search/?q=a").status_code == 302


def test_query_count_does_not_grow(seller, halden):
    def count():
        with CaptureQueriesContext(connection) as queries:
            seller.get("/search/?q=hal")
        return len(queries)

    make.contact(halden, "Hal", phones=["(415) 555-0143"])
    make.activity(halden, text="hal", on=clock.today())
    few = count()
    for n in range(12):
        row = make.prospect(f"Hal {n}")
        make.contact(row, f"Hal {n}", phones=["(415) 555-0142"])
        make.deal(row, f"Hal {n}")
        make.activity(row, text="hal", on=clock.today())
    assert count() == few <= 12


def test_marking():
    marker = Marker("ae o'b")
    assert marker.marked("Æther & O’Brien") == "<mark>Æ</mark>ther &amp; <mark>O’B</mark>rien"
    assert Marker("").marked("<b>") == "&lt;b&gt;"
    long = "word " * 100 + "needle " + "word " * 100
    assert Marker("needle").snippet(long).startswith("… ") and "<mark>needle</mark>" in Marker("needle").snippet(long)


def test_the_brief_is_one_key_or_tap_away(seller, halden, htmx):
    text = seller.get("/search/?q=halden", headers=htmx).content.decode()
    brief = f"/prospects/{halden.pk}/brief/"
    assert f'<a href="/prospects/{halden.pk}/" data-brief="{brief}">' in text
    assert f'<a href="{brief}" data-brief="{brief}" data-sheet>' in text and "Brief of" in text
