# ruff: noqa: E501
"""After signing out neither Back nor the page without a connection shows anything of the records, in real Chromium."""

import re
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.e2e.conftest import browse, collected, live, seed, seeded  # noqa: F401 (fixtures)
from tests.e2e.outboxes import ready
from tests.e2e.servers import PATIENCE

WORDS = re.compile(r"Dana|Globex|Initech|Halden|Acme|Priya|Lou Berg", re.I)
pytestmark = [pytest.mark.e2e, pytest.mark.parametrize("seed", ["day"], indirect=True)]


def shown(page):
    """What the page says, where a browser shows an error page as well."""
    return page.evaluate("() => document.documentElement.innerText + document.documentElement.outerHTML")


def shows_nothing(page):
    """Of the records, once the page has come to rest: one that comes out of the browser's memory loads itself again."""
    end = time.monotonic() + PATIENCE
    calm = 0
    while calm < 3:
        said = ""
        with suppress(Error):  # it is being replaced
            said = shown(page)
        calm = calm + 1 if said and not WORDS.search(said) else 0
        assert time.monotonic() < end, f"{page.url}: {said[:2000]}"
        page.wait_for_timeout(100)


def sign_out(page):
    page.locator("form[action='/logout/']").first.evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/login/**")


def test_back_shows_nothing(browse):  # noqa: F811
    page = browse()
    for path in ("/", "/prospects/", "/deals/", "/prospects/1/", "/search/?q=a"):
        page.goto(path)
        assert WORDS.search(shown(page))
    sign_out(page)
    for _ in range(6):
        with suppress(Error):
            page.go_back()
        shows_nothing(page)
    for _ in range(6):
        with suppress(Error):
            page.go_forward()
        shows_nothing(page)


def test_without_a_connection_nothing_is_left(browse):  # noqa: F811
    page = browse()
    ready(page).context.set_offline(True)
    page.goto("/log/")
    page.get_by_text("Call Dana back").first.wait_for()  # so that there is something to be wiped
    page.context.set_offline(False)
    page.goto("/")
    sign_out(page)
    kept = page.evaluate("""async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          found.push(await (await (await caches.open(name)).match(request)).text());
      for (const {name} of await indexedDB.databases()) {
        const db = await new Promise((done) => (indexedDB.open(name).onsuccess = (e) => done(e.target.result)));
        for (const store of db.objectStoreNames)
          found.push(JSON.stringify(await new Promise((done) => (db.transaction(store).objectStore(store).getAll().onsuccess = (e) => done(e.target.result)))));
        db.close();
      }
      return found.concat(JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}));
    }""")
    assert not [text for text in kept if WORDS.search(text)]
    page.context.set_offline(True)
    for path in ("/", "/log/", "/prospects/1/", "/deals/"):
        try:
            page.goto(path)
        except Exception as error:
            assert "ERR_INTERNET_DISCONNECTED" in str(error) or "ERR_FAILED" in str(error), error
        shows_nothing(page)
    page.context.set_offline(False)
