"""Random requests against every address: nothing breaks, nothing leaks, nobody changes what is not theirs.

CALLBACK_SECURITY=whole for 10,000 of them, CALLBACK_FUZZ for another number, CALLBACK_FUZZ_SEED to repeat one
(docs/security.md).
"""

import os

import pytest
from django.db import connection, transaction
from django.test import Client

from tests import dice
from tests.conventions.database import _TABLE, _WRITES
from tests.conventions.routes import report, walk
from tests.conventions.test_safe_methods import said, signed_in

from .fuzzing import Fuzz, wrong_with
from .grammar import grammar_of
from .whole import WHOLE

pytestmark = pytest.mark.django_db
SHOTS = int(os.environ.get("CALLBACK_FUZZ") or (10_000 if WHOLE else 1000))
SEED = dice.seed("CALLBACK_FUZZ_SEED")
PRIVATE = ("seventh seal",)
# Whatever a stranger may see, it holds no word of any record.
RECORDS = (*PRIVATE, "halden", "globex", "whitfield", "called dana", "send the price", "book.csv", "morgan vale")
# A link shows one brief to whoever has it: no other record, and nothing private.
LINKS = ("/s/", "/password/", "/invitation/")
SHARED = (*PRIVATE, "globex", "book.csv", "morgan vale")
SALES = ("accounts_", "deals_", "desk_")
# What belongs to a reader: how far they have read, how often a link was opened, their own mail.
READERS = {"desk_statusmark", "desk_sharelink", "desk_digestplan", "desk_digestmail"}


class Watched:
    """The client of one role, and the tables that its request wrote to."""

    def __init__(self, client):
        self.client, self.tables = client, set()

    def _watch(self, execute, sql, params, many, context):
        if _WRITES.match(sql):
            found = _TABLE.search(sql)
            self.tables.add(found[1] if found else sql[:60])
        return execute(sql, params, many, context)

    def send(self, shot):
        self.tables = set()
        point = transaction.savepoint()
        cookies = self.client.cookies.copy()
        with connection.execute_wrapper(self._watch):
            answer = self.client.generic(
                shot.method, shot.path, shot.body, content_type=shot.kind or "text/plain", headers=_plain(shot.headers)
            )
            body = b"".join(answer) if answer.streaming else answer.content
        # Each request meets the same world.
        transaction.savepoint_rollback(point)
        self.client.cookies = cookies
        return answer, body


def _plain(headers):
    return {name: value for name, value in headers.items() if "\r" not in value}


def roles(world):
    disabled = signed_in(world.disabled)
    world.disabled.is_active = False
    world.disabled.save()
    return {
        "seller": Watched(signed_in(world.seller)),
        "manager": Watched(signed_in(world.manager)),
        "disabled": Watched(disabled),
        "stranger": Watched(Client(raise_request_exception=False)),
    }


def test_random_requests(world, monkeypatch):
    print(f"CALLBACK_FUZZ_SEED={SEED} CALLBACK_FUZZ={SHOTS}")
    monkeypatch.setattr(
        "crm.desk.importing.jobs.launch", lambda pk: None
    )  # a process of its own, beyond this transaction
    people = roles(world)
    fuzz = Fuzz(grammar_of(world), ["seller", "seller", "manager", "manager", "disabled", "stranger"], SEED)
    failures, seen = {}, {}
    for shot in fuzz.shots(SHOTS):
        if "charset=hex" in shot.kind:
            continue  # crm.wsgi.Request is gunicorn's alone
        who = people[shot.role]
        answer, body = who.send(shot)
        seen.setdefault(shot.route, set()).add(answer.status_code)
        secrets = {"seller": (), "manager": PRIVATE}.get(shot.role, SHARED if shot.path.startswith(LINKS) else RECORDS)
        secrets = [word for word in secrets if word not in (shot.path + shot.body.decode(errors="replace")).casefold()]
        wrong = wrong_with(shot, answer.status_code, answer.headers, body, secrets)
        if answer.status_code >= 500:
            wrong = f"answers {said(answer)}"
        if not wrong and who.tables and (shot.role != "seller" or shot.method in ("GET", "HEAD", "OPTIONS", "TRACE")):
            changed = {table for table in who.tables if table.startswith(SALES)} - READERS
            wrong = f"writes to {sorted(changed)}" if changed else ""
        if wrong:
            failures.setdefault((shot.route, wrong[:120]), f"{wrong}\n    {shot}")
    report([f"seed {SEED}: {text}" for text in failures.values()])
    if SHOTS >= 5000:
        every = {route.name for route in walk()}
        assert every <= set(seen), f"never asked: {every - set(seen)}"
