import json

from axes.utils import reset
from django.core.management.base import BaseCommand, CommandError

from crm.access import passwords
from crm.access.models import User, fold_email


class Command(BaseCommand):
    help = (
        "Set a new password for a seller or manager who forgot theirs. It is taken from the variable "
        "CALLBACK_PASSWORD, or asked for. Wherever they are signed in, they are signed out; a wait after too many "
        "wrong passwords ends."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL", help="what they sign in with")
        parser.add_argument("--json", action="store_true", help="print whose password was set as JSON")

    def handle(self, *, email, **options):
        user = User.objects.filter(email=fold_email(email)).first()
        if user is None:
            known = ", ".join(User.objects.order_by("pk").values_list("email", flat=True)) or "nobody yet"
            raise CommandError(f"Nobody signs in as {email}. Those who may: {known}.")
        user.set_password(passwords.obtain(user))
        user.save(update_fields=["password"])
        reset(username=user.email)
        if options["json"]:
            self.stdout.write(json.dumps({"id": user.pk, "email": user.email}))
        else:
            self.stdout.write(f"{user.name} has a new password.")
