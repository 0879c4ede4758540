"""manage.py export FOLDER"""

import json

from django.core.management.base import BaseCommand, CommandError

from crm.access import audit, locale
from crm.desk.keeping import CannotKeep
from crm.desk.keeping.export import export


class Command(BaseCommand):
    requires_system_checks = []
    help = (
        "Write all records into a new folder: CSV files that spreadsheets and `import_csv` read, and JSON files with "
        "everything, history and trash included. Private lines are in it. The folder is there whole or not at all."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="FOLDER", help="where to; made if need be, else empty")
        parser.add_argument("--json", action="store_true", help="print the files and their records as JSON alone")

    def handle(self, *args, folder, **options):
        locale.activate()
        try:
            counts = export(folder)
        except CannotKeep as error:
            raise CommandError(str(error)) from error
        audit.note(None, "exported", "everything, by the command export")
        if options["json"]:
            self.stdout.write(json.dumps({"folder": folder, "files": counts}))
        elif options["verbosity"]:
            sheets = [f"{number:,} in {name}" for name, number in counts.items() if name.endswith(".csv")]
            self.stdout.write(f"Exported to {folder}: {', '.join(sheets)}.")
