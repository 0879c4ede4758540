"""Arithmetic of days on the wall calendar. Dates only, no zones; weeks start on Monday.

Each function answers for one phrase. `past` chooses between what is due (never before the
reference) and what happened (never after it). None means that no such day exists.
"""

import calendar
from datetime import date, timedelta

DAY = timedelta(days=1)


def safe(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def monday_of(day):
    return day - timedelta(days=day.weekday())


def weekday(ref, wd, past):
    """`thu`: the first after today (said on a Thursday, a week on); of the past the last before today."""
    if past:
        return ref - timedelta(days=(ref.weekday() - wd - 1) % 7 + 1)
    return ref + timedelta(days=(wd - ref.weekday() - 1) % 7 + 1)


def this_weekday(ref, wd, past):
    """`this fri`: may be today."""
    if past:
        return ref - timedelta(days=(ref.weekday() - wd) % 7)
    return ref + timedelta(days=(wd - ref.weekday()) % 7)


def add_months(day, n):
    """The same day n months on, clipped to the month's end."""
    month = day.month - 1 + n
    year, month = day.year + month // 12, month % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_business_days(day, n):
    step = DAY if n >= 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def month_end(year, month):
    return date(year, month, calendar.monthrange(year, month)[1])


def day_and_month(ref, day, month, year, past):
    """A date whose year may be missing: then the next one, or of the past the last one."""
    if year is not None:
        return safe(year, month, day)
    for k in range(9):  # 29 February may be eight years away
        found = safe(ref.year + (-k if past else k), month, day)
        if found and (found <= ref if past else found >= ref):
            return found
    return None


def day_of_month(ref, day, past):
    """`the 14th`: the next one (today counts), or the last one."""
    first = ref.replace(day=1)
    for k in range(13):
        m = add_months(first, -k if past else k)
        found = m and safe(m.year, m.month, day)
        if found and (found <= ref if past else found >= ref):
            return found
    return None


def month_named(ref, month, past):
    """First day of the month meant: this year's if it still has days to come, else the next."""
    year = ref.year
    if past:
        return date(year if month <= ref.month else year - 1, month, 1)
    return date(year if month >= ref.month else year + 1, month, 1)


def end_of_week(ref):
    """`eow`: Friday; today on a Friday, the coming one at the weekend."""
    return ref + timedelta(days=(4 - ref.weekday()) % 7)


def quarter_start(day):
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarter_end(day, n=0):
    start = add_months(quarter_start(day), 3 * n)
    return month_end(start.year, start.month + 2)


def quarter_named(ref, q, year, past):
    """Last day of `Q3`: the next such day from the reference on."""
    if year is None:
        year = ref.year
        if not past and month_end(year, 3 * q) < ref:
            year += 1
    return month_end(year, 3 * q)
