"""manage.py tick"""

import json

from django.core.management.base import BaseCommand, CommandError

from crm.access import locale
from crm.desk import jobs


class Command(BaseCommand):
    requires_system_checks = []
    help = (
        "Do the periodic jobs that are due, once: the daily backup (the last seven are kept), destroying what has lain "
        "in the trash for 30 days, clearing expired sessions and links, mailing the digests that are due. Several at "
        "once do each job once. For cron or a systemd timer, every minute (a digest is as late as the next one); "
        "`start` does it by itself."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print what was done as JSON and nothing else")

    def handle(self, *args, **options):
        locale.activate()
        done, failed = jobs.tick()
        if options["json"]:
            self.stdout.write(json.dumps({"done": dict(done), "failed": dict(failed)}))
        elif options["verbosity"]:
            for name, words in done:
                self.stdout.write(f"{name}: {words}")
        if failed:
            raise CommandError("; ".join(f"{name} failed: {error}" for name, error in failed))
