"""The periods that wins and losses are shown for: months, and the quarters and years of the business."""

from dataclasses import dataclass
from datetime import date, timedelta

from crm.web import locale
from crm.web.quarters import quarter_start

DEFAULT = "quarter"
# ?period= → (words, what it is a part of, how many back).
KINDS = {
    "month": ("This month", "month", 0),
    "last-month": ("Last month", "month", 1),
    "quarter": ("This quarter", "quarter", 0),
    "last-quarter": ("Last quarter", "quarter", 1),
    "year": ("This fiscal year", "year", 0),
    "last-year": ("Last fiscal year", "year", 1),
}


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both in it. The one that `day` lies in ends with that day, as nothing ended after it."""

    code: str
    words: str
    first: date
    last: date

    @property
    def label(self):
        """In a sentence: "this quarter"."""
        return self.words[0].lower() + self.words[1:]


def period(code, day):
    """The period of that code around `day`; the default for a code that is none."""
    code = code if code in KINDS else DEFAULT
    words, part, back = KINDS[code]
    if part == "year" and locale.current().fiscal_year_start == 1:
        words = words.replace("fiscal ", "")
    first = _start(part, day)
    last = day
    for _ in range(back):
        last = first - timedelta(days=1)
        first = _start(part, last)
    return Period(code, words, first, last)


def choices(day):
    return [period(code, day) for code in KINDS]


def _start(part, day):
    if part == "month":
        return day.replace(day=1)
    if part == "quarter":
        return quarter_start(day)
    begins = locale.current().fiscal_year_start
    return date(day.year if day.month >= begins else day.year - 1, begins, 1)
