"""Databases for the journeys: `python -m tests.e2e.seeds NAME` fills the one of CALLBACK_HOME.

`fresh` and `year` also write pages.json beside it, {"seller": {name: address}, "manager": {…}}: what is a page to each.
"""

import json
import os
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

# The sessions of whoever sells or manages, in each seed: a journey need not sign in by the form.
SESSIONS = {who: who.ljust(32, "0") for who in ("sam", "morgan")}


def empty():
    """Migrated, with Sam who sells and Morgan who manages."""
    from django.core.management import call_command

    from tests import make

    call_command("migrate", verbosity=0)
    make.installation()
    make.user("Sam Porter", "seller")
    make.user("Morgan Vale", "manager")


def board():
    """Three deals: two in Conversation, one in Diagnosed; 10,000, 20,000 and 30,000."""
    from crm.web import clock
    from tests import make

    empty()
    places = [
        ("Acme", "Conversation", 10000),
        ("Globex", "Conversation", 20000),
        ("Halden Freight", "Diagnosed", 30000),
    ]
    for number, (name, stage, amount) in enumerate(places):
        prospect = make.prospect(name)
        dana = make.contact(prospect, f"Dana {name.split()[0]}", phones=[f"415 555 014{number}"])
        close = clock.today() + timedelta(days=20 + number)
        deal = make.deal(prospect, f"{name} rollout", stage, amount=Decimal(amount), close_on=close)
        make.step(prospect, f"Call {dana.first_name}", clock.today() + timedelta(days=1), deal=deal, contact=dana)


def bare():
    """Nobody yet. link.txt beside it: the path of the one-time link that start prints."""
    from django.core.management import call_command

    from crm.access import setup

    call_command("migrate", verbosity=0)
    (Path(os.environ["CALLBACK_HOME"]) / "link.txt").write_text(setup.one_time_link(""))


def day():
    """A working day: four prospects, two people called Dana, a step overdue and three due today."""
    from crm.web import clock
    from tests import make

    empty()
    people = {}
    for name, who in (
        ("Acme", "Dana Whitfield"),
        ("Globex", "Priya Nair"),
        ("Initech", "Dana Moss"),
        ("Halden", "Lou Berg"),
    ):
        prospect = make.prospect(name, phone="(415) 555-0190" if name == "Acme" else "")
        number = f"415 555 01{len(people) + 40}"
        people[name] = make.contact(
            prospect, who, emails=[f"{who.split()[0].lower()}@{name.lower()}.example"], phones=[number]
        )
    deals = {}
    for name, stage, amount in (("Acme", "Proposal", 45000), ("Globex", "Diagnosed", 20000)):
        close = clock.today() + timedelta(days=20)
        fields = {"amount": Decimal(amount), "close_on": close}
        deals[name] = make.deal(people[name].prospect, f"{name} rollout", stage, **fields)
    yesterday = clock.today() - timedelta(days=1)
    for name, what, due in (
        ("Acme", "Call Dana back", yesterday),
        ("Globex", "Send the proposal", clock.today()),
        ("Initech", "Ask about the pilot", clock.today()),
        ("Halden", "Book the visit", clock.today()),
    ):
        person = people[name]
        kind = "call" if name == "Acme" else "todo"
        make.step(person.prospect, what, due, kind=kind, contact=person, deal=deals.get(name))
    make.activity(
        people["Acme"].prospect,
        contacts=[people["Acme"]],
        deal=deals["Acme"],
        outcome="connected",
        text="asked for a two-year price",
    )


def fresh():
    """As empty, for looking at every page with nothing on it."""
    from crm.access.models import User
    from tests.conventions.routes import walk

    empty()
    addresses = {route.name: "/" + route.pattern for route in walk() if not route.parameters}
    _write_pages(addresses, User.objects.get(role="seller"), User.objects.get(role="manager"))


def year():
    """The sample year, and one of everything for the pages that stand for one record."""
    from django.core.management import call_command

    from crm.desk import sample
    from crm.web import clock
    from deals.models import Deal
    from tests import make
    from tests.conventions.routes import World, urls

    call_command("migrate", verbosity=0)
    make.installation()
    world = World()
    sample.load()
    addresses = {str(route): url for route, url in urls(world, [])}
    # The same pages in other states: a panel open, rows to choose, much to show, nothing found, an end.
    rich = Deal.objects.filter(outcome="open", prospect__isnull=False).exclude(pk=world.deal.pk).order_by("-amount")[0]
    lost = Deal.objects.filter(outcome="lost")[0]
    addresses |= {
        "today, done": "/?panel=done",
        "today, later": "/?panel=later",
        "today, choosing": "/?pick=overdue",
        "search": "/search/?q=a",
        "search, nothing": "/search/?q=zzzz",
        "prospect_list, nothing": "/prospects/?q=zzzz",
        "status, a past day": f"/status/?as_of={clock.today() - timedelta(days=40)}",
        "status, no day": "/status/?as_of=soon",
        "status, narrowed": "/status/?attention=late&since=90&period=year",
        "status, nothing": "/status/?q=zzzz",
        "prospect_detail, rich": f"/prospects/{rich.prospect_id}/",
        "deal_list, nothing": "/deals/table/?q=zzzz",
        "deal_detail, rich": f"/deals/{rich.pk}/",
        "deal_detail, lost": f"/deals/{lost.pk}/",
        "deal_outcome, lost": f"/deals/{rich.pk}/outcome/?outcome=lost",
    }
    _write_pages(addresses, world.seller, world.manager)


def _write_pages(addresses, seller, manager):
    from django.test import Client

    found = {}
    for user in (seller, manager):
        client = Client(raise_request_exception=False, headers={"Host": "127.0.0.1"})
        client.force_login(user, backend="crm.access.backends.UserBackend")
        found[user.role] = {}
        for name, address in addresses.items():
            answer = client.get(address)
            page = answer.get("Content-Type", "").startswith("text/html") and not answer.streaming
            # A fragment has no page of its own, and a refusal is the same page everywhere.
            fine = {200, 404, 500} if name.startswith("setup ") else {200, 500}
            if page and answer.status_code in fine and b"<html" in answer.content:
                found[user.role][name] = address
    file = Path(os.environ["CALLBACK_HOME"]) / "pages.json"
    file.write_text(json.dumps(found))


def _sign_in():
    """SESSIONS, in the database."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from crm.access.models import User
    from crm.access.sessions import SessionStore

    for who, key in SESSIONS.items():
        for user in User.objects.filter(email=f"{who}@callback.example"):
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = "crm.access.backends.UserBackend"
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session._session_key = key
            session.save(must_create=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "crm.settings"
    import django

    django.setup()
    {seed.__name__: seed for seed in (empty, board, bare, day, fresh, year)}[sys.argv[1]]()
    _sign_in()
