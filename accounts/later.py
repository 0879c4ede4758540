"""The ready answers to "when, then?": tonight, tomorrow, Monday, next week, or a day of one's own."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from crm.web import clock

TONIGHT = time(18)


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    on: date
    at: time | None = None


def choices(wall: datetime | None = None):
    """What can be chosen at that wall-clock time (default now), soonest first.

    "Tonight" is 18:00 and goes once it has passed; "next week" is this weekday a week on.
    """
    wall = wall or clock.wall()
    today = wall.date()
    monday = today + timedelta(days=7 - today.weekday())
    offered = [Choice("tonight", "Tonight", today, TONIGHT)] if wall.time() < TONIGHT else []
    offered.append(Choice("tomorrow", "Tomorrow", today + timedelta(days=1)))
    if monday != today + timedelta(days=1):
        offered.append(Choice("monday", "Monday", monday))
    offered.append(Choice("next_week", "Next week", today + timedelta(days=7)))
    return offered


def choose(code, on=None):
    """(day, time or None) of a choice's code; "date" takes the day given. None when it makes no sense."""
    if code == "date":
        return (on, None) if on and on > clock.today() else None
    for choice in choices():
        if choice.code == code:
            return choice.on, choice.at
    return None
