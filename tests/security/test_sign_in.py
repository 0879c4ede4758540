"""Signing in: nobody learns who is known here, no session is planted, an old one is worth nothing."""

import io
import logging
import re

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.access.models import User
from tests import make
from tests.conventions.test_safe_methods import signed_in

pytestmark = pytest.mark.django_db
HOSTILE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "///e.example",
)


def sign_in(client, email, password="wrong", **extra):
    return client.post("/login/", {"username": email, "password": password, **extra})


def seen(answer):
    """The answer without what is drawn anew each time, and what was typed."""
    text = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return answer.status_code, re.sub(r"[0-9a-f-]{36}|[\w-]{43,64}", "", text)


@pytest.fixture
def gone(morgan):
    morgan.is_active = False
    morgan.save()
    return morgan


def test_wrong_unknown_and_removed_are_answered_alike_after_the_same_work(sam, gone, monkeypatch):
    """Nearly all the time goes into the one hash (docs/security.md has it measured): counted, not timed, so that a
    busy machine does not matter."""
    work = []
    derive = hashers.pbkdf2

    def pbkdf2(password, salt, iterations, *args, **kwargs):
        work.append(iterations)
        return derive(password, salt, iterations, *args, **kwargs)

    monkeypatch.setattr(hashers, "pbkdf2", pbkdf2)
    found = []
    for email, password in ((sam.email, "wrong"), ("nobody@callback.example", "wrong"), (gone.email, make.PASSWORD)):
        work.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = sign_in(Client(), email, password)
        found.append((seen(answer), list(work), [re.sub(r"s\d+_x\d+", "", query["sql"])[:50] for query in queries]))
    assert found[0] == found[1] == found[2]
    assert found[0][1] == [hashers.PBKDF2PasswordHasher.iterations]


def test_who_waits_is_told_alike_whether_known_or_not(sam):
    answers = []
    for email in (sam.email, "nobody@callback.example"):
        for _ in range(9):
            answer = sign_in(Client(), email)
        answers.append(seen(answer))
    assert answers[0] == answers[1]
    assert answers[0][0] == 429


def test_every_kind_of_dead_link_looks_the_same(world):
    for path in ("/setup/{}/", "/invitation/{}/", "/password/{}/", "/s/{}/"):
        answers = {seen(Client().get(path.format(token))) for token in world.dead.values()}
        assert len(answers) == 1, path
        assert answers.pop()[0] == 404


def test_a_token_opens_its_own_door_alone(world):
    for what, path in (("invitation", "/invitation/{}/"), ("password", "/password/{}/"), ("share", "/s/{}/")):
        for other, token in world.tokens.items():
            status = Client().get(path.format(token)).status_code
            assert status == (200 if other == what or (what, other) == ("share", "status") else 404), (path, other)
        assert Client().get(f"/setup/{world.tokens[what]}/").status_code == 404


def test_the_log_holds_no_token_of_a_link(world):
    """Django logs the address of what is refused; these would open a door to whoever reads the log."""
    handler = next(handler for handler in logging.getLogger().handlers if handler.filters)
    kept, strict = io.StringIO(), Client(enforce_csrf_checks=True)
    before = handler.setStream(kept)
    try:
        for path, what in (("invitation", "invitation"), ("password", "password"), ("s", "share"), ("setup", "share")):
            address = f"/{path}/{world.tokens[what]}/"
            for answer in (Client().post(address), strict.post(address), Client().get(f"{address}?q={'x' * 43}")):
                assert answer.status_code in (200, 403, 404, 405, 422)
            logging.getLogger("crm").error("Broke at %s", address)
            token = world.tokens[what]
            for near in (f"{token}x", f"x{token}", f"{token}_", f"é{token}", token[:-1], token[:-3]):
                logging.getLogger("crm").error("Broke at /%s/%s/", path, near)
            logging.getLogger("crm").error("Broke at /nope/%s-", token)
    finally:
        handler.setStream(before)
    said = kept.getvalue()
    assert "Unprocessable Entity: /invitation/(token)/" in said
    assert said.count("(token)") >= 12
    assert not [token for token in world.tokens.values() if token[:-3] in said]


def test_an_invitation_says_nothing_of_who_is_known(world):
    """The seller alone invites; the answer to a known and an unknown address differs for nobody else."""
    manager = signed_in(world.manager)
    answers = {
        seen(manager.post("/invitations/create/", {"email": e, "name": "x"}))
        for e in (world.rival.email, "n@b.example")
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 403


def test_a_planted_session_is_worth_nothing(sam):
    attacker, victim = Client(), Client()
    attacker.get("/login/")
    session = attacker.session
    session["planted"] = "1"
    session.save()
    attacker.cookies["session"] = victim.cookies["session"] = session.session_key
    assert sign_in(victim, sam.email, make.PASSWORD).status_code == 303
    assert victim.cookies["session"].value != session.session_key
    assert attacker.get("/settings/").status_code == 302
    assert victim.get("/settings/").status_code == 200
    # Somebody else's session on the same machine is not taken over either.
    assert "planted" not in Client().session


def test_another_who_signs_in_gets_nothing_of_the_first(sam, morgan):
    client = Client()
    sign_in(client, sam.email, make.PASSWORD)
    session = client.session
    session["of sam"] = "1"
    session.save()
    client.post("/logout/")
    sign_in(client, morgan.email, make.PASSWORD)
    assert "of sam" not in client.session


def test_the_key_of_forms_changes_at_the_login(sam):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/login/")
    before = client.cookies["csrf"].value
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page.content)[1].decode()
    assert sign_in(client, sam.email, make.PASSWORD, csrfmiddlewaretoken=token).status_code == 303
    assert client.cookies["csrf"].value != before


def test_signing_out_ends_the_session_here_and_on_the_server(sam):
    client = Client()
    sign_in(client, sam.email, make.PASSWORD)
    stolen = client.cookies["session"].value
    client.post("/logout/")
    thief = Client()
    thief.cookies["session"] = stolen
    assert thief.get("/settings/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(sam):
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, sam.email, make.PASSWORD)
    new = "a longer one entirely"
    data = {"old_password": make.PASSWORD, "new_password1": new, "new_password2": new}
    before = here.cookies["session"].value
    assert here.post("/password/", data).status_code == 303
    assert here.cookies["session"].value != before
    assert here.get("/settings/").status_code == 200
    assert there.get("/settings/").status_code == 302


def test_who_is_removed_is_out_at_once(world):
    manager, seller = signed_in(world.manager), signed_in(world.seller)
    assert manager.get("/settings/").status_code == 200
    seller.post(f"/people/{world.manager.pk}/access/", {"let": "out"})
    assert manager.get("/settings/").status_code == 302
    assert manager.post("/settings/theme/", {"theme": "dark"}).status_code == 302
    assert sign_in(Client(), world.manager.email, make.PASSWORD).status_code == 422


@pytest.mark.parametrize("to", HOSTILE)
def test_signing_in_leads_to_ourselves_alone(sam, to):
    assert sign_in(Client(), sam.email, make.PASSWORD, next=to).url == "/"
    assert Client().post(f"/login/?next={to}", {"username": sam.email, "password": make.PASSWORD}).url == "/"


@pytest.mark.parametrize(
    "password",
    [
        "short1!aB",
        "password12",
        "1234567890",
        "samporter1",
        "sam@callback.example",
        "qwertyuiop",
        "Callback2026!",
        "callback-crm-1",
        "my callback",
    ],
)
def test_a_weak_password_is_refused(seller, sam, password):
    data = {"old_password": make.PASSWORD, "new_password1": password, "new_password2": password}
    assert seller.post("/password/", data).status_code == 422
    assert User.objects.get(pk=sam.pk).check_password(make.PASSWORD)


@pytest.mark.parametrize(
    "password",
    [
        "  spaces at both ends ",
        "пароль из слов и ещё",
        "🙂" * 12,
        "x" * 60 + "ab cd" * 40,
        "callback from the old bakery",
    ],
)
def test_any_characters_and_length_are_fine_and_kept_as_typed(seller, sam, password):
    data = {"old_password": make.PASSWORD, "new_password1": password, "new_password2": password}
    assert seller.post("/password/", data).status_code == 303
    assert sign_in(Client(), sam.email, password).status_code == 303
    assert sign_in(Client(), sam.email, password.strip() + "x").status_code == 422
