"""manage.py backup FILE"""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from crm.access import audit
from crm.access.models import AuditEvent
from crm.desk.keeping import CannotKeep
from crm.desk.keeping.backup import back_up


class Command(BaseCommand):
    requires_system_checks = []
    help = (
        "Write everything into one file: consistent while Callback runs, read back and compared, flushed to disk. "
        "An earlier backup of that name is replaced, any other file is not. With PostgreSQL it is pg_dump's custom "
        "format. `restore` puts it back."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="where to; its folder must be there")
        parser.add_argument("--json", action="store_true", help="print what was kept as JSON and nothing else")

    def handle(self, *args, file, **options):
        try:
            rows = back_up(file)
        except CannotKeep as error:
            raise CommandError(str(error)) from error
        # Before an update the database may be older than the audit.
        if AuditEvent._meta.db_table in connection.introspection.table_names():
            audit.note(None, "backed_up", "by the command backup")
        if options["json"]:
            self.stdout.write(json.dumps({"file": file, "rows": rows}))
        elif options["verbosity"]:
            self.stdout.write(f"Backed up {sum(rows.values()):,} rows to {file}." if rows else f"Backed up to {file}.")
