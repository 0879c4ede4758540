"""manage.py restore FILE"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from crm.access import audit
from crm.desk.keeping import CannotKeep
from crm.desk.keeping.restore import restore


class Command(BaseCommand):
    requires_system_checks = []
    help = (
        "Put a backup in the place of all that is here; what is replaced is kept in the data folder's `backups`. "
        "Stop Callback first. Refuses what is no Callback backup, a damaged one, and one of a newer version."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FILE", help="a file made by `backup`, or a database set aside by `restore`"
        )
        parser.add_argument("--json", action="store_true", help="print what was done as JSON and nothing else")

    def handle(self, *args, file, **options):
        try:
            aside = restore(file)
        except CannotKeep as error:
            raise CommandError(str(error)) from error
        audit.note(None, "restored", Path(file).name)
        if options["json"]:
            self.stdout.write(json.dumps({"restored": file, "replaced": str(aside) if aside else None}))
        elif options["verbosity"]:
            kept = f" What was there before is {aside}." if aside else ""
            self.stdout.write(f"Restored {file}.{kept} Callback can be started again.")
