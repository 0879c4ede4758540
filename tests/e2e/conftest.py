"""Browser journeys, as in life: gunicorn on a copied SQLite file with collected static files, real Chromium.

    def test_x(live, page):                 an empty installation, Sam signed in
    @pytest.mark.parametrize("seed", ["board"], indirect=True)     with what tests/e2e/seeds.py makes under that name

`live` is the server (`url`, `rows(sql)`), `page` a page of a browser in which Sam is signed in; `phone` the same
at 390 px with touch, `plain` without scripts. After a failure there is a screenshot in $CALLBACK_SHOTS (default
var/screenshots), and a page with an error in its console fails the test.

All of them are patient (patience.py). CALLBACK_SLOW=6 makes the browser six times slower: what fails then would fail
one day on a busy machine. Ask what will be true with playwright's `expect`, which waits, never with a bare `assert`.
"""

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.once import once

from .seeds import SESSIONS
from .servers import ROOT, Live, collect, copied, environment

SHOTS = Path(os.environ.get("CALLBACK_SHOTS") or ROOT / "var" / "screenshots")
CHROMIUM = os.environ.get("CALLBACK_CHROMIUM") or "/usr/bin/chromium"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1440, "height": 1000}}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("e2e")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


# The server ------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """A folder with `static` in it, for all servers."""
    return once(tmp_path_factory, "collected", collect)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """seeded(name) → the data folder that seed fills; made once a day, to be copied (servers.copied)."""

    def run(home, *command):
        # Nothing is collected there.
        debug = environment(home, debug="1")
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=debug, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def fill(name):
        def make(home):
            # Migrating takes longer than most seeds.
            migrated = once(tmp_path_factory, "migrated", lambda home: run(home, "manage.py", "migrate", "-v0"))
            shutil.copy(migrated / "callback.sqlite3", home)
            run(home, "-m", "tests.e2e.seeds", name)

        # "Due today" is another day after midnight in New York, where Sam is.
        today = datetime.now(ZoneInfo("America/New_York")).date()
        return once(tmp_path_factory, f"seed-{name}-{today}", make)

    return fill


@pytest.fixture
def seed(request):
    """The name of a seed of tests/e2e/seeds.py; parametrize it indirectly."""
    return getattr(request, "param", "empty")


@pytest.fixture
def live(seeded, collected, seed, tmp_path):
    server = Live(copied(seeded(seed), collected, tmp_path / "home"))
    try:
        server.wait()
        yield server
    finally:
        server.stop()


# The browser -----------------------------------------------------------------------------------------


@pytest.fixture(scope="package")
def chromium():
    """One browser for all journeys; it ends with them, so that its event loop is gone for the tests after."""
    from playwright.sync_api import sync_playwright

    from . import patience

    patience.install()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, live, request):
    """browse(who="sam", **options) → a new page of a new context, signed in as `who`, on no page yet; who=None: nobody.

    Screenshot on failure; console errors fail.
    """
    pages, errors = [], []

    def open_page(who="sam", **options):
        context = chromium.new_context(base_url=live.url, **({} if "viewport" in options else DESKTOP), **options)
        if who:
            context.add_cookies([{"name": "session", "value": SESSIONS[who], "url": live.url}])
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        return page

    open_page.errors = errors
    # A refused move answers 409 and an invalid form 422, which the console calls errors.
    open_page.expected = r"(status of|Status Error Code) (409|422)"
    yield open_page
    if getattr(request.node, "failed", False):
        SHOTS.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages):
            if not page.is_closed():
                page.screenshot(path=SHOTS / f"{re.sub(r'[^a-z0-9_]+', '-', request.node.name)}-{number}.png")
        print(live.said())
    for page in pages:
        page.context.close()
    unexpected = [text for text in errors if not re.search(open_page.expected, text)]
    assert not unexpected, unexpected


@pytest.fixture
def page(browse):
    return browse()


@pytest.fixture
def phone(browse):
    return browse(**PHONE)


@pytest.fixture
def plain(browse):
    """Without scripts."""
    return browse(java_script_enabled=False)
