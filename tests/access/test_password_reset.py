from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from crm.access import inviting
from crm.access.models import AuditEvent, OneTimeLink
from crm.web import clock
from tests import make

from .phones import code, switched_on

pytestmark = pytest.mark.django_db
NEW = "a different battery"


@pytest.fixture
def path(morgan):
    return inviting.new_password(morgan)


def reset(client, path, one=NEW, two=NEW):
    return client.post(path, {"new_password1": one, "new_password2": two})


def test_sets_it_signs_in_and_out_elsewhere(stranger, manager, morgan, path):
    assert "morgan@callback.example" in stranger.get(path).content.decode()
    assert reset(stranger, path).url == "/"
    morgan.refresh_from_db()
    assert morgan.check_password(NEW)
    assert stranger.session["_auth_user_id"] == str(morgan.pk)
    assert manager.get("/settings/").status_code == 302
    assert AuditEvent.objects.filter(action="password_changed", user=morgan, what="by a one-time link").exists()


def test_ends_a_wait(stranger, morgan, path):
    for _ in range(8):
        stranger.post("/login/", {"username": morgan.email, "password": "wrong"})
    assert reset(stranger, path).status_code == 303
    assert Client().post("/login/", {"username": morgan.email, "password": NEW}).status_code == 303


def test_the_second_factor_is_asked_for_all_the_same(stranger, morgan, path):
    with time_machine.travel("2026-03-11T14:00:05Z", tick=False):
        path = inviting.new_password(morgan)
        device, _ = switched_on(morgan)
        assert reset(stranger, path).url.startswith("/login/code/")
        assert stranger.get("/settings/").status_code == 302
        assert stranger.post("/login/code/", {"code": code(device), "recovery": ""}).status_code == 303
        assert stranger.get("/settings/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "word"), [({"two": "other battery"}, "differ"), ({"one": "x", "two": "x"}, "at least 10")]
)
def test_invalid_changes_nothing_and_the_link_still_works(stranger, morgan, path, typed, word):
    answer = reset(stranger, path, **typed)
    assert answer.status_code == 422 and word in answer.content.decode()
    morgan.refresh_from_db()
    assert morgan.check_password(make.PASSWORD)
    assert reset(stranger, path).status_code == 303


def test_used_expired_and_unknown_look_the_same(stranger, morgan, path):
    unknown = stranger.get("/password/nothing/")
    reset(stranger, path)
    gone = make.user("Drew Gone", "manager")
    removed = inviting.new_password(gone)
    inviting.remove(gone)
    expired = inviting.new_password(morgan)
    OneTimeLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    invited = inviting.invite("kim@callback.example", "").replace("/invitation/", "/password/")
    for dead in (path, removed, expired, invited):
        for answer in (Client().get(dead), reset(Client(), dead, "yet another battery", "yet another battery")):
            assert answer.status_code == 404
            assert answer.content == unknown.content
    morgan.refresh_from_db()
    assert morgan.check_password(NEW)
