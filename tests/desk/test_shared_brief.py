"""What a link shows, to whom, and that nothing else follows from having one."""

import re
import time
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.access.models import AuditEvent
from crm.desk import sharing
from crm.desk.merging import merge
from crm.desk.models import ShareLink
from crm.web import clock
from tests import make

from .shares import make_link

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_guessed_yet():
    cache.clear()


@pytest.fixture
def halden(sam):
    row = make.prospect("Halden Freight")
    make.deal(row, "Freight rollout", amount=45000)
    make.activity(row, "call", direction="in", outcome="connected", text="They asked for the price")
    make.activity(row, "note", text="seventh seal", private=True)
    make.step(row, "Seventh seal too", clock.today().isoformat(), private=True)
    return row


@pytest.fixture
def linked(sam, halden):
    return make_link(sam, halden)


def test_shows_the_brief_as_others_see_it(linked, stranger):
    text = stranger.get(linked[1]).content.decode()
    for words in ("Halden Freight", "Sam Porter", "As of now", "works until", "$45,000"):
        assert words in text
    assert text.count("<dt>") == 5
    assert "seventh seal" not in text.casefold()


def test_nothing_on_it_leads_anywhere(linked, stranger):
    text = stranger.get(linked[1]).content.decode()
    assert "<a " not in text and "<form" not in text and "<script" not in text and "manifest" not in text
    assert "hx-" not in text and "tel:" not in text and "mailto:" not in text
    assert set(re.findall(r'(?:href|src)="(/[^"]*)"', text)) == {
        found for found in re.findall(r'(?:href|src)="(/[^"]*)"', text) if found.startswith("/static/")
    }


def dead_links(sam, halden):
    """{what is wrong: address}, each made in its own way."""
    never = f"/s/{'A' * 43}/"
    expired, expired_address = make_link(sam, halden)
    ShareLink.objects.filter(pk=expired.pk).update(expires_at=clock.now() - timedelta(seconds=1))
    revoked, revoked_address = make_link(sam, halden)
    revoked.revoke()
    status, status_address = make_link(sam)
    status.revoke()
    thrown, merged = make.prospect("Thrown Away"), make.prospect("Halden Freight Inc")
    _, thrown_address = make_link(sam, thrown)
    _, merged_address = make_link(sam, merged)
    with make.submission() as entry:
        thrown.trash(entry)
    with make.submission() as entry:
        merge(merged, halden, entry)
    return {
        "never existed": never,
        "expired": expired_address,
        "revoked": revoked_address,
        "status revoked": status_address,
        "in the trash": thrown_address,
        "merged": merged_address,
        "malformed": "/s/%F0%9F%94%91;'--/",
        "long": f"/s/{'x' * 3000}/",
        "a hash": f"/s/{expired.token_hash}/",
        "an id": f"/s/{expired.pk}/",
    }


def seen(client, address):
    answer = client.get(address)
    return answer.status_code, dict(answer.headers), answer.content, dict(answer.cookies)


def test_whatever_is_wrong_looks_the_same(sam, halden, stranger):
    answers = {what: seen(stranger, address) for what, address in dead_links(sam, halden).items()}
    first = answers["never existed"]
    assert first[0] == 404 and b"does not work" in first[2]
    assert {what for what, answer in answers.items() if answer != first} == set()


def test_a_disabled_author_ends_the_link(sam, halden, linked, stranger):
    never = seen(stranger, f"/s/{'A' * 43}/")
    sam.is_active = False
    sam.save()
    assert seen(stranger, linked[1]) == never


def test_every_dead_link_takes_the_same_query(sam, halden, stranger):
    asked = {}
    for what, address in dead_links(sam, halden).items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            stranger.get(address)
        asked[what] = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]
    assert len({tuple(queries) for queries in asked.values()}) == 1
    assert any("token_hash" in query for query in asked["expired"])


def test_every_dead_link_takes_the_same_time(sam, halden, stranger):
    dead = dead_links(sam, halden)
    taken = {what: [] for what in ("never existed", "expired", "revoked", "in the trash")}
    for _ in range(12):
        cache.clear()
        for what, times in taken.items():
            # The work of this thread alone, and the least of it: how busy the machine is says nothing.
            start = time.thread_time()
            stranger.get(dead[what])
            times.append(time.thread_time() - start)
    least = [min(times) for times in taken.values()]
    assert max(least) < 2 * min(least) + 0.002


@pytest.mark.parametrize("alive", [True, False])
def test_nobody_keeps_finds_or_passes_it_on(linked, stranger, alive):
    answer = stranger.get(linked[1] if alive else f"/s/{'A' * 43}/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer["X-Frame-Options"] == "DENY" and "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies and "Set-Cookie" not in answer.headers
    assert b'name="robots" content="noindex' in answer.content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("alive", [True, False])
def test_only_reading(linked, method, alive):
    strict = Client(enforce_csrf_checks=True)
    answer = getattr(strict, method)(linked[1] if alive else f"/s/{'A' * 43}/")
    assert answer.status_code in (403, 405) and b"Halden" not in answer.content


def test_head_reads_no_less_and_counts_nothing(linked, stranger):
    assert stranger.head(linked[1]).status_code == 200
    assert ShareLink.objects.get().open_count == 0


def test_a_link_is_for_its_own_record(sam, halden, linked, stranger):
    """Secondary ids: whatever else is asked for along with the token."""
    other = make.prospect("Globex")
    _, others = make_link(sam, other)
    plain = stranger.get(linked[1]).content
    for query in (f"?prospect={other.pk}", f"?pk={other.pk}", "?kind=status", "?as_of=2026-01-01", "?q=Globex"):
        assert stranger.get(linked[1] + query).content == plain
        assert b"Globex" not in plain
    for path in (f"{linked[1]}{other.pk}/", f"/s/{linked[0].pk}/", f"{linked[1]}../{other.pk}/"):
        assert stranger.get(path).status_code == 404
    assert b"Halden" not in stranger.get(others).content


def test_the_token_opens_no_other_door(linked, stranger):
    token = linked[1].split("/")[2]
    stranger.get(linked[1])
    for address in (f"/setup/{token}/", f"/undo/{uuid.UUID(int=0)}/?token={token}"):
        assert stranger.get(address).status_code in (302, 404)
    for address in ("/", f"/prospects/{linked[0].prospect_id}/", "/search/?q=halden", "/shares/"):
        headers = {"Authorization": f"Bearer {token}", "Referer": f"http://testserver{linked[1]}"}
        assert stranger.get(address, headers=headers).status_code == 302


def test_opening_is_counted_once_a_minute(sam, linked, stranger, time_machine):
    link = linked[0]
    start = clock.now()
    for seconds in (0, 1, 30, 59):
        time_machine.move_to(start + timedelta(seconds=seconds), tick=False)
        stranger.get(linked[1])
    link.refresh_from_db()
    assert (link.open_count, link.last_opened_at) == (1, start)
    time_machine.move_to(start + timedelta(seconds=61), tick=False)
    stranger.get(linked[1])
    link.refresh_from_db()
    assert link.open_count == 2
    assert [event.what for event in AuditEvent.objects.filter(action="share_opened")] == ["the brief of Halden Freight"]


def test_a_crawler_fills_nothing(linked, stranger):
    counts = lambda: (ShareLink.objects.count(), AuditEvent.objects.count())  # noqa: E731
    stranger.get(linked[1])
    before = counts()
    for number in range(30):
        stranger.get(linked[1])
        stranger.get(f"/s/{number:043}/")
    assert counts() == before


def test_guessing_is_told_to_wait(linked, stranger):
    for number in range(sharing.MISSES):
        assert stranger.get(f"/s/{number:043}/").status_code == 404
    dead, alive = stranger.get(f"/s/{'B' * 43}/"), stranger.get(linked[1])
    assert dead.status_code == alive.status_code == 429 and dead.content == alive.content
    assert alive["Cache-Control"] == "no-store" and int(alive["Retry-After"]) > 0
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get(linked[1]).status_code == 200


def test_expires_at_its_moment(linked, stranger, time_machine):
    time_machine.move_to(linked[0].expires_at - timedelta(seconds=1))
    assert stranger.get(linked[1]).status_code == 200
    time_machine.move_to(linked[0].expires_at)
    assert stranger.get(linked[1]).status_code == 404


def test_from_the_trash_it_comes_back(sam, halden, linked, stranger):
    with make.submission() as entry:
        halden.trash(entry)
    assert stranger.get(linked[1]).status_code == 404
    entry.undo()
    assert stranger.get(linked[1]).status_code == 200


def test_seller_and_manager_see_what_anybody_sees(linked, seller, manager, stranger, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    assert seller.get(linked[1]).content == manager.get(linked[1]).content == stranger.get(linked[1]).content


def test_few_queries(linked, stranger, django_assert_max_num_queries):
    stranger.get(linked[1])
    with django_assert_max_num_queries(12):
        stranger.get(linked[1])


# The status page by a link ---------------------------------------------------------------------------


@pytest.fixture
def status_link(sam, halden):
    return make_link(sam)


def test_the_status_page_as_others_see_it(status_link, stranger):
    text = stranger.get(status_link[1]).content.decode()
    for words in ("1 open account, $45,000", "Halden Freight", "By stage", "Won and lost", "As of now", "Sam Porter"):
        assert words in text
    assert "seventh seal" not in text.casefold()


def test_nothing_on_the_status_page_leads_anywhere(status_link, stranger):
    text = stranger.get(status_link[1]).content.decode()
    for way in ("<a ", "<form", "<script", "<input", "hx-", "/prospects/", "/deals/", "/status/"):
        assert way not in text


def test_filters_open_nothing_else(status_link, stranger, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    plain = stranger.get(status_link[1]).content
    for query in (
        "?as_of=2026-01-01",
        "?shown=600",
        "?q=nothing",
        "?changes=all&ended=all",
        "?part=accounts",
        "?period=x",
    ):
        assert stranger.get(status_link[1] + query).content == plain


def test_looking_at_it_marks_nothing_as_read(status_link, seller):
    from crm.desk.models import StatusMark

    seller.get(status_link[1])
    assert not StatusMark.objects.exists()


def test_the_status_page_of_nothing(sam, stranger):
    assert "No account is open." in stranger.get(make_link(sam)[1]).content.decode()


def test_a_link_of_a_brief_is_no_link_to_the_status(linked, status_link, stranger):
    assert b"Won and lost" not in stranger.get(linked[1]).content
    assert b"Won and lost" in stranger.get(status_link[1]).content


# What is kept of links -------------------------------------------------------------------------------


def test_an_export_holds_no_hash(sam, linked, tmp_path):
    from crm.desk.keeping.export import export

    export(tmp_path / "out")
    text = "".join(path.read_text() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert linked[0].token_hash not in text and linked[1].split("/")[2] not in text


def test_links_that_ended_are_forgotten_after_a_month(sam, halden, linked, time_machine):
    from crm.desk.jobs import clear_links

    make_link(sam, halden, days=1)
    long, _ = make_link(sam, halden, days=90)
    revoked, _ = make_link(sam, halden, days=90)
    revoked.revoke()
    time_machine.move_to(clock.now() + timedelta(days=31, hours=1))
    assert clear_links() == "2 shared ones"
    assert set(ShareLink.objects.values_list("pk", flat=True)) == {linked[0].pk, long.pk}
