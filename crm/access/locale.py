"""Activate the installation's zone and formats for a request or a command."""

import copy

from crm.web import locale
from crm.web.remember import remembered

from .models import Installation


def activate():
    """Load the installation, activate its locale and return it."""
    installation = copy.copy(remembered("installation", Installation.load, Installation.written))
    locale.activate(installation.locale())
    return installation
