import json

from axes.utils import reset
from django.core.management.base import BaseCommand, CommandError

from crm.access import audit, passwords, second_factor, sessions
from crm.access.models import User, fold_email


class Command(BaseCommand):
    help = (
        "Set a new password for a seller or manager who forgot theirs. It is taken from the variable "
        "CALLBACK_PASSWORD, or asked for. Wherever they are signed in, they are signed out; a wait after too many "
        "wrong passwords ends. The second factor stays as it is, unless --second-factor-off is given."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL", help="what they sign in with")
        parser.add_argument(
            "--second-factor-off",
            action="store_true",
            help="for who lost the phone and the recovery codes: only the new password is asked for afterwards",
        )
        parser.add_argument("--json", action="store_true", help="print whose password was set as JSON")

    def handle(self, *, email, **options):
        user = User.objects.filter(email=fold_email(email)).first()
        if user is None:
            known = ", ".join(User.objects.order_by("pk").values_list("email", flat=True)) or "nobody yet"
            raise CommandError(f"Nobody signs in as {email}. Those who may: {known}.")
        user.set_password(passwords.obtain(user))
        user.save(update_fields=["password"])
        sessions.end(user)
        reset(username=user.email)
        audit.note(None, "password_changed", "by the command resetpassword", user=user)
        off = options["second_factor_off"] and second_factor.switch_off(user)
        if off:
            audit.note(None, "second_factor_off", "by the command resetpassword", user=user)
        if options["json"]:
            self.stdout.write(json.dumps({"id": user.pk, "email": user.email, "second_factor_off": off}))
        else:
            self.stdout.write(f"{user.name} has a new password{' and no second factor any more' if off else ''}.")
