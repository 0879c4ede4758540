"""What comes first on Today, and why: the whole of the ranking, in points.

Each rule that applies adds its points and, where the seller should read it, its words; the item with
the most points is Next!. The words are shown in the order of the rules, at most three of them.
"""

import math
from datetime import datetime, timedelta

from crm.web.templatetags.callback import day_words, money

# What kind of item it is. A promise to the minute stands above everything; a hole in the records below all.
APPOINTMENT, WAITING, OVERDUE, TODAY, OWED, QUIET, LOOSE, LATER_TODAY = 900, 560, 500, 420, 300, 220, 160, 120
LATE_DAY, LATE_DAYS_AT_MOST = 6, 15
SOON = timedelta(minutes=30)
MONEY_AT_MOST = 140


def rank(item, wall: datetime, quiet_days: int):
    """Sets `item.points` and `item.reasons`, as of that wall-clock time."""
    rules = [_kind, _money, _silence]
    points, reasons = 0, []
    for rule in rules:
        more, words = rule(item, wall, quiet_days)
        points += more
        reasons += words
    item.points, item.reasons = points, reasons[:3]
    return item


def _kind(item, wall, quiet_days):
    late = (wall.date() - item.due_on).days if item.due_on else 0
    lateness = LATE_DAY * min(max(late, 0), LATE_DAYS_AT_MOST)
    if item.group == "overdue":
        return OVERDUE + lateness, [f"promised for {day_words(item.due_on)}"]
    if item.group == "today":
        if item.due_time is None:
            return TODAY, ["due today"]
        at = datetime.combine(item.due_on, item.due_time)
        if at - SOON <= wall:
            return APPOINTMENT, ["now" if wall < at + SOON else f"due since {item.clock}"]
        return LATER_TODAY, [f"at {item.clock}"]
    if item.group == "owed":
        if late > 0:
            return OWED + lateness, [f"they promised it for {day_words(item.due_on)}"]
        return LATER_TODAY, [f"they promised it by {day_words(item.due_on)}" if item.due_on else "they promised it"]
    if item.group == "quiet":
        return QUIET, []
    return (WAITING if item.waiting else LOOSE), [item.why] if item.why else []


def _money(item, wall, quiet_days):
    """Up to 140 points on a log scale: €1k 9, €10k 31, €100k 60, €1M 90; more when it closes soon."""
    deal = item.deal
    if deal is None or not deal.is_open:
        return 0, []
    points = min(MONEY_AT_MOST, 30 * math.log10(1 + float(deal.amount) / 1000)) if deal.amount else 0
    if deal.close_on is None:
        return points, [money(deal.amount, "short")] if deal.amount else []
    away = (deal.close_on - wall.date()).days
    points += 60 if away < 0 else 80 if away <= 7 else 40 if away <= 30 else 0
    what = money(deal.amount, "short") if deal.amount else deal.name
    closing = "should have closed" if away < 0 else "closing"
    return points, [f"{what} {closing} {day_words(deal.close_on)}"]


def _silence(item, wall, quiet_days):
    standing = item.standing
    if standing is None:
        return 0, []
    days = standing.silent_days(wall.date())
    if standing.attempts and days is not None:
        tries = "1 try" if standing.attempts == 1 else f"{standing.attempts} tries"
        span = "" if days < 1 else " in 1 day" if days == 1 else f" in {days} days"
        return min(standing.attempts, 5) * 4, [f"{tries}{span}, no answer"]
    if days is not None and days >= quiet_days:
        return min(days, 60) // 2, [f"silent for {days} days"]
    return 0, []
