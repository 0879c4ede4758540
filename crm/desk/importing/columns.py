"""How the values of one column are written: dates, amounts, yes and no. Detected, never guessed per cell.

A reader turns a cell into a value, None for a cell that says "nothing", or raises Unreadable.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation

from crm.web import clock, locale

from .reading import Unreadable

NOTHING = frozenset(["", "-", "--", "—", "–", "n/a", "na", "none", "null", "nil", "unknown", "?", "#n/a", "(blank)"])
_SAMPLE = 4000

# Dates -------------------------------------------------------------------------------------------

_MONTHS = {
    name: n
    for n, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)$")
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? +)?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]{3,9})\.?|([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?)"
    r",?[ -]+(\d{4}|\d{2})(?!\d)",
    re.I,
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
_EPOCH = re.compile(r"\d{13}$")
_TIME = re.compile(
    r"[T ,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? *([ap])?\.?m?\.? *(Z|GMT|UTC)? *([+-]\d{2}):?(\d{2})?$", re.I
)
_TIME_PLAIN = re.compile(r"[T ,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? *(?:([ap])\.?m\.?)? *(Z|GMT|UTC)?$", re.I)


def day_order(values):
    """(order, sure): "dmy" or "mdy" from dates in figures; sure is false when none of them tells.

    Raises nothing; where they contradict each other, the one that most of them need wins.
    """
    day_first = month_first = 0
    for value in values:
        found = _NUMBERS.match(value)
        if found:
            first, second = int(found[1]), int(found[3])
            day_first += first > 12 >= second
            month_first += second > 12 >= first
    if day_first == month_first == 0:
        return None, False
    return ("dmy" if day_first >= month_first else "mdy"), True


@dataclass(frozen=True)
class Dates:
    """A column of dates. `order` is "mdy" or "dmy", `serial` whether bare numbers count days since 1900."""

    order: str = "mdy"
    serial: bool = False
    sure: bool = True

    def read(self, cell):
        """The date, or an aware instant where a time of day is given."""
        day, rest = self._day(cell)
        if not clock.near(day):
            raise Unreadable(f"“{_short(cell)}” is too far away to be a date.")
        if not rest.strip():
            return day
        return _with_time(cell, day, rest)

    def _day(self, cell):
        found = _ISO.match(cell)
        try:
            if found:
                return date(int(found[1]), int(found[3]), int(found[4])), cell[found.end() :]
            found = _NUMBERS.match(cell)
            if found:
                first, second, year = int(found[1]), int(found[3]), _year(found[4])
                day, month = (first, second) if self.order == "dmy" else (second, first)
                return date(year, month, day), cell[found.end() :]
            found = _WORDS.match(cell)
            if found:
                month = _MONTHS.get((found[2] or found[3]).lower())
                if month:
                    return date(_year(found[5]), month, int(found[1] or found[4])), cell[found.end() :]
            found = _COMPACT.match(cell)
            if found:
                return date(int(found[1]), int(found[2]), int(found[3])), ""
            if self.serial and _SERIAL.match(cell):
                return _from_serial(cell)
            if _EPOCH.match(cell):
                instant = datetime.fromtimestamp(int(cell) / 1000, timezone.utc)  # noqa: UP017
                return instant.date(), f"T{instant:%H:%M}Z"
        except (ValueError, OverflowError):
            pass
        raise Unreadable(f"“{_short(cell)}” is no date.")

    def in_words(self):
        shown = "day/month/year" if self.order == "dmy" else "month/day/year"
        return shown + (", or Excel's day numbers" if self.serial else "") + ("" if self.sure else " (as you set it)")


def _year(digits):
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _from_serial(cell):
    number = float(cell)
    day = date(1899, 12, 30) + timedelta(days=int(number))
    minutes = round((number % 1) * 24 * 60)
    return day, f"T{minutes // 60:02}:{minutes % 60:02}" if 0 < minutes < 24 * 60 else ""


def _with_time(cell, day, rest):
    """The instant of a day and the time after it. Midnight in its own zone stays the day it is written as."""
    found = _TIME.match(rest) or _TIME_PLAIN.match(rest)
    if not found:
        raise Unreadable(f"“{_short(cell)}” is no date.")
    hour, minute, half = int(found[1]), int(found[2]), (found[4] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    offset = None
    if found.re is _TIME:
        hours, minutes = int(found[6]), int(found[7] or 0)
        offset = timedelta(hours=hours, minutes=-minutes if found[6].startswith("-") else minutes)
    elif found[5]:
        offset = timedelta()
    try:
        at = time(hour, minute)
        if at == time() and int(found[3] or 0) == 0:
            return day
        if offset is None:
            return clock.instant(day, at)
        return datetime.combine(day, at, tzinfo=timezone(offset)).astimezone(timezone.utc)  # noqa: UP017
    except (ValueError, OverflowError):
        raise Unreadable(f"“{_short(cell)}” is no date.") from None


def as_day(value):
    """A date, or the seller's day of an instant."""
    return clock.day_of(value) if isinstance(value, datetime) else value


# Amounts -----------------------------------------------------------------------------------------

_SIGNS = re.compile(r"[\s\u00a0\u202f'’_]|[$€£¥₹₽₺₩₪₫฿₴]|(?<![A-Za-z])[A-Z]{2,3}\$?(?![A-Za-z])|R\$|Kč|kr\.?|zł|Fr\.?")
_SCALE = {"k": 1000, "m": 1_000_000, "mio": 1_000_000, "mn": 1_000_000}
_NUMBER = re.compile(r"([+-]?)([\d.,]*\d[\d.,]*)\s*(k|mio|mn|m)?\.?$", re.I)
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,2})?$", re.A)
LARGEST = Decimal("999999999999.99")


@dataclass(frozen=True)
class Amounts:
    """A column of amounts; `mark` is what stands before the cents."""

    mark: str = "."
    sure: bool = True

    def read(self, cell):
        if _PLAIN.match(cell) and self.mark == ".":
            return Decimal(cell)
        text = cell.replace("−", "-")
        negative = text.startswith("(") and text.endswith(")")
        text = _SIGNS.sub("", text.strip("()"))
        found = _NUMBER.match(text.removesuffix(",-").removesuffix(".-").removesuffix(",--"))
        if not found:
            raise Unreadable(f"“{_short(cell)}” is no amount.")
        digits = found[2].replace("," if self.mark == "." else ".", "").replace(self.mark, ".")
        try:
            amount = Decimal(digits) * _SCALE.get((found[3] or "").lower(), 1)
        except InvalidOperation:
            raise Unreadable(f"“{_short(cell)}” is no amount.") from None
        if negative or found[1] == "-":
            amount = -amount
        if abs(amount) > LARGEST:
            raise Unreadable(f"“{_short(cell)}” is larger than any amount kept here.")
        return amount.quantize(Decimal("0.01"))

    def in_words(self):
        return "1,234.50" if self.mark == "." else "1.234,50"


def amount_mark(values, european=False):
    """The Amounts that a column is written in. `european` (the file parts columns by ;) breaks a tie."""
    votes = {".": 0, ",": 0}
    for value in values:
        text = re.sub(r"[^\d.,]", "", value).strip(".,")
        dots, commas = text.count("."), text.count(",")
        if dots and commas:
            votes["." if text.rfind(".") > text.rfind(",") else ","] += 2
        elif dots > 1:
            votes[","] += 2
        elif commas > 1:
            votes["."] += 2
        elif dots or commas:
            mark = "." if dots else ","
            whole, part = text.split(mark)
            if len(part) != 3 or len(whole) > 3 or whole in ("", "0"):
                votes[mark] += 1
    if votes["."] == votes[","] == 0:
        return Amounts("," if european else ".", sure=not any("," in v or "." in v for v in values))
    return Amounts("." if votes["."] >= votes[","] else ",")


def _short(cell):
    return cell if len(cell) <= 40 else cell[:39] + "…"


# Detection ---------------------------------------------------------------------------------------


class Profile:
    """What one column holds: its distinct values (up to a sample), how many rows have one."""

    def __init__(self):
        self.filled = 0
        self.values = {}

    def see(self, cell):
        self.filled += 1
        if cell in self.values:
            self.values[cell] += 1
        elif len(self.values) < _SAMPLE:
            self.values[cell] = 1


def date_format(profile, file_order=None):
    """The Dates of a column: its own evidence first, then the file's other columns', then the setting."""
    order, sure = day_order(profile.values)
    numbers = any(_NUMBERS.match(value) for value in profile.values)
    if not sure:
        order, sure = (file_order, True) if file_order else (locale.current().date_order, not numbers)
    return Dates(order, any(_SERIAL.match(value) for value in profile.values), sure)


def read_day(dates):
    return lambda cell: as_day(dates.read(cell))


# Words -------------------------------------------------------------------------------------------

_YES = frozenset(["yes", "y", "true", "t", "1", "x", "ja", "oui", "si", "sí", "done", "won", "completed", "closed"])
_NO = frozenset(["no", "n", "false", "f", "0", "nein", "non", "open", "to do", "todo", "not started"])


def read_bool(cell):
    word = cell.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(f"“{_short(cell)}” is neither yes nor no.")


def read_count(cell):
    found = re.match(r"(\d{1,5})(?:\.0+)?(?: *min(?:ute)?s?)?$", cell)
    if not found:
        raise Unreadable(f"“{_short(cell)}” is no number of minutes.")
    return int(found[1])


def read_time(cell):
    found = _TIME_PLAIN.match(cell)
    try:
        hour, minute, half = int(found[1]), int(found[2]), (found[4] or "").lower()
        return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)
    except (TypeError, ValueError):
        raise Unreadable(f"“{_short(cell)}” is no time of day.") from None


def read_email(cell):
    """The addresses of a cell (several may share it), each checked no further than that it could be one."""
    found = [part.strip().strip("<>") for part in re.split(r" ::: |[;,\s]+(?=\S+@)", cell.strip("\u3000 ")) if part]
    for address in found:
        name, _, domain = address.rpartition("@")
        if not name or "." not in f"{domain}." or not domain or " " in address or len(address) > 254:
            raise Unreadable(f"“{_short(cell)}” is no e-mail address.")
    return found


def read_domain(cell):
    """ "https://www.Frost.info/x" → "frost.info"."""
    text = re.sub(r"^[a-z]+://", "", cell.strip().lower()).split("/")[0].split("?")[0].removeprefix("www.")
    if "." not in text or " " in text:
        raise Unreadable(f"“{_short(cell)}” is no domain.")
    return text
