"""What open deals come to, by stage and by the month of their close date; what ended, and why. From rows, no query."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from crm.web.formats import MONTHS

OUTCOMES = (("won", "Won", "trophy"), ("lost", "Lost", "circle-x"), ("walked", "Walked away", "footprints"))


@dataclass
class Sum:
    """`unknown`: how many of them have no amount, which adds nothing."""

    key: str
    name: str
    count: int = 0
    total: Decimal = Decimal(0)
    weighted: Decimal = Decimal(0)
    unknown: int = 0
    passed: bool = False

    @property
    def amount(self):
        """What to show: None where none of the amounts is known, which is not nothing."""
        return None if self.unknown == self.count else self.total

    def add(self, row):
        self.count += 1
        if row.amount is None:
            self.unknown += 1
        else:
            self.total += row.amount
            self.weighted += row.weighted


@dataclass
class Ended:
    """What ended one way in the period. `reasons`: (words, how many), the most frequent first."""

    outcome: str
    name: str
    icon: str
    count: int = 0
    total: Decimal = Decimal(0)
    rows: list = field(default_factory=list)

    @property
    def reasons(self):
        return Counter(row.reason.strip() for row in self.rows if row.reason.strip()).most_common()

    @property
    def frequent(self):
        """The reasons that were given more than once."""
        return [(words, count) for words, count in self.reasons if count > 1]


def whole(rows):
    """The Sum of all of them."""
    found = Sum("", "All")
    for row in rows:
        found.add(row)
    return found


def by_stage(rows):
    """[Sum] in the order of the board; stages without a deal are not among them."""
    found = {}
    for row in rows:
        if row.stage not in found:
            found[row.stage] = Sum(str(row.stage.pk), row.stage.name)
        found[row.stage].add(row)
    return [found[stage] for stage in sorted(found, key=lambda stage: (stage.position, stage.pk))]


def by_month(rows, today):
    """[Sum], the earliest month first, those without a close date last. `passed`: a month that is over."""
    found, now = {}, f"{today:%Y-%m}"
    for row in rows:
        key = row.month or "none"  # which sorts behind all months
        if key not in found:
            found[key] = Sum(key, month_words(row.close_on, today), passed=key < now)
        found[key].add(row)
    return [found[key] for key in sorted(found)]


def month_words(day, today):
    """ "Mar", "Mar 2027" of another year, "No date"."""
    if day is None:
        return "No date"
    return MONTHS[day.month - 1] + (f" {day.year}" if day.year != today.year else "")


def ended(rows, period):
    """[Ended] for won, lost and walked, the latest deal of each first."""
    found = {outcome: Ended(outcome, name, icon) for outcome, name, icon in OUTCOMES}
    for row in rows:
        if row.outcome in found and row.ended_on and period.first <= row.ended_on <= period.last:
            one = found[row.outcome]
            one.count += 1
            one.total += row.amount or 0
            one.rows.append(row)
    for one in found.values():
        one.rows.sort(key=lambda row: (row.ended_on, row.pk), reverse=True)
    return list(found.values())
