"""For every address a form that is taken (accepted.py): by whom it is for, with its key, and by nobody else; whatever
is added to it adds nothing, and with the id of what is not there it does nothing."""

import re
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import Batch
from crm.access.models import Session, User
from crm.desk.models import ShareLink
from crm.web import clock
from tests.conventions.database import fingerprint
from tests.conventions.routes import report, walk
from tests.conventions.test_safe_methods import said, signed_in

from .accepted import BODIES, browser, ready, takes_post, undone
from .test_forms import _same_uuids, database, hostile, still  # noqa: F401 (a fixture)
from .test_matrix import OPEN, _trashed
from .world import Town

pytestmark = pytest.mark.django_db
# What is taken and stores nothing but its line in the audit: an answer to read, a file to keep, a cookie.
STORES_NOTHING = {"log_preview", "export_create", "backup_create", "settings_theme"}
# Of a manager, all the same, not the seller's alone.
DOORS = OPEN - {"logout"}
MISSING = 2**40
# What is not of the prospect an activity is filed under is left out, as if nothing had been chosen.
LEFT_OUT = {"activity_edit": {"contacts", "deal"}}
# Thrown away already, by another tab: it is answered as if this one had, and the entry of that holds nothing.
TWICE = {"prospect_delete", "prospect_merge", "contact_delete"}


@pytest.fixture
def world(installation, settings, monkeypatch, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("crm.desk.importing.jobs.launch", lambda pk: None)
    monkeypatch.setattr("crm.desk.sample.load", lambda: {"batch": Batch.objects.create(kind=Batch.SAMPLE).pk})
    return Town()


def each(world, failures, **how):
    """Every form of BODIES, browser, ready to be sent; what is done with it is taken back."""
    for route in walk():
        if route.name in BODIES:
            with undone():
                try:
                    sent = ready(world, route, **how)
                except AssertionError as error:
                    failures.append(str(error).split("\n")[0])
                else:
                    yield route, sent


def rows():
    """{(model, id): its values} of everything but who looked."""
    found = {}
    for model in apps.get_models():
        if model._meta.managed and model._meta.label not in ("access.Look", "access.AuditEvent", "axes.AccessAttempt"):
            names = [f.attname for f in model._meta.local_fields]
            found |= {(model, values[0]): values for values in model._base_manager.values_list("pk", *names)}
    return found


def changed(before):
    """[(model, values)] of all rows that are not what they were, as they are now or were."""
    after = rows()
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return [(key[0], (after.get(key) or before[key])[1:]) for key in keys]


def test_each_address_that_takes_a_form_is_tried_here(world):
    assert {route.name for route in takes_post(world)} == set(BODIES)


def test_by_whom_it_is_for_it_is_taken_and_without_its_key_refused(world):
    failures = []
    for route, sent in each(world, failures, enforce_csrf_checks=True):
        before, print_ = rows(), fingerprint()
        answer = sent.post(sent.client)
        if answer.status_code != 403 or fingerprint() != print_:
            failures.append(f"{route} without its key: {said(answer)}")
        answer = sent.post(sent.client, headers={"X-CSRFToken": sent.key})
        done = {model._meta.label for model, _ in changed(before)}
        if route.name in STORES_NOTHING:
            done -= {"access.Session"}  # what is said on the next page
        if answer.status_code >= 400 or bool(done) == (route.name in STORES_NOTHING):
            failures.append(f"{route} answers {said(answer)} to {sent.data} and changes {done}")
    report(failures)


def test_by_everybody_else_it_is_refused(world):
    failures, visitors = [], strangers(world)
    for route, sent in each(world, failures):
        if route.name in DOORS:
            continue
        own, before = route.says("touches_no_sales_record"), fingerprint()
        for who, client in visitors.items():
            with undone():
                answer = sent.post(client)
                away = answer.status_code == 302 and answer.url.startswith("/login/")
                if not (away or route.name == "logout") or fingerprint() != before:
                    failures.append(f"{route} by {who}: {said(answer)}")
        with undone():
            manager = signed_in(world.manager)
            before = rows()
            answer = sent.post(manager)
            whys = not_theirs(world, before) if own else {model._meta.label for model, _ in changed(before)}
            if answer.status_code >= 500 if own else answer.status_code != 403:
                whys = ["is answered", *whys]
            failures += [f"{route} by a manager {why}: {said(answer)}" for why in whys]
    report(failures)


def strangers(world):
    """{who: a browser of theirs} of those who are let in nowhere, or at one page."""
    found = {"nobody": Client(raise_request_exception=False), "who was removed": signed_in(world.disabled)}
    User.objects.filter(pk=world.disabled.pk).update(is_active=False)
    for who, days in (("who has a link", 7), ("who had a link", -1)):
        holder, token = Client(raise_request_exception=False), world.link_to(world.prospect)
        assert holder.get(f"/s/{token}/").status_code == 200
        ShareLink.objects.filter(pk=ShareLink.objects.latest("pk").pk).update(
            expires_at=clock.now() + timedelta(days=days)
        )
        found[who] = holder
    return found


def not_theirs(world, before):
    """What a manager changed that is not their own."""
    for model, values in changed(before):
        named = {f.attname: value for f, value in zip(model._meta.local_fields, values, strict=True)}
        whose = {named[f.attname] for f in model._meta.local_fields if f.related_model is User}
        if model is User:
            whose = {named["id"]}
        if model is Session:
            whose -= {None}  # the one after signing out
        if whose - {world.manager.pk} or (not whose and model is not Session):
            yield f"changes {model._meta.label} {named}"[:500]


def test_the_doors_take_it_by_a_link_that_works_alone(world):
    """The same form, with every other token there is."""
    failures = []
    for route, sent in each(world, failures):
        fits = {"invitation_accept": "invitation", "password_reset": "password"}.get(route.name)
        tokens = [*world.dead.values(), *(token for what, token in world.tokens.items() if what != fits)]
        for token in tokens if route.name in DOORS and route.parameters else ():
            url, print_ = re.sub(r"/[\w-]{43}/", f"/{token}/", sent.url), fingerprint()
            with undone():
                answer = sent.post(Client(raise_request_exception=False), url=url)
                if answer.status_code != 404 or fingerprint() != print_:
                    failures.append(f"{route} at {url}: {said(answer)}")
    report(failures)


def test_who_comes_in_gets_a_session_of_their_own(world):
    """One that was planted in their browser is worth nothing afterwards, by whichever door."""
    failures, came_in = [], set()
    for route, sent in each(world, failures):
        if route.name not in DOORS:
            continue
        session = sent.client.session
        session["planted"] = "1"
        session.save()
        planted, thief = session.session_key, Client()
        sent.client.cookies["session"] = thief.cookies["session"] = planted
        sent.post(sent.client)
        if "_auth_user_id" in sent.client.session:
            came_in.add(route.name)
            if sent.client.session.session_key == planted or thief.get("/settings/").status_code != 302:
                failures.append(f"{route} keeps the session")
    assert came_in == {"login", "login_code", "setup", "invitation_accept", "password_reset"}
    report(failures)


def test_what_is_added_to_it_adds_nothing(still, world, monkeypatch):  # noqa: F811
    """Fields of the models, and what other frameworks would read: the database after it is that without them."""
    drawn, failures, extra = _same_uuids(monkeypatch), [], hostile(world)
    for route, sent in each(world, failures):
        found = []
        for more in ({}, {name: value for name, value in extra.items() if name not in sent.shown}):
            drawn.clear()
            with undone():
                if route.says("touches_no_sales_record"):
                    sent.client = browser(world, sent.body.who)
                answer = sent.post(sent.client, more)
                found.append((answer.status_code, database()))
        (plain, expected), (status, after) = found
        if status != plain:
            failures.append(f"{route} answers {status}, not {plain}")
        for label in expected:
            if after[label] != expected[label]:
                odd = sorted(set(after[label]) ^ set(expected[label]))[:2]
                failures.append(f"{route} writes to {label}: {odd}"[:600])
    report(failures)


def test_with_the_id_of_what_is_not_there_it_does_nothing(still, world, monkeypatch):  # noqa: F811
    """In the address and in the form: ids that never were, and those of what lies in the trash."""
    drawn, failures, trashed = _same_uuids(monkeypatch), [], _trashed(world)

    def after(url, data):
        drawn.clear()
        with undone():
            answer = sent.post(sent.client, url=url, data=data)
            return said(answer), database()

    for route, sent in each(world, failures):
        before = database()
        for what, url, data, without in astray(sent, trashed):
            status, found = after(url, data)
            wrote = {label for label in before if found[label] != before[label]}
            if what in LEFT_OUT.get(route.name, ()) and found == after(url, without)[1]:
                continue
            if wrote and not (url != sent.url and route.name in TWICE and wrote == {"accounts.Entry"}):
                failures.append(f"{route} with {what} of {url}: {status}, and writes {wrote}")
            elif status in (200, 204):
                failures.append(f"{route} with {what} of {url}: {status}")
    report(failures)


def astray(sent, trashed):
    """(what, address, data, the same without it) with one id each that leads nowhere."""
    if "pk" in sent.route.parameters or "uuid" in sent.route.parameters:
        kind = sent.url.split("/")[1].removesuffix("s")
        for pk in filter(None, (MISSING, trashed.get(kind) and trashed[kind].pk)):
            to = re.sub(r"/\d+/", f"/{pk}/", sent.url, count=1)
            to = re.sub(r"/[0-9a-f-]{36}/", f"/{uuid.UUID(int=pk)}/", to)
            yield "an address", to, sent.data, None
    for name, value in sent.data.items():
        kind = name.removesuffix("s").removeprefix("from_").replace("successor", "stage").replace("into", "prospect")
        if kind in trashed and value:
            record = trashed[kind]
            named = not value.isdecimal()
            for odd in (f"Nobody ({MISSING})", f"{record} ({record.pk})") if named else (MISSING, record.pk):
                yield name, sent.url, {**sent.data, name: odd}, {**sent.data, name: ""}
