"""How figures and times are written for this installation.

`current()` is what the request or command activated; templates and formatting helpers read it so
that no view has to pass it along.
"""

import zoneinfo
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True)
class Locale:
    currency: str = "USD"  # ISO 4217
    date_order: str = "mdy"  # or "dmy"
    zone: str = "UTC"  # IANA name
    fiscal_year_start: int = 1  # month


_current: ContextVar[Locale] = ContextVar("locale", default=Locale())  # noqa: B039 (frozen)


def current() -> Locale:
    return _current.get()


def activate(locale: Locale):
    """Make `locale` the current one and its zone Django's current time zone."""
    _current.set(locale)
    timezone.activate(zoneinfo.ZoneInfo(locale.zone))
