"""Plain functions that make records for tests. The named people live in conftest.py."""

import functools
import uuid as uuids
from datetime import date, datetime, time

from django.contrib.auth.hashers import make_password

from accounts.models import Activity, Contact, Entry, Prospect, Step
from crm.access.models import Installation, User
from crm.web import clock, locale
from deals.models import Deal, Stage

PASSWORD = "correct horse battery"


def installation(**settings):
    settings = {"time_zone": "America/New_York", "currency": "USD", "date_order": "mdy"} | settings
    row, _ = Installation.objects.update_or_create(pk=1, defaults=settings)
    locale.activate(row.locale())
    return row


@functools.cache
def _hashed(password):
    """Made once in a process: a quarter of a second each, as it must be, was half of what all the tests took."""
    return make_password(password)


def user(name, role, email=None):
    user = User.objects.create_user(email or f"{name.split()[0].lower()}@callback.example", name, None, role)
    user.password = _hashed(PASSWORD)
    user.save(update_fields=["password"])
    return user


def submission(**kwargs):
    """`with submission() as entry:` as a view does."""
    return Entry.submission(kwargs.pop("uuid", None) or uuids.uuid4(), **kwargs)


def prospect(name="Halden Freight", **fields):
    row = Prospect(name=name, **fields)
    with submission() as entry:
        row.write(entry)
    return row


def contact(prospect, name="Dana Whitfield", emails=(), phones=(), **fields):
    row = Contact(prospect=prospect, name=name, **fields)
    with submission() as entry:
        row.write(entry, emails=[[e, ""] for e in emails], phones=[[p, "", False] for p in phones])
    return row


def stage(name="Conversation"):
    return Stage.objects.get(name=name)


def deal(prospect=None, name="Halden rollout", stage_name="Conversation", **fields):
    row = Deal(prospect=prospect, name=name, stage=stage(stage_name), **fields)
    with submission() as entry:
        row.write(entry)
    return row


def activity(prospect=None, kind="call", at=None, on=None, contacts=(), **fields):
    """`at`: an aware instant or a naive wall-clock time of the seller's zone; `on`: only a day."""
    if isinstance(at, datetime) and at.tzinfo is None:
        at = clock.instant(at.date(), at.time())
    if at is None and on is None:
        at = clock.now()
    row = Activity(prospect=prospect, kind=kind, at=at, on=on or clock.day_of(at), **fields)
    with submission() as entry:
        row.write(entry, contacts=sorted(c.pk for c in contacts))
    return row


def step(prospect=None, what="Call back", due_on=None, **fields):
    if isinstance(due_on, str):
        due_on = date.fromisoformat(due_on)
    if isinstance(fields.get("due_time"), str):
        fields["due_time"] = time.fromisoformat(fields["due_time"])
    row = Step(prospect=prospect, what=what, due_on=due_on, **fields)
    with submission() as entry:
        row.write(entry)
    return row
