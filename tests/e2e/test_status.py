"""What changed is marked as read by reading it, and a page that is loaded again loses nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect


@pytest.fixture
def morgan(browse):
    page = browse("morgan")
    # Time stands still until it is told to pass: how long somebody has read is no matter of the machine.
    now = datetime.now(UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(seconds=1))
    page.goto("/status/")
    return page


SECONDS = 4


def on_screen(page):
    """The end of the list is, and the page has been told: who observes later is told no earlier."""
    page.locator("callback-seen").evaluate(
        """(one) => new Promise((seen) => new IntersectionObserver((entries) =>
             entries.at(-1).isIntersecting && seen(), { threshold: 1 }).observe(one))"""
    )
    assert page.locator("callback-seen").get_attribute("data-seconds") == str(SECONDS)


def marks(live):
    return live.rows("SELECT from_at, seen_change FROM desk_statusmark")


@pytest.mark.parametrize("seed", ["board"], indirect=True)
def test_read_then_seen(live, morgan):
    expect(morgan.locator("#status-changes h2")).to_have_text("In the last 7 days")
    expect(morgan.locator("#status-changes li")).to_have_count(3)
    on_screen(morgan)
    morgan.clock.run_for(SECONDS * 1000 - 500)
    assert not marks(live)  # on screen, but not for long enough
    morgan.clock.run_for(1000)
    morgan.clock.resume()
    morgan.wait_for_selector("text=It stays here for an hour.")
    assert marks(live) == [(None, 3)]
    morgan.reload()
    expect(morgan.locator("#status-changes li")).to_have_count(3)
    morgan.click("text=Mark as seen")
    morgan.wait_for_selector("text=Nothing has changed since.")
    morgan.reload()
    morgan.wait_for_selector("text=Nothing has changed since.")
    expect(morgan.locator("#status-changes li")).to_have_count(0)


@pytest.mark.parametrize("seed", ["board"], indirect=True)
def test_what_is_not_on_screen_is_not_read(live, morgan):
    morgan.set_viewport_size({"width": 390, "height": 300})
    morgan.reload()
    expect(morgan.locator("callback-seen")).not_to_be_in_viewport()
    morgan.clock.run_for(SECONDS * 1000 + 5000)
    assert not marks(live)
    morgan.locator("callback-seen").scroll_into_view_if_needed()
    on_screen(morgan)
    morgan.clock.run_for(SECONDS * 1000 + 500)
    morgan.clock.resume()
    morgan.wait_for_selector("text=It stays here for an hour.")
    assert len(marks(live)) == 1


@pytest.mark.parametrize("seed", ["board"], indirect=True)
def test_by_keyboard_and_without_scripts(live, morgan, browse):
    morgan.clock.resume()
    morgan.goto("/deals/")
    morgan.keyboard.press("g")
    morgan.keyboard.press("s")
    morgan.wait_for_url("**/status/")
    morgan.keyboard.press("j")
    morgan.keyboard.press("Enter")
    morgan.wait_for_url("**/deals/*/")
    plain = browse("morgan", java_script_enabled=False)
    plain.goto("/status/")
    plain.select_option("#status-filters [name=sort]", "name")
    plain.click("#status-filters >> text=Show")
    expect(plain).to_have_url(re.compile("sort=name"))
    expect(plain.locator(".account h4")).to_have_text(["Acme", "Globex", "Halden Freight"])
    plain.click("text=Mark as seen")
    expect(plain.locator("text=Nothing has changed since.")).to_have_count(1)
    plain.fill("#status-as-of", "2020-01-01")
    plain.click(".status-day button")
    expect(plain.locator(".status-note")).to_contain_text("As of the end of")
    expect(plain.locator("h1")).to_have_text(re.compile(r"\b0 open accounts$"))
