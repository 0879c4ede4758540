import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from crm.access import passwords, setup
from crm.access.models import User, fold_email

_SETTINGS = ("time_zone", "currency", "date_order")


class Command(BaseCommand):
    help = (
        "Make the seller, or a manager who may look in. The password is taken from the variable CALLBACK_PASSWORD, "
        "or asked for. There is one active seller, and any number of managers."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL", help="what they sign in with")
        parser.add_argument("--name", required=True, help="their name, as the pages show it")
        parser.add_argument(
            "--role",
            choices=[User.SELLER, User.MANAGER],
            default=User.SELLER,
            help="seller writes, manager only reads (default: seller)",
        )
        parser.add_argument("--time-zone", help="the seller's, an IANA name like Europe/Berlin (default: UTC)")
        parser.add_argument("--currency", help="of all amounts, a code like EUR (default: USD)")
        parser.add_argument(
            "--date-order", choices=["mdy", "dmy"], help="mdy: 3/15 is March 15; dmy: 15/3 is (default: mdy)"
        )
        parser.add_argument("--json", action="store_true", help="print what was made as JSON")

    def handle(self, *, email, name, role, **options):
        settings = {key: options[key] for key in _SETTINGS if options[key]}
        if role == User.MANAGER and settings:
            raise CommandError("Time zone, currency and date order are the seller's: leave them out for a manager.")
        if User.objects.filter(email=fold_email(email)).exists():
            raise CommandError(f"{fold_email(email)} is in use here already; see resetpassword for a new password.")
        if role == User.SELLER and not setup.needed():
            raise CommandError(f"There is a seller already: {User.objects.seller().email}.")
        password = passwords.obtain(User(email=email, name=name))
        try:
            if role == User.SELLER:
                user = setup.create_seller(email, name, password, **settings)
            else:
                user = User.objects.create_user(email, name, password, role)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"id": user.pk, "email": user.email, "name": user.name, "role": user.role}))
        else:
            self.stdout.write(f"{user.name} may sign in as {user.email} ({user.role}).")
