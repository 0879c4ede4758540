import json

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Prospect, Standing
from crm.access.locale import activate
from crm.desk.brief import as_text, brief
from crm.desk.brief.named import prospects_named
from crm.web import clock, days


class Command(BaseCommand):
    help = (
        "Print the five lines about a prospect: where it stands, the last thing from them, whose move it is, what is "
        "next, and the biggest risk. The name is matched as the quick log does; where it may mean several, they are "
        "listed and the exit status is 2. With --as-of, only what was known by the end of that day is read; with "
        "--others, private lines are left out, as for everybody but the seller."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="+", help="the company, or somebody there")
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="as it was known by the end of that day")
        parser.add_argument("--others", action="store_true", help="as others than the seller see it")
        parser.add_argument("--json", action="store_true", help="print JSON alone")

    def handle(self, *args, **options):
        installation = activate()
        as_of, wrong = days.past(options["as_of"], clock.today())
        if wrong:
            raise CommandError(wrong)
        prospect = self._named(" ".join(options["name"]))
        told = brief(
            prospect,
            audience=Standing.Audience.OTHERS if options["others"] else Standing.Audience.SELLER,
            today=clock.today(),
            installation=installation,
            as_of=as_of,
        )
        if options["json"]:
            self.stdout.write(json.dumps(told.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(as_text(told), ending="")

    def _named(self, name):
        found = Prospect.objects.in_bulk(prospects_named(name))
        if len(found) == 1:
            return next(iter(found.values()))
        if not found:
            raise CommandError(f"Nobody on record is called “{name}”.")
        names = "\n".join(
            f"  {row.name}{f', {row.city}' if row.city else ''}" for row in sorted(found.values(), key=str)
        )
        raise CommandError(f"“{name}” may be:\n{names}", returncode=2)
