import json

from django.core.management.base import BaseCommand

from accounts.checking import differences
from crm.access import locale


class Command(BaseCommand):
    help = (
        "Check that what is stored for speed equals what follows from the records: whose move and silence of all "
        "prospects and deals, which activities count, slips of deals, folded names and the full-text index. Prints "
        "each difference and exits with 1 when there is one and it was not fixed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="store what follows from the records")
        parser.add_argument("--json", action="store_true", help="print the differences as JSON")

    def handle(self, *, fix, **options):
        locale.activate()
        found = []
        for difference in differences(fix=fix):
            found.append(difference)
            if not options["json"]:
                self.stdout.write(str(difference))
        if options["json"]:
            rows = [difference.as_dict() for difference in found]
            self.stdout.write(json.dumps({"differences": rows, "fixed": bool(found and fix)}))
        else:
            self.stdout.write(self._summary(len(found), fix))
        if found and not fix:
            raise SystemExit(1)

    def _summary(self, count, fix):
        if not count:
            return "Everything derived is as it follows from the records."
        words = f"{count} difference{'s' if count > 1 else ''}"
        return f"{words}, all fixed." if fix else f"{words}; check_derived --fix stores what follows from the records."
