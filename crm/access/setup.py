"""From an empty database to a first seller."""

from django.db import transaction
from django.urls import reverse

from .models import Installation, OneTimeLink, User


def needed():
    """True while there is no active seller."""
    return User.objects.seller() is None


def one_time_link(base_url):
    """The address under `base_url` where the first seller is made, or None when there is one."""
    if not needed():
        return None
    token = OneTimeLink.make(OneTimeLink.SETUP)
    return base_url.rstrip("/") + reverse("setup", args=[token])


@transaction.atomic
def create_seller(email, name, password, **settings):
    """The first seller and the installation's settings (time_zone, currency, date_order), in one.

    Raises ValidationError; nothing is stored then.
    """
    installation = Installation.load()
    for field, value in settings.items():
        setattr(installation, field, value)
    installation.full_clean()
    installation.save()
    return User.objects.create_user(email, name, password, User.SELLER)
