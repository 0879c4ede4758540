# ruff: noqa: E501
"""Bodies that are too large, broken or not what they say, and words of SQL and search: a plain refusal, never a crash."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests import dice
from tests.conventions.routes import report, urls
from tests.conventions.test_safe_methods import said, signed_in

from .fuzzing import BODIES, LONG, TEXTS
from .grammar import grammar_of
from .whole import WHOLE

pytestmark = pytest.mark.django_db
SEED = dice.seed("CALLBACK_FUZZ_SEED")
chosen = random.Random(SEED)
# Where each body is tried even in the short run.
CAREFUL = {"outbox_create", "login", "log", "import_create", "entry_undo"}


@pytest.fixture(autouse=True)
def _chosen_again():
    """Whichever test goes first."""
    chosen.seed(SEED)


def test_every_address_refuses_every_broken_body(world, monkeypatch):
    monkeypatch.setattr("crm.desk.importing.jobs.launch", lambda pk: None)
    failures, seller = [], signed_in(world.seller)
    for route, url in urls(world, failures):
        for body, kind in BODIES if WHOLE or route.name in CAREFUL else chosen.sample(BODIES, 4):
            if "charset=hex" in kind or route.name in ("logout", "sample_load", "backup_create"):
                continue
            with transaction.atomic():
                point = transaction.savepoint()
                answer = seller.generic("POST", url, body, content_type=kind)
                transaction.savepoint_rollback(point)
            text = b"" if answer.streaming else answer.content
            if answer.status_code >= 500 or b"Something broke" in text:
                failures.append(f"{route} with {body[:40]!r} as {kind[:60]}: {said(answer)}")
            if len(body) > 2_100_000 and answer.status_code not in (400, 413):
                failures.append(f"{route} takes {len(body):,} bytes: {answer.status_code}")
            if body.count(b"&") > 2_000 and answer.status_code not in (400, 405):
                failures.append(f"{route} takes {body.count(b'&'):,} fields: {answer.status_code}")
    report([f"seed {SEED}: {text}" for text in failures])


def test_every_question_takes_every_word(world):
    """SQL, the search's own syntax, figures, days, markup and long text, in every parameter that any page asks by."""
    failures, seller = [], signed_in(world.seller)
    grammar = grammar_of(world)
    for route, pairs in sorted(grammar.questions.items()):
        names = [*sorted({name for name, _ in pairs} - {""}), "q", "page", "sort"]
        for url in sorted(grammar.addresses.get(route, ()))[:1]:
            values = (*TEXTS, *(text[:2_000] for text in LONG))
            for value in values if WHOLE else chosen.sample(values, 5):
                answer = seller.get(url, query_params=dict.fromkeys(names, value))
                body = b"".join(answer) if answer.streaming else answer.content
                if answer.status_code >= 500 or (b"<x-canary" in body and "html" in answer.get("Content-Type", "")):
                    failures.append(f"{route} with {value[:40]!r} in {', '.join(names)}: {said(answer)}")
    report([f"seed {SEED}: {text}" for text in failures])


def upload(client, name, content):
    return client.post("/imports/create/", {"file": SimpleUploadedFile(name, content, content_type="text/csv")})


def test_uploads_are_limited_in_size_and_kind(world, settings):
    seller = signed_in(world.seller)
    for name, content in (
        ("a.exe", b"Name\nAcme\n"), ("a.csv.html", b"Name\nAcme\n"), ("a.svg", b"<svg/>"), ("a.csv", b""), ("a", b"Name\n"),
        ("a.csv", b"PK\x03\x04" + bytes(range(256)) * 20), ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(500)), ("a.csv", bytes(5_000)),
    ):  # fmt: skip
        assert upload(seller, name, content).status_code == 422, (name, content[:10])
    settings.IMPORT_MAX_BYTES = 100_000
    assert upload(seller, "a.csv", b"Name\n" + b"Acme\n" * 21_000).status_code == 422
    assert upload(seller, "a.csv", b"Name\n" + b"Acme\n" * 200_000).status_code == 413
    assert upload(signed_in(world.manager), "a.csv", b"x" * 3_000_000).status_code == 413
    assert upload(Client(), "a.csv", b"x" * 3_000_000).status_code == 413


def test_a_file_is_stored_under_a_name_of_our_own(world):
    seller = signed_in(world.seller)
    answer = upload(seller, "../../../etc/passwd.csv", b"Company\r\nAcme\r\n")
    assert answer.status_code == 303
    from crm.desk.models import Import

    item = Import.objects.latest("pk")
    assert item.path.parent == item.folder()
    assert "/" not in item.name
    assert item.path.stat().st_mode & 0o077 == 0
