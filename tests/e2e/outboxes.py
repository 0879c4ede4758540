"""What the journeys of the outbox ask of a page and of the database."""

import time

import pytest
from playwright.sync_api import expect

from tests.make import PASSWORD

from .servers import PATIENCE

BADGE = "[data-outbox-badge]"
# What lies in a browser.
LYING = """async () => ({
  caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
  local: Object.keys(localStorage).filter((key) => key.startsWith("callback")),
  session: Object.keys(sessionStorage).filter((key) => key.startsWith("callback")),
  items: await new Promise((give) => {
    const asked = indexedDB.open("callback");
    asked.onupgradeneeded = () => { asked.transaction.abort(); };
    asked.onerror = () => give([0, 0]);
    asked.onsuccess = async () => {
      const names = ["items", "reading"];
      const counts = names.map((name) => new Promise((ok) => {
        const count = asked.result.transaction(name).objectStore(name).count();
        count.onsuccess = () => ok(count.result);
      }));
      give(await Promise.all(counts));
      asked.result.close();
    };
  }),
})"""


@pytest.fixture(autouse=True)
def weather(browse):
    """A request without a connection is an error in the console, and what is asked for here."""
    # Told beforehand: the page goes on asking until it is closed.
    browse.expected += r"|net::ERR|status of (403|50.)"


def until(page, script):
    """Ask again until the script's promise gives something true; wait_for_function does not wait for promises."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(script):
        assert time.monotonic() < end, (script, page.evaluate("() => callbackOutbox?.trouble"))
        page.wait_for_timeout(50)


def lies(page, **what):
    """What lies in the browser is, or soon will be, `what` (parts of LYING)."""
    end = time.monotonic() + PATIENCE
    while (found := {part: page.evaluate(LYING)[part] for part in what}) != what:
        assert time.monotonic() < end, found
        page.wait_for_timeout(50)


def ready(page):
    """On the log page, with the worker in charge and something to read kept."""
    page.goto("/log/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    until(page, "() => callbackOutbox.reading()")
    return page


def log(page, text):
    page.locator("#log-text").fill(text)
    page.locator("#quick-log").evaluate("(form) => form.requestSubmit()")
    expect(page.locator("#log-text")).to_have_value("")


def items(page):
    return page.evaluate("() => callbackOutbox.all()")


def entries(live):
    return live.rows("SELECT text, occurred_at, zone FROM accounts_entry WHERE kind = 'outbox' ORDER BY id")


def texts(live):
    return [text for text, *_ in entries(live)]


def arrived(page):
    until(page, "async () => !(await callbackOutbox.all()).length")


def sign_in(page, url="", who="sam"):
    if url or "/login/" not in page.url:
        page.goto(f"{url}/login/")
    page.fill("[name=username]", f"{who}@callback.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda address: "/login/" not in address)
