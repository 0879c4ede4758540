from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm.access import second_factor
from crm.access.models import AuditEvent
from tests import make

from .phones import switched_on

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


def test_the_second_factor_stays_unless_said_otherwise(sam):
    switched_on(sam)
    call_command("resetpassword", sam.email, stdout=StringIO())
    assert second_factor.is_on(sam)
    out = StringIO()
    call_command("resetpassword", sam.email, second_factor_off=True, stdout=out)
    assert "no second factor any more" in out.getvalue()
    assert not second_factor.is_on(sam)
    assert [e.action for e in AuditEvent.objects.order_by("pk")] == [
        "password_changed",
        "password_changed",
        "second_factor_off",
    ]
