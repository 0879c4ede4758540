"""A storm: lines, calls and ticked steps while everything fails that can. None lost, none doubled, all in order.

By a seeded schedule the connection goes and comes, pages are closed and renderers crash in the middle of sending, the
server is killed (kill -9) and started again, answers are lost after the server has stored, items are cut off, sent
twice and once more later, gateways answer 502, the session ends, the CSRF cookie is taken away.

Short here (CALLBACK_STORM=60 lines); whole: CALLBACK_STORM=1000 python3 manage.py test tests/e2e/test_outbox_storm.py
"""

import os
import random
import sqlite3
import subprocess
import sys
import time
import uuid
from collections import Counter
from contextlib import closing, suppress
from itertools import pairwise

from playwright.sync_api import Error

from tests import dice
from tests.make import PASSWORD

from .conftest import PHONE
from .faults import Faults
from .outboxes import until
from .servers import PATIENCE, ROOT, copied, environment
from .test_kill9 import Server

LINES = int(os.environ.get("CALLBACK_STORM") or 60)
SEED = dice.seed("CALLBACK_SEED")
# Of what is logged this much is the outcome of a call, and this much a step that is ticked off; the rest is typed.
CALLS, TICKS = 0.15, 0.1
ADD = """([kind, uuid, fields, label]) => {
  const detail = { kind, uuid, fields, label };
  document.dispatchEvent(new CustomEvent("outbox-add", { detail }));
  return detail.stored.then(() => true);
}"""
ODDS = {"lose": 0.06, "cut": 0.04, "twice": 0.04, "again": 0.04, "gateway": 0.03, "slow": 0.03}
# What may happen before a line is logged, and how often in a thousand lines.
EVENTS = {
    "offline": 60,
    "online": 90,
    "reload": 25,
    "close": 25,
    "crash": 8,
    "kill": 12,
    "expire": 8,
    "token": 15,
    "rest": 60,
}


STEPS = """
import sys
import django; django.setup()
from tests import make
kettles = make.prospect("Kettles")
print(*(make.step(kettles, f"Boil {number}").pk for number in range(int(sys.argv[1]))))
"""


class Storm:
    def __init__(self, browser, home, seed):
        self.dice, self.home = random.Random(seed), home
        self.server = Server(home)
        self.server.start()
        self.proxy = Faults(self.server.port, seed)
        self.context = browser.new_context(base_url=self.proxy.url, **PHONE)
        self.context.set_default_timeout(15000)
        self.offline = False
        self.number = 0
        self.steps = _steps(home)
        self.kept, self.perhaps, self.happened, self.spent = [], [], Counter(), Counter()
        self.errors, self.ticked = [], set()
        self.tabs = [self._tab(), self._tab()]
        self.tabs[0].evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        until(self.tabs[0], "() => callbackOutbox.reading()")
        self.proxy.odds = ODDS

    def _tab(self):
        page = self.context.new_page()
        self._arrive(page)
        return page

    def _arrive(self, page):
        """On the log page or on the shell that stands in for it, signed in where the server asks for it."""
        for _ in range(20):
            with suppress(Error):
                page.goto("/log/")
                if "/login/" in page.url:
                    page.fill("[name=username]", "sam@callback.example")
                    page.fill("[name=password]", PASSWORD)
                    page.click("main button")
                    page.wait_for_url("**/log/")
                page.wait_for_selector("#log-text", timeout=5000)
                return
            time.sleep(0.3)
        raise AssertionError(f"The log page does not come: {page.url}")

    def step(self):
        tab = self.dice.randrange(2)
        for name, often in EVENTS.items():
            if self.dice.random() * 1000 < often:
                self.happened[name] += 1
                began = time.monotonic()
                getattr(self, f"_{name}")(tab)
                self.spent[name] += time.monotonic() - began
        began = time.monotonic()
        self.log(tab)
        self.spent["log"] += time.monotonic() - began

    def log(self, tab, wait=True):
        self.number += 1
        text, at = f"note {self.number} about the kettle", self.dice.random()
        if wait and at < CALLS + TICKS:
            return self._add(tab, text, at < CALLS)
        page = self.tabs[tab]
        try:
            page.locator("#log-text").fill(text)
            # Sent as its button sends it; which of two is shown changes while one types.
            page.locator("#quick-log").evaluate("(form) => form.requestSubmit()")
            if not wait:
                self.perhaps.append(text)
                return
            page.wait_for_function("() => document.getElementById('log-text').value === ''")
            self.kept.append(text)
        except Error as error:
            self.errors.append(str(error).split("\n")[0] + " | " + str(error)[-300:].replace("\n", " "))
            # A page that was replaced under our fingers: whatever was durable by then counts once, or not at all.
            self.perhaps.append(text)
            self._arrive(page)

    def _add(self, tab, text, call):
        """As the sheet after a call and the buttons of open steps put it into the outbox."""
        step = None if call else self.steps.pop()
        fields = {"outcome": "no_answer", "number": "", "next": None, "ago": 1} if call else {"step": step}
        item = ["outcome" if call else "step_done", str(uuid.UUID(int=self.dice.getrandbits(128), version=4))]
        try:
            self.tabs[tab].evaluate(ADD, [*item, fields | {"text": text}, text])
            self.kept.append(text)
            self.happened[item[0]] += 1
            self.ticked.update({step} - {None})
        except Error as error:
            self.errors.append(str(error).split("\n")[0])
            self.perhaps.append(text)
            self._arrive(self.tabs[tab])

    # What happens ----------------------------------------------------------------------------------

    def _offline(self, tab):
        self.offline = True
        self.context.set_offline(True)

    def _online(self, tab):
        self.offline = False
        self.context.set_offline(False)

    def _reload(self, tab):
        self._arrive(self.tabs[tab])

    def _close(self, tab):
        """In the middle of sending."""
        self.log(tab, wait=False)
        self.tabs[tab].close()
        self.tabs[tab] = self._tab()

    def _crash(self, tab):
        self.log(tab, wait=False)
        page = self.tabs[tab]
        with suppress(Error):
            page.goto("chrome://crash", timeout=3000)
        with suppress(Error):
            page.close()
        self.tabs[tab] = self._tab()

    def _kill(self, tab):
        self.log(tab, wait=False)
        self.server.kill()
        self.log(1 - tab)
        self.server.start()
        self._arrive(self.tabs[tab])

    def _expire(self, tab):
        with closing(sqlite3.connect(self.home / "callback.sqlite3", timeout=20)) as connection, connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE name IN ('django_session','access_session')"
            )
            for (name,) in tables.fetchall():
                connection.execute(f"DELETE FROM {name}")

    def _token(self, tab):
        self.context.clear_cookies(name="csrf")

    def _rest(self, tab):
        time.sleep(self.dice.random())

    # The end ---------------------------------------------------------------------------------------

    def calm(self):
        """Everything works again: what waits is sent. Returns what was refused."""
        self.proxy.odds = {}
        self._online(0)
        for page in self.tabs[1:]:
            page.close()
        page, end = self.tabs[0], time.monotonic() + 4 * PATIENCE
        self._arrive(page)
        while True:
            left = page.evaluate("() => callbackOutbox.all()")
            if not [item for item in left if item["state"] == "waiting"]:
                break
            assert time.monotonic() < end, (page.url, page.evaluate("() => callbackOutbox.trouble"), left[:3])
            time.sleep(0.5)
            if "/login/" in page.url:
                self._arrive(page)
        self.proxy.settle()
        return left

    def stop(self):
        with suppress(Error):
            self.context.close()
        self.proxy.stop()
        self.server.kill()


def _steps(home):
    """Steps to tick off, one for each line at most; their ids."""
    env = environment(home) | {"DJANGO_SETTINGS_MODULE": "crm.settings"}
    done = subprocess.run([sys.executable, "-c", STEPS, str(LINES)], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [int(pk) for pk in done.stdout.split()]


def test_a_storm_loses_nothing_and_doubles_nothing(chromium, seeded, collected, tmp_path):
    home = copied(seeded("empty"), collected, tmp_path / "home")
    print(f"CALLBACK_SEED={SEED} CALLBACK_STORM={LINES}")
    began = time.monotonic()
    storm = Storm(chromium, home, SEED)
    try:
        while len(storm.kept) < LINES:
            storm.step()
        refused = storm.calm()
    finally:
        storm.stop()
    seconds = time.monotonic() - began
    print(f"{len(storm.kept)} lines kept, {len(storm.perhaps)} torn in the middle, {seconds:.0f} s")
    print("seconds", {name: round(spent, 1) for name, spent in storm.spent.items()})
    print(*storm.errors, sep="\n")
    print("events", dict(storm.happened), "faults", storm.proxy.happened)
    assert not refused, refused[:3]
    _check(home, storm)


def _check(home, storm):
    with closing(sqlite3.connect(home / "callback.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute(
            "SELECT e.text, e.occurred_at, json_extract(e.result, '$.seq'), count(a.id) FROM accounts_entry e"
            " LEFT JOIN accounts_activity a ON a.entry_id = e.id WHERE e.kind = 'outbox' GROUP BY e.id ORDER BY e.id"
        ).fetchall()
    stored = Counter(text for text, *_ in rows)
    lost = [text for text in storm.kept if text not in stored]
    doubled = [text for text, count in stored.items() if count > 1] + [text for text, _, _, made in rows if made != 1]
    print(f"{len(rows)} stored: {len(lost)} lost, {len(doubled)} doubled")
    assert (lost, doubled) == ([], [])
    assert set(stored) <= set(storm.kept) | set(storm.perhaps)
    # They arrived in the order of the device's own numbers, which is the order they were typed in.
    numbers = [seq for _, _, seq, _ in rows]
    assert numbers == sorted(numbers) and len(set(numbers)) == len(numbers)
    typed = [int(text.split()[1]) for text, *_ in rows]
    assert typed == sorted(typed), [pair for pair in pairwise(typed) if pair[0] > pair[1]][:5]
    times = [at for _, at, _, _ in rows]
    assert times == sorted(times)
    # A step that was ticked off is done, and was done once.
    with closing(sqlite3.connect(home / "callback.sqlite3")) as connection:
        done = connection.execute("SELECT step_id FROM accounts_stepchange WHERE state = 'done'").fetchall()
    assert sorted(pk for (pk,) in done if pk in storm.ticked) == sorted(storm.ticked)
