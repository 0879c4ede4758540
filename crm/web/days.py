"""Days as an address or a command has them: 2026-03-11."""

import re
from datetime import date

from . import clock
from .formats import day

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def typed(text):
    """The day that is written so, None for anything else."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def past(text, today):
    """(day, "") of a past one; (None, "") for nothing or today; (None, why) for what cannot be looked at."""
    if not text:
        return None, ""
    found = typed(text)
    if found is None or not clock.near(found):
        return None, f"“{text}” is no day. Write it like {today.isoformat()}."
    if found > today:
        return None, f"{day(found)} is still to come; only the past can be looked at."
    return (found if found < today else None), ""
