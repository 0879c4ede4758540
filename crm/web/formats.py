"""How figures, days, times and telephone numbers are written: plain functions, the templates' filters among them."""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote

from . import clock as clocks
from . import locale

SYMBOLS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "BRL": "R$",
    "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "MXN": "MX$", "SGD": "S$", "HKD": "HK$", "ILS": "₪", "TRY": "₺",
}  # fmt: skip
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# Figures -------------------------------------------------------------------------------------------


def money(value, form=""):
    """Decimal in the installation's currency: "$45,000", "$45,000.50"; form "short": "$45k", "$1.2M".

    None is an unknown amount, not zero: "no amount".
    """
    if value is None or value == "":
        return "no amount"
    value = Decimal(value)
    symbol = currency_symbol()
    sign = "−" if value < 0 else ""
    return f"{sign}{symbol}{_short(abs(value)) if form == 'short' else _full(abs(value))}"


def currency_symbol():
    code = locale.current().currency
    return SYMBOLS.get(code, f"{code}\N{NO-BREAK SPACE}")


def _full(value):
    value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def _short(value):
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        # 999,950 is 1M rather than 1000k.
        if value >= size * Decimal("0.9995"):
            count = value / size
            rounded = count.quantize(Decimal("0.1") if count < 100 else Decimal("1"), ROUND_HALF_UP)
            return f"{rounded:f}".removesuffix(".0") + letter
    return _full(value)


# Days and times --------------------------------------------------------------------------------------


def day(value, form=""):
    """A day: "Thu Mar 12", "Thu 12 Mar" where days come first; with the year where it is not this one.

    form "short" leaves the weekday out, "long" writes everything: "Thursday, March 12".
    """
    value = date_of(value)
    if value is None:
        return ""
    us = locale.current().date_order == "mdy"
    year = "" if value.year == clocks.today().year else value.year
    if form == "long":
        text = f"{value:%A}, {value:%B} {value.day}" if us else f"{value:%A}, {value.day} {value:%B}"
    else:
        month = MONTHS[value.month - 1]
        text = f"{month} {value.day}" if us else f"{value.day} {month}"
        if form != "short":
            text = f"{DAYS[value.weekday()]} {text}"
    return f"{text}{', ' if us else ' '}{year}" if year else text


def day_words(value, form=""):
    """today, tomorrow, yesterday, or the day."""
    value = date_of(value)
    if value is None:
        return ""
    away = (value - clocks.today()).days
    return {0: "today", 1: "tomorrow", -1: "yesterday"}.get(away) or day(value, form)


def clock(value):
    """A time of day: "2:30 pm", or "14:30" where days come first. A date without a time has none: ""."""
    if isinstance(value, datetime):
        value = clocks.local(value).time()
    if not isinstance(value, time):
        return ""
    if locale.current().date_order != "mdy":
        return f"{value.hour:02}:{value.minute:02}"
    return f"{value.hour % 12 or 12}:{value.minute:02}\N{NO-BREAK SPACE}{'am' if value.hour < 12 else 'pm'}"


def ago_words(value):
    days = (date_of(value) - clocks.today()).days
    minutes = _minutes(value)
    if minutes is not None and abs(minutes) < 60 * 24 and (abs(minutes) < 60 * 6 or days == 0):
        span = f"{abs(minutes)} min" if abs(minutes) < 60 else f"{abs(minutes) // 60} h"
        return "just now" if abs(minutes) < 1 else f"in {span}" if minutes > 0 else f"{span} ago"
    if -1 <= days <= 1:
        return day_words(value)
    if abs(days) < 14:
        return f"in {days} d" if days > 0 else f"{-days} d ago"
    return day(value, "short")


def age_words(value):
    days = abs((clocks.today() - date_of(value)).days)
    minutes = _minutes(value)
    if minutes is not None and abs(minutes) < 60 * 24 and (abs(minutes) < 60 * 6 or days == 0):
        return f"{abs(minutes)} min" if abs(minutes) < 60 else f"{abs(minutes) // 60} h"
    return "today" if days == 0 else f"{days} d" if days < 100 else f"{days // 30} mo"


def _minutes(value):
    """Whole minutes from now; None for a day without a time."""
    return int((value - clocks.now()).total_seconds() / 60) if isinstance(value, datetime) else None


def date_of(value):
    if isinstance(value, datetime):
        return clocks.local(value).date()
    return value if isinstance(value, date) else None


def iso(on, at=None):
    if isinstance(on, datetime):
        return on.isoformat(timespec="minutes")
    return f"{on.isoformat()}T{at:%H:%M}" if isinstance(at, time) else on.isoformat()


# Telephone -------------------------------------------------------------------------------------------

_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_EXTENSION = re.compile(r"(?:;ext=|ext\.?|extension|#|x)\s*(\d{1,7})\s*$", re.I)


def mailto(raw):
    """For `href`: the address with what would end it escaped, so that no "?bcc=" in it addresses anybody else."""
    return "mailto:" + quote(raw.strip(), safe="@+")


def tel(raw):
    """For `href`: "+44 (0)20 7946 0958 ext 12" → "tel:+442079460958;ext=12"; "" where there is no number to dial."""
    raw = str(raw or "").strip()
    found = _EXTENSION.search(raw)
    number = raw[: found.start()] if found else raw
    if number.lstrip().startswith("+"):
        number = number.replace("(0)", "")
    if sum(c.isdigit() for c in number) < 3:  # words, not a number: "ask at the desk"
        return ""
    digits = re.sub(r"\D", "", number.upper().translate(_KEYPAD))
    plus = "+" if number.lstrip().startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={found[1]}" if found else "")
