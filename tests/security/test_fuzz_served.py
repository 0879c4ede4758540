"""The fuzzer's requests once more, through gunicorn and with the keys of forms, as the network would bring them."""

import http.client
import re
import shutil
import sqlite3

import pytest

from tests.conventions.routes import report
from tests.make import PASSWORD

from .conftest import collect, gunicorn
from .fuzzing import Fuzz, urlencode, wrong_with
from .grammar import grammar_of
from .test_fuzz import LINKS, PRIVATE, RECORDS, SEED, SHARED
from .whole import WHOLE

SHOTS = 2_000 if WHOLE else 300
SALES = re.compile(r"(accounts|deals)_")


class Browser:
    """Keeps its cookies, and sends the key of forms with what it sends."""

    def __init__(self, port, email=None):
        self.port, self.cookies = port, {}
        if email:
            self.ask("GET", "/login/")
            form = urlencode({"username": email, "password": PASSWORD}).encode()
            assert self.ask("POST", "/login/", form, "application/x-www-form-urlencoded")[0] == 303

    def ask(self, method, path, body=b"", kind="", headers=()):
        sent = {
            "Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("csrf", ""),
        }
        sent |= {"Content-Type": kind or "text/plain", "Host": "127.0.0.1"} | dict(headers)
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            link.request(method, path, body or None, {n: v.encode("latin-1", "replace") for n, v in sent.items()})
            answer = link.getresponse()
            held = answer.read()
        finally:
            link.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, held


def rows(home):
    """All rows of all sales records."""
    with sqlite3.connect(home / "callback.sqlite3") as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'") if SALES.match(name)
        ]
        return {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


@pytest.mark.django_db
def test_random_requests_through_the_server(world, filled, tmp_path):
    print(f"CALLBACK_FUZZ_SEED={SEED}")
    home = tmp_path / "home"
    shutil.copytree(filled, home)
    collect(home)
    failures, broken = [], 0
    with gunicorn(home) as server:
        emails = {"seller": "sam@callback.example", "manager": "morgan@callback.example", "stranger": None}
        people = {role: Browser(server.port, email) for role, email in emails.items()}
        before = rows(home)
        # First whoever may change nothing, then the seller.
        for roles, number in ((["manager", "stranger"], SHOTS // 2), (["seller"], SHOTS // 2)):
            for shot in Fuzz(grammar_of(world), roles, SEED).shots(number):
                if (
                    not shot.path.isascii()
                    or re.search(r"[\x00-\x20\x7f]", shot.path)
                    or shot.route in ("logout", "settings_sessions")
                ):
                    continue
                headers = {n: v for n, v in shot.headers.items() if n not in ("X-CSRFToken", "Expect", "Referer")}
                try:
                    status, sent, body = people[shot.role].ask(
                        shot.method, shot.path, shot.body, shot.kind, headers.items()
                    )
                except (http.client.HTTPException, OSError):
                    broken += 1  # hung up on; what it was not told it cannot leak
                    continue
                typed = (shot.path + shot.body.decode(errors="replace")).casefold()
                hidden = {"seller": (), "manager": PRIVATE}.get(
                    shot.role, SHARED if shot.path.startswith(LINKS) else RECORDS
                )
                wrong = wrong_with(shot, status, sent, body, [word for word in hidden if word not in typed])
                if wrong:
                    failures.append(f"{wrong}\n    {shot}")
            if roles != ["seller"] and rows(home) != before:
                failures.append("somebody who may not changed a sales record")
        assert people["stranger"].ask("GET", "/login/")[0] == 200
    assert broken < SHOTS / 20
    report([f"seed {SEED}: {text}" for text in dict.fromkeys(failures)])
