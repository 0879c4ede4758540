"""`manage.py import_csv FILE…`: the import page, for a terminal."""

import json

from django.core.management.base import BaseCommand, CommandError

from crm.access import audit, locale
from crm.access.models import User
from crm.desk.importing import jobs, report, shapes
from crm.desk.importing.fields import FIELDS
from crm.desk.importing.mapping import Choices
from crm.desk.importing.reading import Unreadable
from crm.desk.importing.running import run


class Command(BaseCommand):
    help = (
        "Import prospects, contacts, deals and activities from CSV files. One row may make a prospect, a contact "
        "and a deal. Importing the same file again changes nothing. Several files are read in the order that lets "
        "the later ones find what the earlier ones made."
    )

    requires_system_checks = []  # they read every page's code, which an import needs none of

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="a CSV file")
        parser.add_argument(
            "--as", dest="about", choices=shapes.SHAPES, help="what the file is about, where its columns leave a doubt"
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="COLUMN=FIELD",
            help=f"what a column means: {', '.join(FIELDS)}, extra (kept as it is) or ignore",
        )  # fmt: skip
        parser.add_argument(
            "--stage", action="append", default=[], metavar="VALUE=STAGE",
            help="the stage that a value of the stage column stands for, or won, lost, walked",
        )  # fmt: skip
        parser.add_argument(
            "--where", action="append", default=[], metavar="COLUMN=VALUE",
            help="only rows where the column has that value; given twice for one column, either value",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--json", action="store_true", help="print JSON alone on standard output")

    def handle(self, *args, files, dry_run, **options):
        locale.activate()
        choices = Choices(
            options["about"],
            dict(_pair(text, "--map") for text in options["map"]),
            dict(_pair(text, "--stage") for text in options["stage"]),
            [_pair(text, "--where") for text in options["where"]],
        )
        results, failed = [], []
        for path, mapping, why in report.in_order(files, choices):
            if mapping is None:
                failed.append((path, why))
                results.append({"file": path, "refused": why})
                continue
            try:
                found = {"file": path, **self._import(path, mapping, dry_run)}
            except Unreadable as error:
                failed.append((path, str(error)))
                results.append({"file": path, "refused": str(error)})
                continue
            results.append(found)
            if not options["json"]:
                self.stdout.write(report.in_words(found))
        if options["json"]:
            self.stdout.write(json.dumps({"files": results}, ensure_ascii=False, indent=1))
        if failed:
            raise CommandError("\n".join(f"{path}: {why}" for path, why in failed))

    def _import(self, path, mapping, dry):
        if dry:
            return run(path, dry=True, mapping=mapping).as_json()
        item = jobs.begun(report.name_of(path), User.objects.seller(), mapping.choices)
        found = jobs.perform(item, path, mapping).as_json()
        audit.note(None, "imported", f"{item.name}, by the command import_csv")
        if item.rejected:
            found["rejected_file"] = str(item.folder() / item.rejected)
        return found


def _pair(text, option):
    left, mark, right = text.rpartition("=")
    if not mark or not left.strip():
        raise CommandError(f"{option} wants NAME=VALUE, but got “{text}”.")
    return left.strip(), right.strip()
