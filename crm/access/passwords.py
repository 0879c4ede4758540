"""Passwords: one word that none may be made of, and where a command gets one: from the environment, or by asking."""

import getpass
import os
import re
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

VARIABLE = "CALLBACK_PASSWORD"
# What somebody tries first at the door of this product.
_OURS = re.compile(r"callback|crm|password|sales|seller|manager|[^a-z]")
_LEFT = 6  # letters beside these words


class NotOurWords:
    """For AUTH_PASSWORD_VALIDATORS: the product's name with a year or the like behind it is no password."""

    def validate(self, password, user=None):
        folded = password.casefold()
        if "callback" in folded and folded.isascii() and len(_OURS.sub("", folded)) < _LEFT:
            raise ValidationError(self.get_help_text(), code="password_of_our_words")

    def get_help_text(self):
        return "That is little more than the name of this product: choose words of your own."


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
