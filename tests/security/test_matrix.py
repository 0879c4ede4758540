# ruff: noqa: E501
"""Every address × every method × everybody at the door, with status and an unchanged database.

tests/conventions/test_permissions.py has anonymous, disabled user, manager and the seller without the form's key; here
are who was a manager until a moment ago, who came in by a share link, and ids of others in addresses and bodies.
"""

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from accounts.models import Contact, Prospect, Step
from crm.access.models import User
from deals.models import Deal, Stage
from tests import make
from tests.conventions.database import fingerprint
from tests.conventions.routes import report, urls, walk
from tests.conventions.test_permissions import METHODS
from tests.conventions.test_safe_methods import signed_in

from .grammar import grammar_of
from .whole import WHOLE

pytestmark = pytest.mark.django_db
# All that answers somebody who is not signed in: a new one is written down here, and in docs/permissions.md.
OPEN = {
    "login", "login_code", "logout", "setup", "invitation_accept", "password_reset", "shared_brief",
    "offline_worker", "offline_shell", "app_manifest",
}  # fmt: skip
RECORDS = ("halden", "globex", "whitfield", "called dana", "send the price", "seventh seal", "book.csv")


def test_these_doors_are_open_and_no_others():
    found = {route.name for route in walk() if not route.says("login_required", True)}
    assert found <= OPEN, f"{found - OPEN} answer anybody"


def at_the_door(world, client):
    failures, before = [], fingerprint()
    for route, url in urls(world, failures):
        for method in METHODS:
            answer = client.generic(method, url, content_type="application/x-www-form-urlencoded")
            body = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace").casefold()
            if route.name not in OPEN and (answer.status_code != 302 or not answer.url.startswith("/login/")):
                failures.append(f"{method} {route} answers {answer.status_code}")
            for word in RECORDS:
                if word in body and route.name != "shared_brief":
                    failures.append(f"{method} {route} shows {word!r}")
    if fingerprint() != before:
        failures.append("the database is not what it was")
    report(failures)


def test_a_manager_who_was_removed_a_moment_ago(world):
    manager = signed_in(world.manager)
    signed_in(world.seller).post(f"/people/{world.manager.pk}/access/", {"let": "out"})
    at_the_door(world, manager)


def test_who_came_by_share_links_gets_nowhere_else(world):
    """By those that work and those that do not any more: the same door for all."""
    client = Client(raise_request_exception=False, headers={"Referer": "http://testserver/s/"})
    for token in (*world.dead.values(), world.tokens["share"], world.tokens["status"], world.by_place["s"]["token"]):
        client.get(f"/s/{token}/")
    at_the_door(world, client)


def test_a_share_link_shows_its_brief_and_takes_nothing(world):
    client, wrong = Client(raise_request_exception=False), []
    for name, token in (*world.tokens.items(), *world.dead.items()):
        if name in ("invitation", "password"):
            continue
        alive = name in world.tokens
        for method in METHODS:
            before = fingerprint()
            answer = client.generic(
                method, f"/s/{token}/?prospect={world.other.pk}&pk={world.other.pk}&as_of=2020-01-01"
            )
            expected = (200 if alive else 404) if method in ("GET", "HEAD") else 405
            if answer.status_code != expected:
                wrong.append(f"{method} of the link that is {name}: {answer.status_code}")
            text = answer.content.decode().casefold()
            if "seventh seal" in text or (name == "share" and "globex" in text) or (not alive and "halden" in text):
                wrong.append(f"{method} of the link that is {name} shows more than its brief")
            if not alive and fingerprint() != before:
                wrong.append(f"{method} of the link that is {name} changes the database")
    report(wrong)


def test_nobody_changes_what_is_anothers_by_its_id(world):
    """What a manager may send at all, with the ids of others: their sessions, mails, codes and rights stay as they are."""
    rival = signed_in(world.rival)
    rival.get("/")
    manager, wrong = signed_in(world.manager), []
    theirs = _of(world.rival, world.seller)
    for route, url in urls(world, []):
        if not route.says("touches_no_sales_record") or route.name == "logout":
            continue
        for person in (world.rival, world.seller):
            with transaction.atomic():
                point = transaction.savepoint()
                for path in {url, url.replace(f"/{world.manager.pk}/", f"/{person.pk}/")}:
                    for data in (
                        {},
                        {
                            "user": person.pk,
                            "pk": person.pk,
                            "person": person.pk,
                            "id": person.pk,
                            "email": person.email,
                        },
                    ):
                        manager.post(path, {**data, "rhythm": "daily", "at": "08:00", "weekday": "0"})
                if _of(world.rival, world.seller) != theirs:
                    wrong.append(f"{route} changes what is another's")
                transaction.savepoint_rollback(point)
    assert rival.get("/settings/").status_code == 200
    report(wrong)


def _of(*people):
    """Every row that belongs to one of these people, whatever the model."""
    found = []
    for model in apps.get_models():
        if model._meta.label in ("access.Look", "access.AuditEvent"):
            continue
        owners = [f.attname for f in model._meta.local_fields if f.related_model is User]
        if model is User:
            owners = ["pk"]
        for name in owners:
            rows = model._base_manager.filter(**{f"{name}__in": [p.pk for p in people]})
            found.append(
                (
                    model._meta.label,
                    sorted(
                        map(
                            repr,
                            rows.values_list(*(f.attname for f in model._meta.local_fields if f.name != "last_login")),
                        )
                    ),
                )
            )
    return found


KINDS = {"prospect": Prospect, "contact": Contact, "deal": Deal, "step": Step, "stage": Stage}


@pytest.mark.skipif(not WHOLE, reason="test_accepted.py has one form of each address; here is every form of every page")
def test_ids_in_bodies_lead_to_nothing_that_is_not_there(world):
    """Each id that a form holds, replaced by that of a trashed, a foreign and a missing record: no crash, and nothing
    is hung on what lies in the trash."""
    trashed = _trashed(world)
    seller, wrong = signed_in(world.seller), []
    before = _hung_on(trashed)
    for form in grammar_of(world).every_form():
        data = dict(form.data) | {name: values[0] for name, values in form.choices.items()}
        for name, value in data.items():
            kind = next(
                (kind for kind in KINDS if kind in name.replace("from_", "").replace("successor", "stage")), None
            )
            if (not kind and not value.isdecimal()) or name in ("version", "csrfmiddlewaretoken"):
                continue
            wild = (999_999, -1, f"{world.deal.pk},{trashed['deal'].pk}") if WHOLE else ()
            for pk in (trashed[kind or "prospect"].pk, 2**63, *wild):
                with transaction.atomic():
                    point = transaction.savepoint()
                    sent = _complete(data) | {name: str(pk), "uuid": str(make.uuids.uuid4())}
                    answer = seller.post(form.action, sent)
                    if answer.status_code >= 500:
                        wrong.append(
                            f"{form.route} with {name}={pk}: {answer.status_code} {getattr(answer, 'exc_info', '')}"
                        )
                    if form.route not in ("trash_restore", "entry_undo") and _hung_on(trashed) != before:
                        wrong.append(f"{form.route} with {name}={pk} hangs something on what lies in the trash")
                    transaction.savepoint_rollback(point)
    report(wrong)


def _complete(data):
    filler = {"what": "Call", "text": "called", "name": "Probe", "email": "probe@callback.example", "when": "tomorrow"}
    return {name: value or filler.get(name, "") for name, value in data.items()}


def _trashed(world):
    prospect = make.prospect("Lies Below")
    found = {
        "prospect": prospect,
        "contact": make.contact(prospect, "Under Ground"),
        "deal": make.deal(prospect, "Buried"),
        "step": make.step(prospect, "Never", "2026-03-11"),
    }
    with make.submission(author=world.seller) as entry:
        prospect.trash(entry)
    with make.submission(author=world.seller) as entry:
        stage = Stage(name="Torn down")
        stage.write(entry)
    with make.submission(author=world.seller) as entry:
        stage.trash(entry)
    return found | {"stage": stage}


def _hung_on(trashed):
    """How many rows of which kind point to these records."""
    found = {}
    for model in apps.get_models():
        for f in model._meta.local_fields:
            for record in trashed.values():
                if f.related_model is type(record):
                    found[(model._meta.label, f.name, record.pk)] = model._base_manager.filter(
                        **{f.attname: record.pk}
                    ).count()
    return found
