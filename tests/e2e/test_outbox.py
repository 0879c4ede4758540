"""The outbox on a phone: what is logged arrives once, whatever the connection, the clock and the session do."""

import json
import re
import sqlite3
import threading
import uuid
from contextlib import closing

import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .faults import Faults
from .outboxes import (
    BADGE,
    arrived,
    entries,
    lies,
    log,
    ready,
    sign_in,
    texts,
    until,
    weather,  # noqa: F401 (a fixture)
)

pytestmark = pytest.mark.parametrize("seed", ["day"], indirect=True)


def test_offline_and_online_again(live, phone):
    ready(phone).context.set_offline(True)
    phone.goto("/log/")
    expect(phone).to_have_title("No connection · Callback")
    log(phone, "called Priya, left vm")
    log(phone, "called Lou, no answer, try again tomorrow")
    phone.locator("li", has_text="Send the proposal").get_by_role("button", name="Done").tap()
    expect(phone.locator(BADGE)).to_contain_text("3 waiting: no connection")
    phone.goto("/")
    expect(phone.locator(BADGE)).to_contain_text("3 waiting")
    phone.context.set_offline(False)
    arrived(phone)
    expect(phone.locator(BADGE)).to_be_hidden()
    assert texts(live) == ["called Priya, left vm", "called Lou, no answer, try again tomorrow", ""]
    assert live.rows("SELECT state FROM accounts_step WHERE what = 'Send the proposal'") == [("done",)]
    phone.goto("/")
    expect(phone).to_have_title("Today · Callback")


def test_what_is_read_offline_is_marked_with_its_age_and_goes_after_a_week(live, phone):
    ready(phone).context.set_offline(True)
    phone.goto("/prospects/")
    expect(phone.locator("[data-offline-age]")).to_contain_text("just now")
    expect(phone.locator("[data-offline-queue]")).to_contain_text("Call Dana back")
    phone.locator("summary", has_text="Acme").tap()
    expect(phone.locator("details[open] dl div")).to_have_count(5)
    age = """(days) => callbackOutbox.within("reading", "readwrite", (store) => {
      store.openCursor().onsuccess = ({ target: { result: at } }) =>
        at && at.update({ ...at.value, at: Date.now() - days * 86400000 });
    })"""
    phone.evaluate(age, 3)
    phone.reload()
    expect(phone.locator("[data-offline-age]")).to_contain_text("3 days ago")
    phone.evaluate(age, 7.01)
    phone.reload()
    expect(phone.locator("[data-offline-none]")).to_contain_text("older than seven days")
    lies(phone, items=[0, 0])


def test_names_are_known_offline(live, phone):
    ready(phone).context.set_offline(True)
    phone.goto("/log/")
    phone.locator("#log-text").fill("called Dana, no answer")
    expect(phone.locator("#log-preview label", has_text="Dana Moss")).to_be_visible()
    phone.locator("#log-preview label", has_text="Dana Moss").tap()
    phone.locator("#quick-log").evaluate("(form) => form.requestSubmit()")
    expect(phone.locator("#log-text")).to_have_value("")
    phone.context.set_offline(False)
    arrived(phone)
    assert live.rows(
        "SELECT p.name FROM accounts_activity a JOIN accounts_prospect p ON p.id = a.prospect_id"
        " WHERE a.text = 'called Dana, no answer'"
    ) == [("Initech",)]


def test_an_answer_that_is_lost(live, browse):
    faults = Faults(live.port, 1)
    try:
        page = browse(None, **PHONE)
        sign_in(page, faults.url)
        page.goto(f"{faults.url}/log/")
        faults.odds = {"lose": 1}
        log(page, "called Priya, left vm")
        until(page, "() => callbackOutbox.trouble === 'offline'")
        assert texts(live) == ["called Priya, left vm"]  # it is there, and nobody knows
        page.locator("[data-outbox-open]").tap()
        expect(page.locator("#outbox-list li")).to_contain_text("not confirmed")
        expect(page.get_by_role("button", name="Throw away")).to_be_hidden()
        faults.odds = {}
        page.evaluate("() => document.dispatchEvent(new CustomEvent('outbox-flush'))")
        arrived(page)
        assert texts(live) == ["called Priya, left vm"]
        assert live.rows("SELECT count(*) FROM accounts_activity WHERE text = 'called Priya, left vm'") == [(1,)]
    finally:
        faults.stop()


def test_a_session_that_ran_out_keeps_everything_and_asks_tosign_in(live, phone):
    phone.goto("/log/")
    phone.context.clear_cookies()
    log(phone, "called Priya, left vm")
    expect(phone.locator(BADGE)).to_contain_text("1 waiting: sign in to send")
    phone.locator(BADGE).get_by_role("link", name="Sign in").tap()
    phone.wait_for_url("**/login/**")
    sign_in(phone)
    arrived(phone)
    assert texts(live) == ["called Priya, left vm"]
    assert phone.url.endswith("/log/")  # where it was asked for


def test_a_token_that_was_rotated(live, phone):
    phone.goto("/log/")
    phone.context.clear_cookies(name="csrf")
    log(phone, "called Priya, left vm")
    arrived(phone)
    assert texts(live) == ["called Priya, left vm"]


def test_what_is_not_taken_is_set_aside_and_can_be_changed(live, phone):
    [(step,)] = live.rows("SELECT id FROM accounts_step WHERE what = 'Book the visit'")
    ready(phone).context.set_offline(True)
    phone.goto("/log/")
    phone.locator("li", has_text="Book the visit").get_by_role("button", name="Done").tap()
    log(phone, "called Priya, left vm")
    with closing(sqlite3.connect(live.home / "callback.sqlite3")) as connection, connection:
        connection.execute("UPDATE accounts_step SET state = 'dropped' WHERE id = ?", [step])
    phone.context.set_offline(False)
    expect(phone.locator(BADGE)).to_have_text(re.compile("^1 not taken"))
    assert texts(live) == ["called Priya, left vm"]
    phone.locator("[data-outbox-open]").tap()
    row = phone.locator("#outbox-list li")
    expect(row).to_contain_text("was dropped meanwhile")
    row.get_by_role("button", name="Edit").tap()
    phone.locator(".outbox-form textarea").fill("booked the visit at Halden after all")
    phone.get_by_role("button", name="Save and send").tap()
    arrived(phone)
    assert texts(live)[1:] == ["booked the visit at Halden after all"]


def test_what_waits_can_be_thrown_away_and_brought_back(live, phone):
    ready(phone).context.set_offline(True)
    phone.goto("/log/")
    log(phone, "one")
    log(phone, "two")
    phone.locator("[data-outbox-open]").tap()
    rows = phone.locator("#outbox-list li")
    rows.nth(0).get_by_role("button", name="Throw away").tap()
    rows.nth(1).get_by_role("button", name="Throw away").tap()
    rows.nth(1).get_by_role("button", name="Undo").tap()
    expect(rows.nth(1)).to_contain_text("Waiting.")
    phone.get_by_role("button", name="Close").first.tap()
    expect(phone.locator(BADGE)).to_contain_text("1 waiting")
    phone.context.set_offline(False)
    arrived(phone)
    assert texts(live) == ["two"]


def test_two_tabs_agree(live, phone):
    ready(phone)
    other = phone.context.new_page()
    other.goto("/deals/")
    phone.context.set_offline(True)
    log(phone, "called Priya, left vm")
    expect(other.locator(BADGE)).to_contain_text("1 waiting")
    phone.close()
    other.context.set_offline(False)
    arrived(other)
    expect(other.locator(BADGE)).to_be_hidden()
    assert texts(live) == ["called Priya, left vm"]


def test_a_browser_that_cannot_store_posts_the_form(live, browse):
    page = browse(**PHONE)
    page.add_init_script("indexedDB.open = () => { throw new Error('no room'); };")
    page.goto("/log/")
    page.locator("#log-text").fill("called Priya, left vm")
    page.locator("#quick-log").evaluate("(form) => form.requestSubmit()")
    page.wait_for_selector(".toast-text >> text=Logged")
    assert live.rows("SELECT kind FROM accounts_entry WHERE text = 'called Priya, left vm'") == [("quicklog",)]


def test_a_crash_brings_back_no_second_line(live, phone):
    ready(phone).context.set_offline(True)
    phone.goto("/log/")
    log(phone, "called Priya, left vm")
    # As if the page had died before it emptied its box.
    phone.evaluate(
        """() => localStorage.setItem(`callback-draft-${callbackOutbox.user}`,
          JSON.stringify({ text: "called Priya, left vm", context: "" }))"""
    )
    phone.reload()
    expect(phone.locator(BADGE)).to_contain_text("1 waiting")
    expect(phone.locator("#log-text")).to_have_value("")


# By whose clock --------------------------------------------------------------------------------------


def test_another_zone_between_typing_and_sending(live, browse):
    page = browse(**PHONE)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"})
    ready(page).context.set_offline(True)
    log(page, "called Priya at 7am, no answer")
    session.send("Emulation.setTimezoneOverride", {"timezoneId": "America/New_York"})
    page.context.set_offline(False)
    arrived(page)
    [(_, _, zone)] = entries(live)
    [(at,)] = live.rows("SELECT at FROM accounts_activity WHERE text LIKE 'called Priya%'")
    assert (zone, at[11:16]) == ("Asia/Tokyo", "22:00")  # 07:00 in Tokyo


@pytest.mark.parametrize("minutes", [-180, 90])
def test_a_clock_that_is_wrong(live, browse, minutes):
    page = browse(**PHONE)
    page.add_init_script(
        f"""{{ const Real = Date, by = {minutes} * 60000;
        self.Date = class extends Real {{
          constructor(...given) {{ given.length ? super(...given) : super(Real.now() + by); }}
        static now() {{ return Real.now() + by; }} }}; }}"""
    )
    page.goto("/log/")
    log(page, "called Priya, left vm")
    arrived(page)
    off = (
        "SELECT abs(julianday(occurred_at) - julianday(received_at)) * 86400 FROM accounts_entry WHERE kind = 'outbox'"
    )
    assert live.rows(off)[0][0] < 30


# The server -------------------------------------------------------------------------------------------


def test_replays_at_the_same_moment(live, phone):
    phone.goto("/log/")
    token = phone.evaluate("async () => (await (await fetch('/outbox/')).json()).token")
    stamp = phone.evaluate("() => callbackOutbox.stamp()")
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in phone.context.cookies())
    fields = {"text": "note about the kettle", "context": "", "private": False, "choices": []}
    item = {"uuid": str(uuid.uuid4()), "seq": 1, "kind": "log", "occurred_at": stamp, "sent_at": stamp, "zone": "UTC"}
    headers = {"Cookie": cookies, "X-CSRFToken": token, "Content-Type": "application/json"}
    faults, answers = Faults(live.port, 1), []
    gate = threading.Barrier(6)

    def send():
        gate.wait()
        answers.append(faults.send("POST", "/outbox/", headers, json.dumps(item | {"fields": fields}).encode()))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults.stop()
    assert [status for status, *_ in answers] == [200] * 6
    assert len({body for *_, body in answers}) == 1
    assert live.rows("SELECT count(*) FROM accounts_activity WHERE text = 'note about the kettle'") == [(1,)]
