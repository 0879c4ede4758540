"""Browser journeys, as in life: gunicorn on a copied SQLite file, real Chromium.

    def test_x(live, page):                 an empty installation, Sam signed in
    @pytest.mark.parametrize("seed", ["board"], indirect=True)     with what tests/e2e/seeds.py makes under that name

`live` is the server (`url`, `rows(sql)`), `page` a page of a browser in which Sam is signed in; `phone` the same
at 390 px with touch, `plain` without scripts. After a failure there is a screenshot in $CALLBACK_SHOTS (default
var/screenshots), and a page with an error in its console fails the test.
"""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.make import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
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


def _environment(home, debug="1"):
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("CALLBACK_", "DJANGO_"))}
    keep.pop("DATABASE_URL", None)
    return keep | {"CALLBACK_HOME": str(home), "CALLBACK_DEBUG": debug, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """seeded(name) → the database file that seed makes; made once, to be copied."""
    made = {}

    def file(name):
        if name not in made:
            home = tmp_path_factory.mktemp(f"seed-{name}")
            command = [sys.executable, "-m", "tests.e2e.seeds", name]
            done = subprocess.run(command, cwd=ROOT, env=_environment(home), capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            made[name] = home / "callback.sqlite3"
        return made[name]

    return file


@pytest.fixture
def seed(request):
    """The name of a seed of tests/e2e/seeds.py; parametrize it indirectly."""
    return getattr(request, "param", "empty")


class Live:
    """A running server: its address, its data folder. `debug=""`: as in life, with collected static files."""

    def __init__(self, home, debug="1"):
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = (home / "server.log").open("w+")
        command = [sys.executable, "-m", "gunicorn", "crm.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--threads", "4", "--no-control-socket"]
        environment = _environment(home, debug)
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self.log, stderr=self.log)

    def wait(self):
        for _ in range(200):
            assert self.process.poll() is None, self.said()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(self.said())

    def said(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def rows(self, sql, *values):
        """What the database holds now."""
        with sqlite3.connect(self.home / "callback.sqlite3") as connection:
            return connection.execute(sql, values).fetchall()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.log.close()


@pytest.fixture
def live(seeded, seed, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(seeded(seed), home / "callback.sqlite3")
    server = Live(home)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


# The browser -----------------------------------------------------------------------------------------


def _patient(page):
    """Act once the page has its scripts, as a person would; before, nobody is there to hear a key.

    What a journey waits for (a heading, a form) is there earlier than the scripts on a busy machine.
    """

    def loaded(act, before):
        def patient(*args, **options):
            if before:
                page.wait_for_load_state()
            result = act(*args, **options)
            if not before:
                page.wait_for_load_state()
            return result

        return patient

    for name in ("press", "type", "insert_text"):
        setattr(page.keyboard, name, loaded(getattr(page.keyboard, name), before=True))
    page.wait_for_selector = loaded(page.wait_for_selector, before=False)
    return page


@pytest.fixture(scope="package")
def chromium():
    """One browser for all journeys; it ends with them, so that its event loop is gone for the tests after."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, live, request):
    """browse(**options) → a new page of a new context, Sam signed in. Screenshot on failure; console errors fail."""
    pages, errors = [], []

    def open_page(signed_in=True, **options):
        context = chromium.new_context(base_url=live.url, **({} if "viewport" in options else DESKTOP), **options)
        page = _patient(context.new_page())
        page.set_default_timeout(20000)
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        if signed_in:
            page.goto("/login/")
            page.fill("[name=username]", "sam@callback.example")
            page.fill("[name=password]", PASSWORD)
            page.click("main button")
            page.wait_for_url(lambda url: "/login/" not in url)
        return page

    open_page.errors = errors
    yield open_page
    if getattr(request.node, "failed", False):
        SHOTS.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages):
            page.screenshot(path=SHOTS / f"{re.sub(r'[^a-z0-9_]+', '-', request.node.name)}-{number}.png")
        print(live.said())
    for page in pages:
        page.context.close()
    # A refused move answers 409 and an invalid form 422, which the console calls errors.
    unexpected = [text for text in errors if not re.search(r"(status of|Status Error Code) (409|422)", text)]
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
