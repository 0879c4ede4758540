"""Databases for the journeys: `python -m tests.e2e.seeds NAME` fills the one of CALLBACK_HOME."""

import os
import sys
from datetime import timedelta
from decimal import Decimal


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


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "crm.settings"
    import django

    django.setup()
    {"empty": empty, "board": board}[sys.argv[1]]()
