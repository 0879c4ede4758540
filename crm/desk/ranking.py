"""What comes first on Today, and why: the whole of the ranking, in points.

Each rule that applies adds its points (`points`), and says so in words (`reasons`); the item with the
most points is Next! The words are those of the same rules, in their order, at most three.
"""

import math
from datetime import datetime, timedelta

from crm.web.templatetags.callback import day_words, money

# What kind of item it is. A promise to the minute stands above everything; a hole in the records below all.
APPOINTMENT, WAITING, OVERDUE, TODAY, OWED, QUIET, LOOSE, LATER_TODAY = 900, 560, 500, 420, 300, 220, 160, 120
LATE_DAY, LATE_DAYS_AT_MOST = 6, 15
SOON = timedelta(minutes=30)
MONEY_AT_MOST = 140
TRIES_AT_MOST, TRY = 5, 4
SILENT_AT_MOST = 60


def points(item, wall: datetime):
    """How pressing the item is, as of that wall-clock time."""
    return _kind(item, wall) + _money(item, wall) + _silence(item)


def reasons(item, wall: datetime, quiet_days: int):
    """The same in words: "promised for yesterday", "$45k closing Fri Mar 13", "4 tries in 9 days, no answer"."""
    words = [_kind_words(item, wall), _money_words(item, wall), _silence_words(item, quiet_days)]
    return [said for said in words if said]


def _kind(item, wall):
    late = (wall.date() - item.due_on).days if item.due_on else 0
    lateness = LATE_DAY * min(max(late, 0), LATE_DAYS_AT_MOST)
    if item.group == "overdue":
        return OVERDUE + lateness
    if item.group == "today":
        if item.due_time is None:
            return TODAY
        return APPOINTMENT if _begins(item) - SOON <= wall else LATER_TODAY
    if item.group == "owed":
        return OWED + lateness if late > 0 else LATER_TODAY
    if item.group == "quiet":
        return QUIET
    return WAITING if item.waiting else LOOSE


def _kind_words(item, wall):
    if item.group == "overdue":
        return f"promised for {day_words(item.due_on)}"
    if item.group == "today":
        if item.due_time is None:
            return "due today"
        if _begins(item) - SOON > wall:
            return f"at {item.clock}"
        return "now" if wall < _begins(item) + SOON else f"due since {item.clock}"
    if item.group == "owed":
        if item.due_on is None:
            return "they promised it"
        return f"they promised it {'for' if item.due_on < wall.date() else 'by'} {day_words(item.due_on)}"
    return "" if item.group == "quiet" else item.why


def _begins(item):
    return datetime.combine(item.due_on, item.due_time)


def _money(item, wall):
    """Up to 140 points on a log scale ($1k 9, $10k 31, $100k 60, $1M 90); more when it closes soon, or should have."""
    worth = min(MONEY_AT_MOST, 30 * math.log10(1 + float(item.amount) / 1000)) if item.amount else 0
    if item.close_on is None:
        return worth
    away = (item.close_on - wall.date()).days
    return worth + (60 if away < 0 else 80 if away <= 7 else 40 if away <= 30 else 0)


def _money_words(item, wall):
    worth = money(item.amount, "short") if item.amount else ""
    if item.close_on is None:
        return worth
    closing = "should have closed" if item.close_on < wall.date() else "closing"
    return f"{worth or item.deal_name} {closing} {day_words(item.close_on)}"


def _silence(item):
    if item.attempts:
        return min(item.attempts, TRIES_AT_MOST) * TRY
    return min(item.silent_days or 0, SILENT_AT_MOST) // 2


def _silence_words(item, quiet_days):
    days = item.silent_days
    if item.attempts and days is not None:
        tries = "1 try" if item.attempts == 1 else f"{item.attempts} tries"
        span = "" if days < 1 else " in 1 day" if days == 1 else f" in {days} days"
        return f"{tries}{span}, no answer"
    return f"silent for {days} days" if days is not None and days >= quiet_days else ""
