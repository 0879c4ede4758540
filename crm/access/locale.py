"""Activate the installation's zone and formats for a request or a command."""

from crm.web import locale

from .models import Installation


def activate():
    """Load the installation, activate its locale and return it."""
    installation = Installation.load()
    locale.activate(installation.locale())
    return installation
