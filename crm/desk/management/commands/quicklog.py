import json
import sys
import uuid
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Entry
from crm.access.locale import activate
from crm.access.models import User
from crm.desk import filing
from crm.web import clock


class Command(BaseCommand):
    help = (
        "Log one line, or show what it would record. Dates are read as of --at (default now), in the seller's zone. "
        "With --json, one JSON object for a line; with --batch, one a line in the file's order, a line being "
        '{"at": "2026-03-11T09:30", "text": "…"}. Exit status 0 only when every line was read.'
    )

    def add_arguments(self, parser):
        parser.add_argument("text", nargs="?", help="the line, in quotes; - reads it from standard input")
        parser.add_argument("--at", metavar="YYYY-MM-DDTHH:MM", help="when it was typed, local time (default now)")
        parser.add_argument("--dry-run", action="store_true", help="record nothing, only show")
        parser.add_argument("--json", action="store_true", help="print JSON alone")
        parser.add_argument("--batch", metavar="LINES.jsonl", help="read many lines from a file (- for standard input)")

    def handle(self, *args, **options):
        activate()
        if (options["text"] is None) == (options["batch"] is None):
            raise CommandError("Give either a line in quotes or --batch FILE.")
        for text, wall in self._lines(options):
            shown = self._log(text, wall, options["dry_run"])
            if options["json"]:
                self.stdout.write(json.dumps(shown, ensure_ascii=False))
            else:
                self._print(shown)

    def _lines(self, options):
        if options["batch"] is None:
            text = sys.stdin.read() if options["text"] == "-" else options["text"]
            yield text, _wall(options["at"]) if options["at"] else clock.wall()
            return
        try:
            file = sys.stdin if options["batch"] == "-" else open(options["batch"], encoding="utf-8")  # noqa: SIM115
        except OSError as error:
            raise CommandError(f"{options['batch']} cannot be read: {error.strerror}.") from None
        with file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield self._batch_line(line, number, options["at"])

    def _batch_line(self, line, number, at):
        try:
            row = json.loads(line)
            at = row.get("at") or at
            return str(row["text"]), _wall(at) if at else clock.wall()
        except (ValueError, KeyError, TypeError, AttributeError):
            raise CommandError(f'Line {number} is not like {{"at": …, "text": …}}.') from None

    def _log(self, text, wall, dry_run):
        shown = filing.read(text, wall).as_json()
        if dry_run:
            return shown
        author = User.objects.seller()
        at = clock.instant(wall.date(), wall.time())
        entry = filing.record(text, uuid=uuid.uuid4(), author=author, occurred_at=at)
        return shown | {"uuid": str(Entry.objects.get(pk=entry.pk).uuid)}

    def _print(self, shown):
        for name, value in shown.items():
            if value not in (None, [], {}) and not (isinstance(value, dict) and not any(value.values())):
                self.stdout.write(
                    f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
                )


def _wall(text):
    try:
        wall = datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
    except (ValueError, TypeError):
        wall = None
    if wall is None or not clock.near(wall):
        raise CommandError(f"“{text}” is no local time like 2026-03-11T09:30.")
    return wall
