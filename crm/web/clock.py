"""The one clock: nothing else asks for the time.

Instants are aware datetimes in UTC. Days and wall-clock times are the seller's: the zone activated for
the request or command (`crm.access.locale.activate`), UTC until then.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

# Days outside of these are typing slips: no sale is that old, and at the ends of the calendar time zones overflow.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def near(day: date):
    """Whether a day (or the day of an instant) can be meant."""
    return EARLIEST <= date(day.year, day.month, day.day) <= LATEST


def now():
    """The instant, aware, in UTC."""
    return timezone.now()


def local(instant=None):
    """`instant` (default now) as an aware datetime of the seller's zone."""
    return timezone.localtime(instant if instant is not None else now())


def today():
    """The seller's date."""
    return local().date()


def day_of(instant):
    """The seller's date of an instant."""
    return local(instant).date()


def wall(instant=None, zone=""):
    """`instant` (default now) as a naive wall-clock time, to the minute: the seller's, or that of an IANA `zone`."""
    at = local(instant)
    return (at.astimezone(ZoneInfo(zone)) if zone else at).replace(tzinfo=None, second=0, microsecond=0)


def instant(day: date, at: time, zone=""):
    """The UTC instant of a wall-clock time in the seller's zone, or in that IANA `zone`.

    A time that a DST change skips becomes the moment after the gap (02:30 → 03:30); a time that
    occurs twice is its first occurrence.
    """
    aware = datetime.combine(day, at, tzinfo=ZoneInfo(zone) if zone else timezone.get_current_timezone())
    return aware.astimezone(_UTC)


def day_bounds(day: date):
    """(start, end) instants of a day in the seller's zone; end exclusive. 23, 24 or 25 hours apart."""
    return instant(day, time()), instant(day + timedelta(days=1), time())


_UTC = timezone.get_fixed_timezone(0)
