"""kill -9 of the server in a loop of posts: what was acknowledged is there, once; what was not can be sent again.

Short here (CALLBACK_KILLS=5); the whole storm: CALLBACK_KILLS=50 python3 manage.py test tests/e2e/test_kill9.py
"""

import http.client
import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing
from urllib.parse import urlencode

from tests import dice
from tests.ports import free_port

from .seeds import SESSIONS
from .servers import PATIENCE, ROOT, copied, environment, listening

KILLS = int(os.environ.get("CALLBACK_KILLS") or 5)
SEED = dice.seed("CALLBACK_SEED")


class Server:
    """gunicorn on one port; `kill` takes the worker and its arbiter at once, as a power cut would."""

    def __init__(self, home):
        self.home, self.port, self.process = home, free_port(), None

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "crm.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4"]
        self.process = subprocess.Popen(
            [*command, "--no-control-socket"],
            cwd=ROOT,
            env=environment(self.home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        listening(self.port, self.process, lambda: "the server did not start")

    def kill(self):
        os.killpg(self.process.pid, 9)
        self.process.wait()


class Poster(threading.Thread):
    """Posts lines until told to stop, one after the other; one that got no answer is sent again, the same."""

    def __init__(self, server, session, number):
        super().__init__(daemon=True)
        self.server, self.session, self.number = server, session, number
        self.acknowledged, self.sent, self.unanswered = {}, 0, 0
        self.halt = threading.Event()

    def run(self):
        self.token = None
        while not self.halt.is_set():
            self.sent += 1
            key, text = str(uuid.uuid4()), f"note {self.number}-{self.sent} about the kettle"
            while not self.halt.is_set():
                status = self._post(key, text)
                if status in (204, 303):
                    self.acknowledged[key] = text
                    break
                assert status is None, status
                self.unanswered += 1
                time.sleep(0.02)

    def _post(self, key, text):
        """The status, or None where the connection broke."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        cookie = f"session={self.session}"
        try:
            if self.token is None:
                connection.request("GET", "/log/", headers={"Cookie": cookie})
                page = connection.getresponse()
                self.csrf = re.search(r"csrf=([^;]+)", page.headers["Set-Cookie"] or "")[1]
                self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[1]
            body = urlencode({"uuid": key, "text": text, "csrfmiddlewaretoken": self.token})
            headers = {
                "Cookie": f"{cookie}; csrf={self.csrf}",
                "Content-Type": "application/x-www-form-urlencoded",
                "HX-Request": "true",
            }
            connection.request("POST", "/log/", body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def test_every_acknowledged_entry_is_there_once(seeded, collected, tmp_path):
    home = copied(seeded("empty"), collected, tmp_path / "home")
    print(f"CALLBACK_SEED={SEED}")
    pauses = random.Random(SEED)
    server = Server(home)
    server.start()
    posters = [Poster(server, SESSIONS["sam"], number) for number in range(3)]
    for poster in posters:
        poster.start()
    for _ in range(KILLS):
        _until_one_more(posters)
        time.sleep(pauses.random() * 0.3)
        server.kill()
        server.start()
    _until_one_more(posters)
    for poster in posters:
        poster.halt.set()
    for poster in posters:
        poster.join(2 * PATIENCE)
    server.kill()
    _check(home, posters)


def _until_one_more(posters):
    """Wait until the server is seen to work again."""
    before = sum(len(poster.acknowledged) for poster in posters)
    until = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < until:
        assert all(poster.is_alive() for poster in posters)
        if sum(len(poster.acknowledged) for poster in posters) > before:
            return
        time.sleep(0.05)
    raise AssertionError(f"No line was acknowledged for {2 * PATIENCE} seconds.")


def _check(home, posters):
    acknowledged = {key: text for poster in posters for key, text in poster.acknowledged.items()}
    with closing(sqlite3.connect(home / "callback.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = connection.execute(
            "SELECT e.uuid, e.text, a.text, count(*) FROM accounts_entry e"
            " JOIN accounts_activity a ON a.entry_id = e.id WHERE e.text LIKE 'note %' GROUP BY e.id"
        ).fetchall()
        indexed = connection.execute("SELECT count(*) FROM textindex WHERE textindex MATCH 'kettle'").fetchone()[0]
    found = {str(uuid.UUID(key)): (text, words, count) for key, text, words, count in kept}
    assert len(found) == len(kept) == indexed
    assert len({text for text, _, _ in found.values()}) == len(found)
    for key, text in acknowledged.items():
        assert (found[key][0], found[key][2]) == (text, 1)
    # What was stored but not acknowledged is at most the one line each poster was at.
    assert len(found) - len(acknowledged) <= len(posters)
    assert sum(poster.unanswered for poster in posters) > 0
