"""manage.py generate: made-up volume for measuring."""

import json

from django.core.management.base import BaseCommand, CommandError

from crm.access import locale
from crm.desk.sample import volume


class Command(BaseCommand):
    requires_system_checks = []
    help = (
        "Write made-up prospects, contacts, deals, activities and steps for measuring. Refuses a database with any "
        "record that was not generated."
    )

    def add_arguments(self, parser):
        for name, default in (("prospects", 5000), ("contacts", 10_000), ("deals", 5000), ("activities", 100_000)):
            parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"default {default:,}")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same rows (default 1)")
        parser.add_argument("--json", action="store_true", help="print what was made as JSON and nothing else")

    def handle(self, *args, prospects, contacts, deals, activities, seed, **options):
        if min(prospects, contacts, deals, activities) < 0:
            raise CommandError("The numbers cannot be negative.")
        if not prospects and (contacts or deals or activities):
            raise CommandError("Contacts, deals and activities need prospects: give --prospects 1 or more.")
        locale.activate()
        try:
            made = volume.generate(prospects, contacts, deals, activities, seed)
        except volume.RealRecords as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(made))
        elif options["verbosity"]:
            self.stdout.write("Made " + ", ".join(f"{number:,} {name}" for name, number in made.items()) + ".")
