"""Working days around a day: the sample's calendar. Weekends and the last week of December are free."""

from datetime import date, timedelta


def is_free(day: date):
    return day.weekday() >= 5 or (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


def back(today: date, n: int):
    """The n-th working day before `today` (n ≥ 1)."""
    return _walk(today, n, -1)


def ahead(today: date, n: int):
    """The n-th working day after `today`; 0 is today itself, free or not; negative goes back."""
    return today if n == 0 else _walk(today, abs(n), 1 if n > 0 else -1)


def _walk(day, n, direction):
    while n:
        day += timedelta(days=direction)
        n -= not is_free(day)
    return day


def working(day: date):
    """`day`, or the next working day."""
    while is_free(day):
        day += timedelta(days=1)
    return day


def spoken(day: date, said_on: date):
    """How a seller writes a coming day: "thu", or "26 mar" when it is a week or more away."""
    if 0 < (day - said_on).days < 7:
        return f"{day:%a}".lower()
    return f"{day.day} {day:%b}".lower()
