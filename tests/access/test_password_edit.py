import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db
NEW = "a different battery"


def change(client, old=make.PASSWORD, one=NEW, two=NEW):
    return client.post("/password/", {"old_password": old, "new_password1": one, "new_password2": two})


@pytest.mark.parametrize("role", ["seller", "manager"])
def test_changes_it_and_ends_other_sessions(installation, role):
    user = make.user("Sam Porter", role)
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/login/", {"username": user.email, "password": make.PASSWORD})
    before = here.session.session_key
    assert change(here).status_code == 303
    assert here.session.session_key != before
    assert here.get("/logout/").status_code == 405, "still signed in"
    assert elsewhere.get("/password/").status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"old": "wrong"}, "not your password now"),
        ({"two": "other battery"}, "passwords differ"),
        ({"one": "short", "two": "short"}, "at least 10"),
    ],
)
def test_invalid_changes_nothing(manager, morgan, typed, word):
    answer = change(manager, **typed)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    morgan.refresh_from_db()
    assert morgan.check_password(make.PASSWORD)


def test_stranger_is_sent_to_login(stranger):
    assert stranger.get("/password/").url == "/login/?next=/password/"
    assert change(stranger).status_code == 302


def test_after_too_many_wrong_guesses_the_right_one_waits_too(manager, morgan, settings):
    """As at the door: whoever finds a phone open does not get to guess."""
    settings.AXES_FAILURE_LIMIT = 2
    assert change(manager, old="wrong").status_code == 422
    change(manager, old="wrong")
    assert change(manager).status_code == 429
    morgan.refresh_from_db()
    assert morgan.check_password(make.PASSWORD)
    assert manager.get("/settings/").status_code == 200
