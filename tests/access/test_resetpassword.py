from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import make

pytestmark = pytest.mark.django_db
NEW = "a different battery"


@pytest.fixture(autouse=True)
def _password(monkeypatch):
    monkeypatch.setenv("CALLBACK_PASSWORD", NEW)


def test_sets_it_signs_out_and_ends_the_wait(client, seller, sam):
    for _ in range(9):
        make_try = client.post("/logout/") and client.post("/login/", {"username": sam.email, "password": "no"})
    assert make_try.status_code == 429
    out = StringIO()
    call_command("resetpassword", "SAM@callback.example", stdout=out)
    assert "new password" in out.getvalue()
    assert client.post("/login/", {"username": sam.email, "password": NEW}).status_code == 303


def test_ends_open_sessions(seller, sam):
    call_command("resetpassword", sam.email, stdout=StringIO())
    assert seller.get("/password/").status_code == 302


def test_unknown_address_names_those_known(sam):
    with pytest.raises(CommandError, match=r"Nobody signs in as x@y\.z\. Those who may: sam@callback\.example\."):
        call_command("resetpassword", "x@y.z")


def test_weak_password_changes_nothing(sam, monkeypatch):
    monkeypatch.setenv("CALLBACK_PASSWORD", "short")
    with pytest.raises(CommandError, match="too short"):
        call_command("resetpassword", sam.email)
    sam.refresh_from_db()
    assert sam.check_password(make.PASSWORD)
