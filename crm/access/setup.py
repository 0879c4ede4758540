"""From an empty database to a first seller."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
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
    if not needed():
        raise ValidationError("There is a seller already.")
    installation = Installation.load()
    for field, value in settings.items():
        setattr(installation, field, value)
    installation.full_clean()
    installation.save()
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name, password, User.SELLER)
    except IntegrityError:
        raise ValidationError("There is a seller already.") from None


@transaction.atomic
def use_link(link, **seller):
    """The first seller, made by the one-time link, which works no more. Raises ValidationError."""
    if not link.use():
        raise ValidationError("Somebody has just used this link.")
    return create_seller(**seller)
