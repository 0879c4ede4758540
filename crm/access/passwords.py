"""A password for a command: from the environment, or asked for."""

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

VARIABLE = "CALLBACK_PASSWORD"


def obtain(user):
    """A good password for `user`. Raises CommandError where there is none, or it is too weak."""
    password = os.environ.get(VARIABLE)
    if not password:
        if not sys.stdin.isatty():
            raise CommandError(f"There is nobody to ask for a password here: set {VARIABLE}.")
        password = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != password:
            raise CommandError("The two passwords differ. Nothing was changed.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    return password
