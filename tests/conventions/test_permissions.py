"""Every address × every method × everybody who may not: the right status, and an unchanged database.

docs/permissions.md is this table in prose.
"""

import pytest
from django.test import Client

from crm.access.middleware import SAFE
from crm.desk.models import ShareLink
from crm.web import clock

from .database import fingerprint, writes
from .routes import report, urls
from .test_safe_methods import FINE, OTHERS, said, signed_in

pytestmark = pytest.mark.django_db
METHODS = (*SAFE, "POST", "PUT", "PATCH", "DELETE")
# Reachable without signing in.
PUBLIC = {"login": {200, 303, 405, 422}, "logout": {303, 405}, "setup": {404}, "shared_brief": {200, 405}}
# Browsers fetch the manifest without a cookie; it says nothing about anybody.
PUBLIC |= {"app_manifest": {200, 403, 405}}
# The shell and the worker that keeps it are nobody's.
PUBLIC |= {"offline_shell": {200, 403, 405}, "offline_worker": {200, 403, 405}}
PUBLIC |= {"login_code": {303}, "invitation_accept": {200, 422}, "password_reset": {200, 422}}
# What a manager may send: nothing of the records, only what is their own.
OWN = {
    "shared_brief",
    "login",
    "logout",
    "setup",
    "password_edit",
    "settings_shortcuts",
    "settings_theme",
    "settings_sessions",
    "settings_second_factor",
    "second_factor_create",
    "second_factor_delete",
    "recovery_code_create",
    "login_code",
    "invitation_accept",
    "password_reset",
    "status_seen",
    "settings_digest",
    "person_digest",
    "digest_resend",
}
# What a manager is not shown: forms that only the seller can send (403), and pages of the seller's own (404).
HIDDEN = {403, 404}


@pytest.fixture
def disabled(world):
    """Signed in, and then no longer let in."""
    client = signed_in(world.disabled)
    world.disabled.is_active = False
    world.disabled.save()
    return client


def test_a_stranger_gets_to_the_door(world):
    _at_the_door(world, Client(raise_request_exception=False))


def test_a_disabled_user_is_a_stranger(world, disabled):
    _at_the_door(world, disabled)


def _at_the_door(world, client, public=PUBLIC):
    def wrong(route, method, answer):
        if route.name in public:
            return answer.status_code not in public[route.name]
        return answer.status_code != 302 or not answer.url.startswith("/login/")

    _everywhere(world, client, wrong)


def test_who_has_a_link_sees_one_page_more_than_a_stranger(world):
    holder = Client(raise_request_exception=False)
    assert holder.get(f"/s/{world.token}/").status_code == 200
    _at_the_door(world, holder)


def test_who_has_a_link_that_ended_is_a_stranger(world):
    holder = Client(raise_request_exception=False)
    holder.get(f"/s/{world.token}/")
    ShareLink.objects.update(expires_at=clock.now())
    _at_the_door(world, holder, PUBLIC | {"shared_brief": {404, 405}})


def test_a_manager_looks_and_sends_nothing(world):
    def wrong(route, method, answer):
        if method == "OPTIONS":
            return answer.status_code >= 500
        if method in SAFE:
            return answer.status_code not in FINE | HIDDEN | OTHERS.get(route.name, set())
        if route.name in OWN:
            return answer.status_code not in {200, 303, 404, 405, 422}
        return answer.status_code != 403

    _everywhere(world, signed_in(world.manager), wrong, own=OWN)


def test_a_form_from_elsewhere_is_refused(world):
    """The seller's browser, but without the form's key."""
    client = signed_in(world.seller, enforce_csrf_checks=True)

    def wrong(route, method, answer):
        return method not in SAFE and answer.status_code != 403

    _everywhere(world, client, wrong)


def test_no_private_line_reaches_a_manager(world):
    client, failures = signed_in(world.manager), []
    for route, url in urls(world, failures):
        answer = client.get(url)
        text = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace").casefold()
        if "seventh seal" in text:
            failures.append(f"{route} shows a private line to a manager")
    for url in ("/search/?q=seventh", "/search/names/?q=seventh"):
        if "seventh seal" in client.get(url).content.decode().casefold():
            failures.append(f"{url} finds a private line for a manager")
    report(failures)


def _everywhere(world, client, wrong, own=()):
    """Send every method to every address; `wrong(route, method, answer)` judges, `own` may change the database."""
    failures, signed = [], client.session.get("_auth_user_id")
    user = next((u for u in (world.seller, world.manager) if str(u.pk) == signed), None)
    for route, url in urls(world, failures):
        before = fingerprint()
        for method in METHODS:
            with writes() as written:
                answer = client.generic(method, url, content_type="application/x-www-form-urlencoded")
                b"".join(answer) if answer.streaming else answer.content
            if wrong(route, method, answer):
                failures.append(f"{method} {route} answers {said(answer)}")
            if written and route.name not in own:
                failures.append(f"{method} {route} writes: {written[0]}")
            if user and client.session.get("_auth_user_id") != signed:
                client.force_login(user, backend="crm.access.backends.UserBackend")  # it was the way out
                before = fingerprint()
        if fingerprint() != before and route.name not in own:
            failures.append(f"{route} changed the database")
    report(failures)
