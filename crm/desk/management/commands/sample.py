"""manage.py sample load | remove"""

import json

from django.core.management.base import BaseCommand, CommandError

from crm.access import audit, locale
from crm.desk import sample


class Command(BaseCommand):
    requires_system_checks = []
    help = (
        "Load or remove the sample data: a believable year of one seller, relative to today. Loading twice does "
        "nothing the second time; removing leaves every real record."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["load", "remove"], help="load the believable year, or take it out again")
        parser.add_argument("--json", action="store_true", help="print what was done as JSON and nothing else")

    def handle(self, *args, what, **options):
        locale.activate()
        try:
            done = sample.load() if what == "load" else sample.remove()
        except sample.NoStage as error:
            raise CommandError(str(error)) from error
        if done is not None:
            audit.note(None, "sample_loaded" if what == "load" else "sample_removed", "by the command sample")
        if options["json"]:
            self.stdout.write(json.dumps({"done": bool(done), **(done or {})}))
        elif options["verbosity"]:
            self.stdout.write(_words(what, done))


def _words(what, done):
    if done is None:
        return "The sample data is here already." if what == "load" else "There is no sample data to remove."
    kept = done.pop("kept", [])
    parts = [f"{number} {name}" for name, number in done.items()]
    text = f"{'Loaded' if what == 'load' else 'Removed'} {', '.join(parts[:-1])} and {parts[-1]}."
    if kept:
        text += f" Kept, because contacts of yours belong to them: {', '.join(kept)}."
    return text
