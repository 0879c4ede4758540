# ruff: noqa: E501
"""Every form of every page: fields that it does not have change nothing, no field leads elsewhere, its key is needed."""

import re
import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.db import models, transaction
from django.test import Client

from crm.web import clock
from tests.conventions.routes import report, urls, walk
from tests.conventions.test_safe_methods import said, signed_in

from .fuzzing import OURS, urljoin, urlsplit
from .grammar import grammar_of
from .whole import WHOLE

pytestmark = pytest.mark.django_db
UUID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
# What fills a field that a page shows empty, so that the form is taken.
FILLER = {
    "what": "Call", "text": "called dana at halden, left a voicemail", "name": "Probe", "email": "probe@callback.example",
    "when": "tomorrow", "prospect": "1", "amount": "10", "on": "2026-03-11", "currency": "USD", "milestones": "Met",
    "let": "out", "days": "7", "to": "1", "role": "champion", "stage": "1", "successor": "2", "into": "2",
}  # fmt: skip
# Drawn anew each time, or written by the mere asking.
DRAWN = {
    "token_hash",
    "stored",
    "uuid",
    "password",
    "key",
    "last_login",
    "session_key",
    "session_data",
    "device_key",
    "salt",
    "code_hash",
}
ASIDE = {
    "accounts.NameChange",
    "access.Session",
    "access.Look",
    "axes.AccessAttempt",
    "axes.AccessLog",
    "axes.AccessFailureLog",
}


def hostile(world):
    """Fields that models have and no form should set; and what other frameworks would read."""
    rival, other = world.rival.pk, world.other.pk
    return {
        "role": "seller", "is_staff": "1", "is_superuser": "1", "is_active": "0", "owner": rival, "owner_id": rival,
        "author": rival, "author_id": rival, "user": rival, "user_id": rival, "created_at": "2001-01-01", "made_on": "2001-01-01",
        "changed_at": "2001-01-01", "known_at": "2001-01-01", "occurred_at": "2001-01-01", "trashed_at": "2001-01-01",
        "trashed_by": rival, "batch": "1", "batch_id": "1", "merged_into": other, "merged_into_id": other, "id": "99", "pk": "99",
        "private": "on", "version": "1", "token_hash": "x", "two_way": "on", "attempt": "on", "folded": "x", "slips": "9",
        "slipped_days": "9", "stage_since": "2001-01-01", "open_count": "99", "expires_at": "2099-01-01", "revoked_at": "2001-01-01",
        "used_at": "2001-01-01", "purpose": "setup", "extra": "{}", "undone_at": "2001-01-01", "groups": "1", "_method": "DELETE",
        "state": "done", "done_on": "2001-01-01", "opened_on": "2001-01-01", "shortcuts": "", "currency": "EUR", "fiscal_year_start": "7",
        "ended_on": "2001-01-01", "e164": "+14155550199", "position": "9", "configured": "1", "__proto__[x]": "1", "self.role": "seller",
    }  # fmt: skip


def database():
    """All rows of all tables, without what is drawn anew."""
    found = {}
    for model in apps.get_models():
        if model._meta.label not in ASIDE and model._meta.managed:
            names = [f.attname for f in model._meta.local_fields if f.name not in DRAWN]
            found[model._meta.label] = sorted(map(repr, model._base_manager.values_list(*names)))
    return found


def filled(form):
    def usual(name):
        return next(filter(None, form.choices.get(name, ())), FILLER.get(name.rpartition("-")[2], ""))

    pairs = [(n, v or usual(n)) for n, v in form.data if n != "csrfmiddlewaretoken"]
    have = {name for name, _ in pairs}
    pairs += [(name, usual(name)) for name in form.choices if name not in have]
    return {name: UUID if name == "uuid" else value for name, value in pairs}


def sent(client, form, data):
    """(answer, the database after it); nothing of it is kept."""
    with transaction.atomic():
        point = transaction.savepoint()
        answer = client.post(form.action, data)
        after = database()
        transaction.savepoint_rollback(point)
    return answer, after


@pytest.fixture
def still():
    """The clock stands, so that two runs write the same times."""
    with time_machine.travel(datetime(2026, 3, 11, 15, 0, tzinfo=UTC), tick=False):
        yield clock.now()


def _same_uuids(monkeypatch):
    """Draw the same UUIDs again once the list that is returned is cleared: what happens at once is ordered by them."""
    drawn = []

    def draw():
        drawn.append(1)
        return uuid.UUID(int=uuid.UUID(UUID).int + len(drawn))

    monkeypatch.setattr(uuid, "uuid4", draw)
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.UUIDField) and field.has_default():
                monkeypatch.setattr(field, "_get_default", draw)
    return drawn


@pytest.mark.skipif(not WHOLE, reason="test_accepted.py has one form of each address; here is every form of every page")
def test_a_field_that_a_form_does_not_have_changes_nothing(still, world, monkeypatch):
    monkeypatch.setattr("crm.desk.importing.jobs.launch", lambda pk: None)
    drawn = _same_uuids(monkeypatch)
    failures, taken, refused = [], set(), set()
    clients = {"seller": signed_in(world.seller), "manager": signed_in(world.manager)}
    own = {route.name for route in walk() if route.says("touches_no_sales_record")}
    forms = grammar_of(world)
    for form in forms.every_form() if WHOLE else [forms.forms_of(route)[0] for route in forms.forms]:
        for who, client in clients.items():
            if form.route in ("logout", "sample_load", "login") or (who == "manager" and form.route not in own):
                continue
            data = filled(form)
            # Done asks about privacy only where words are typed, which not each card shows.
            known = {"private"} if form.route == "next_done" else set()
            known |= {name for one in forms.forms_of(form.route) for name in one.names()}
            extra = {name: value for name, value in hostile(world).items() if name not in known}
            if not data and any(map(filled, forms.forms_of(form.route))):
                continue  # the shell's forms without an address of their own
            drawn.clear()
            plain, expected = sent(client, form, data)
            drawn.clear()
            more, after = sent(client, form, data | extra)
            (taken if plain.status_code < 400 else refused).add(form.route)
            if more.status_code != plain.status_code:
                failures.append(f"{who} {form.route}: {said(plain)} becomes {said(more)}")
            for label in expected:
                if after[label] != expected[label]:
                    odd = sorted(set(after[label]) ^ set(expected[label]))[:2]
                    failures.append(f"{who} {form.route} writes to {label}: {odd}"[:600])
    assert len(taken) > 50, f"only refused: {sorted(refused - taken)}"
    report(list(dict.fromkeys(failures)))


def test_the_outbox_takes_the_fields_of_its_kind_alone(still, world):
    client = signed_in(world.seller)
    item = {
        "uuid": UUID,
        "seq": 1,
        "kind": "log",
        "occurred_at": still.isoformat(),
        "sent_at": still.isoformat(),
        "zone": "UTC",
    }
    fields = {"text": "called dana at halden, no answer", "context": "", "private": False, "choices": []}
    extra = {k: v for k, v in hostile(world).items() if k not in ("private",)}
    found = []
    for more, inside in (({}, {}), (extra, {}), ({}, extra)):
        with transaction.atomic():
            point = transaction.savepoint()
            answer = client.post(
                "/outbox/", {**more, **item, "fields": {**inside, **fields}}, content_type="application/json"
            )
            assert answer.status_code == 200
            found.append(database())
            transaction.savepoint_rollback(point)
    assert found[0] == found[1] == found[2]


REDIRECTS = (
    "next",
    "back",
    "to",
    "url",
    "return",
    "return_to",
    "redirect",
    "redirect_to",
    "continue",
    "from",
    "goto",
    "r",
    "u",
)
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "\t//evil.example",
)


def leads_away(answer, path):
    for name in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url", "Refresh"):
        to = (answer.get(name) or "").strip().replace("\\", "/")
        if to and (urlsplit(urljoin("http://testserver" + path, to)).netloc or "testserver") not in OURS:
            return f"{name}: {to}"
        if to.startswith("javascript:"):
            return f"{name}: {to}"
    return ""


def test_no_field_leads_to_somewhere_else(world, monkeypatch):
    monkeypatch.setattr("crm.desk.importing.jobs.launch", lambda pk: None)
    failures, seller = [], signed_in(world.seller)
    forms = grammar_of(world)
    for form in forms.every_form() if WHOLE else [forms.forms_of(route)[0] for route in forms.forms]:
        data = filled(form)
        for n, to in enumerate(ELSEWHERE if WHOLE else ELSEWHERE[:2]):
            away = dict.fromkeys(REDIRECTS if "to" not in data else REDIRECTS[:2], to)
            for headers in ({}, {"HX-Request": "true", "HX-Current-URL": to, "Referer": to})[: 1 + (n == 0)]:
                with transaction.atomic():
                    point = transaction.savepoint()
                    answer = seller.post(form.action, data | away, headers=headers, query_params=away)
                    transaction.savepoint_rollback(point)
                if "_auth_user_id" not in seller.session:
                    seller = signed_in(world.seller)
                if wrong := leads_away(answer, form.action):
                    failures.append(f"{form.route} with {to}: {wrong}")
    for route, url in urls(world, []):
        for to in ELSEWHERE if WHOLE else ELSEWHERE[:2]:
            for client in (seller, Client()):
                answer = client.get(url, query_params=dict.fromkeys(REDIRECTS, to), headers={"Referer": to})
                if wrong := leads_away(answer, url):
                    failures.append(f"GET {route} with {to}: {wrong}")
    report(list(dict.fromkeys(failures)))


def test_no_address_takes_a_form_without_its_key_or_from_elsewhere(world):
    """Also where the session is right: the key of another, in the question, none at all, or from another page."""
    client = signed_in(world.seller, enforce_csrf_checks=True)
    page = client.get("/settings/shortcuts/")
    key = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page.content)[1].decode()
    failures = []
    assert (
        client.post(
            "/settings/shortcuts/", {"csrfmiddlewaretoken": key}, headers={"Origin": "http://testserver"}
        ).status_code
        == 303
    )
    for route, url in urls(world, failures):
        joined = url + ("&" if "?" in url else "?")
        for what, answer in (
            ("from elsewhere", client.post(url, {"csrfmiddlewaretoken": key}, headers={"Origin": "http://evil.example"})),
            ("from nowhere", client.post(url, {"csrfmiddlewaretoken": key}, headers={"Origin": "null"})),
            ("by https from elsewhere", client.post(url, {"csrfmiddlewaretoken": key}, secure=True, headers={"Referer": "https://evil.example/"})),
            ("in the question", client.post(f"{joined}csrfmiddlewaretoken={key}", {})),
            ("of another", client.post(url, {"csrfmiddlewaretoken": "a" * 64})),
            ("as JSON", client.post(url, {"csrfmiddlewaretoken": key}, content_type="application/json")),
            ("by htmx", client.post(url, {}, headers={"HX-Request": "true"})),
        ):  # fmt: skip
            if answer.status_code != 403:
                failures.append(f"{route} takes a form with its key {what}: {answer.status_code}")
    report(failures)


def test_another_host_is_answered_nowhere_and_named_nowhere(world):
    failures = []
    for client in (signed_in(world.seller), Client()):
        for route, url in urls(world, []):
            for method in ("GET", "POST"):
                answer = client.generic(method, url, headers={"Host": "evil.example"})
                if answer.status_code != 400:
                    failures.append(f"{method} {route}: {answer.status_code}")
                forwarded = {
                    "X-Forwarded-Host": "evil.example",
                    "Forwarded": "host=evil.example",
                    "X-Host": "evil.example",
                }
                with transaction.atomic():
                    point = transaction.savepoint()
                    answer = client.generic(method, url, headers=forwarded)
                    body = b"".join(answer) if answer.streaming else answer.content
                    transaction.savepoint_rollback(point)
                if b"evil.example" in body or "evil.example" in str(answer.headers):
                    failures.append(f"{method} {route} names the host it was told")
    report(list(dict.fromkeys(failures)))


def test_links_in_mails_are_of_the_settings_not_of_the_request(world, settings, mailoutbox):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://crm.example/", ["testserver", "other.example"]
    settings.EMAIL_HOST = "mail.example"
    seller = signed_in(world.seller)
    seller.post(
        "/invitations/create/", {"email": "guest@callback.example", "name": "Gil"}, headers={"Host": "other.example"}
    )
    seller.post(f"/people/{world.manager.pk}/password/", headers={"Host": "other.example"})
    assert len(mailoutbox) == 2
    for mail in mailoutbox:
        assert "https://crm.example/" in mail.body
        assert "other.example" not in mail.body + mail.subject


def test_a_name_cannot_add_a_header_to_a_mail(world, settings, mailoutbox):
    settings.PUBLIC_URL, settings.EMAIL_HOST = "https://crm.example/", "mail.example"
    world.seller.name = "Sam\r\nBcc: evil@evil.example"
    world.seller.save()
    for email in (
        "guest@callback.example",
        "guest@callback.example\r\nBcc: evil@evil.example",
        "a@b.example,evil@evil.example",
    ):
        signed_in(world.seller).post("/invitations/create/", {"email": email, "name": "Gil\r\nBcc: evil@evil.example"})
    assert len(mailoutbox) == 1
    assert mailoutbox[0].recipients() == ["guest@callback.example"]
    assert "Bcc" not in dict(mailoutbox[0].message().items())
