import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from crm.access.models import Installation, User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _password(monkeypatch):
    monkeypatch.setenv("CALLBACK_PASSWORD", make.PASSWORD)


def run(*args):
    out = StringIO()
    call_command("createseller", *args, stdout=out)
    return out.getvalue()


def test_makes_the_seller():
    out = run(
        "Sam@callback.example", "--name", "Sam Porter", "--time-zone", "Europe/Berlin", "--currency", "EUR", "--json"
    )
    user = User.objects.get()
    assert json.loads(out) == {"id": user.pk, "email": "sam@callback.example", "name": "Sam Porter", "role": "seller"}
    assert user.may_write and user.check_password(make.PASSWORD)
    row = Installation.objects.get()
    assert (row.time_zone, row.currency, row.date_order) == ("Europe/Berlin", "EUR", "mdy")


def test_makes_managers_beside_the_seller(sam):
    assert "may sign in" in run("m@callback.example", "--name", "Morgan Vale", "--role", "manager")
    assert not User.objects.get(name="Morgan Vale").may_write


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["sam", "--name", "Sam"], "valid email"),
        (["s@c.example", "--name", "Sam", "--time-zone", "Nowhere"], "no time zone"),
        (["s@c.example", "--name", "Sam", "--currency", "euro"], "currency"),
        (["s@c.example", "--name", " "], "cannot be blank"),
        (["s@c.example", "--name", "M", "--role", "manager", "--currency", "EUR"], "leave them out"),
        (["s@c.example"], "--name"),
    ],
)
def test_refuses_in_words(args, why):
    with pytest.raises(CommandError, match=why):
        run(*args)
    assert not User.objects.exists() and not Installation.objects.exists()


def test_refuses_a_second_seller_and_a_used_address(sam, morgan):
    with pytest.raises(CommandError, match=r"a seller already: sam@callback\.example"):
        run("other@callback.example", "--name", "Other")
    with pytest.raises(CommandError, match="in use"):
        run(morgan.email, "--name", "Other", "--role", "manager")


def test_refuses_a_weak_password(monkeypatch):
    monkeypatch.setenv("CALLBACK_PASSWORD", "password")
    with pytest.raises(CommandError, match="too short"):
        run("s@c.example", "--name", "Sam")


def test_without_variable_or_terminal_says_what_to_set(monkeypatch):
    monkeypatch.delenv("CALLBACK_PASSWORD")
    with pytest.raises(CommandError, match="set CALLBACK_PASSWORD"):
        run("s@c.example", "--name", "Sam")
