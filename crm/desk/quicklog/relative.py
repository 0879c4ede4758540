"""Dates counted from a reference: "in 3 days", "2 weeks ago", "a week from friday", "tuesday week".

`relative_at` returns (day, minutes, only, vague, next): `day` a function of (reference, past),
`minutes` for clock distances; or None.
"""

from datetime import timedelta

from . import calendar_words as cw
from . import days
from .dayphrases import day_at
from .these import these


def _count(tokens, i):
    """A small number of units at `i`: (n, next, vague). "a couple of", "half an", "1.5", "a few"."""
    n = len(tokens)
    if i >= n:
        return None
    t = tokens[i]
    if t.norm in ("a", "an") and i + 1 < n and tokens[i + 1].norm in ("couple", "few", "bit"):
        t, i = tokens[i + 1], i + 1
    if t.norm == "couple":
        j = i + 1
        if j < n and tokens[j].norm in ("of", "more"):
            j += 1
        return 2, j, False
    if t.norm in ("few", "several", "some", "coming"):
        j = i + 1
        if j < n and tokens[j].norm == "more":
            j += 1
        return 3, j, True
    if t.norm == "half" and i + 1 < n and tokens[i + 1].norm in ("an", "a"):
        return 0.5, i + 2, False
    if t.norm == "half" and i + 1 < n and tokens[i + 1].norm == "hour":
        return 0.5, i + 1, False
    if t.kind == "n":
        s = t.norm
        if s.isdigit() and len(s) <= 3:
            j = i + 1
            if j + 1 < n and tokens[j].norm in ("-", "or", "to") and tokens[j + 1].kind == "n":
                return 0, j + 2, True  # "in 2-3 weeks": no one day
            return int(s), j, False
        if s.count(".") == 1 and len(s) <= 4 and "," not in s:
            return float(s), i + 1, False
        return None
    v = cw.SMALL_NUMBERS.get(t.norm)
    if v is None or v == 0:
        return None
    j = i + 1
    if j + 1 < n and tokens[j].norm == "or" and tokens[j + 1].norm in cw.NUMBERS:
        return 0, j + 2, True
    return v, j, False


def _unit(tokens, j):
    """(kind, size, next) of a unit, "business days" as kind b."""
    if j >= len(tokens):
        return None
    t = tokens[j]
    if t.norm in cw.BUSINESS and j + 1 < len(tokens) and tokens[j + 1].norm in ("day", "days"):
        return "b", 1, j + 2
    if t.norm in ("full", "whole", "more", "short") and j + 1 < len(tokens):
        return _unit(tokens, j + 1)
    table = cw.GLUED_UNITS if t.glued and tokens[j - 1].kind == "n" else cw.UNITS
    if t.norm not in table:
        return None
    kind, size = table[t.norm]
    j += 1
    if j < len(tokens) and tokens[j].norm in ("'s", "'") and tokens[j].glued:
        j += 1
    if j < len(tokens) and tokens[j].norm == "time" and (j + 1 >= len(tokens) or tokens[j + 1].norm != "to"):
        j += 1
    return kind, size, j


def _shift(kind, total):
    """A function that moves a day by so many units; whole numbers only."""
    if total != int(total):
        return None
    n = int(total)
    if kind == "d":
        return lambda ref, n=n: ref + timedelta(days=n)
    if kind == "b":
        return lambda ref, n=n: days.add_business_days(ref, n)
    return lambda ref, n=n: days.add_months(ref, n)


def relative_at(tokens, i, order):
    n = len(tokens)
    t = tokens[i]
    w = t.norm
    if w in ("in", "within"):
        return _forward(tokens, i, order)
    if w == "after" and i + 2 < n and (tokens[i + 1].kind == "n" or tokens[i + 1].norm in cw.SMALL_NUMBERS):
        got = _forward(tokens, i, order)  # "will try after 2 days"
        return got if got and _ends(tokens, got[4]) else None
    if (
        w == "fortnight"
        or w in these("a an one two three half couple few several some")
        or t.kind == "n"
        or w in cw.NUMBERS
    ):
        got = _count(tokens, i) if w != "fortnight" else (1, i, False)
        if not got:
            return None
        number, j, vague = got
        unit = _unit(tokens, j)
        if not unit:
            # "a week friday" handled below; "two fridays ago" is beyond us
            return None
        kind, size, j = unit
        total = number * size
        if (
            kind == "m"
            and number == 1
            and tokens[j - 1].norm in ("hour", "hours")
            and j + 2 < n
            and [x.norm for x in tokens[j : j + 3]] == ["and", "a", "half"]
        ):
            total, j = 90, j + 3
        if j < n and tokens[j].norm in ("ago", "back") and (tokens[j].norm == "ago" or number != 1):
            return _past(kind, total, vague, j + 1)
        if j < n and tokens[j].norm == "earlier":
            return None
        if j + 1 < n and tokens[j].norm == "from" and tokens[j + 1].norm in ("now", "today"):
            return _future(kind, total, vague, j + 2)
        if j < n and tokens[j].norm in cw.TODAY and kind != "m":
            return _future(kind, total, vague, j + 1)
        if j < n and tokens[j].norm in cw.TOMORROW and kind == "d" and size == 7:
            return (lambda ref, past, k=int(total): ref + timedelta(days=k + 1)), None, "future", vague, j + 1
        if kind == "d" and size == 7 and j < n:  # a week on tuesday, two weeks from friday, a week tues
            k = j + 1 if tokens[j].norm in ("on", "from") else j
            if k < n and tokens[k].norm in cw.WEEKDAYS and (k > j or tokens[k].norm not in cw.SHY_DAYS):
                wd = cw.WEEKDAYS[tokens[k].norm]
                if total == int(total) and not vague:
                    return (
                        (lambda ref, past, wd=wd, k=int(total): days.weekday(ref, wd, False) + timedelta(days=k)),
                        None,
                        "future",
                        False,
                        k + 1,
                    )
            if k > j and tokens[j].norm == "from" and k < n:
                day = day_at(tokens, k, order, "on")
                if day and not day[2].get("vague"):
                    return (
                        (lambda ref, past, f=day[0], k=int(total): f(ref, False) + timedelta(days=k)),
                        None,
                        "future",
                        False,
                        day[1],
                    )
        if tokens[j - 1].norm == "time" and j - 2 > i and kind != "m":
            return _future(kind, total, vague, j)
        if tokens[j - 1].norm == "fortnight" and (w in ("a", "fortnight")) and _ends(tokens, j):
            return _future(kind, total, vague, j)
        return None
    if w == "week" and i + 2 < n and tokens[i + 1].norm == "on" and tokens[i + 2].norm in cw.WEEKDAYS:
        wd = cw.WEEKDAYS[tokens[i + 2].norm]
        return (lambda ref, past: days.weekday(ref, wd, False) + timedelta(days=7)), None, "future", False, i + 3
    if (
        w == "week"
        and i + 1 < n
        and tokens[i + 1].norm in cw.WEEKDAYS
        and (i == 0 or tokens[i - 1].norm not in ("next", "this", "last", "a", "one", "two", "of", "the", "per"))
    ):
        wd = cw.WEEKDAYS[tokens[i + 1].norm]
        return (lambda ref, past: days.weekday(ref, wd, False) + timedelta(days=7)), None, "future", False, i + 2
    if w == "half" and i + 2 < n and tokens[i + 1].norm == "hour" and tokens[i + 2].norm == "ago":
        return None, -30, "past", False, i + 3
    return None


def _ends(tokens, j):
    return j >= len(tokens) or tokens[j].kind != "w" or tokens[j].norm in these("and then to with to re about")


def _forward(tokens, i, order):
    """ "in 20 min", "within a week", "in the next two days", "in a fortnight", "in a few weeks"."""
    n = len(tokens)
    j = i + 1
    if j < n and tokens[j].norm in ("about", "around", "roughly", "approx"):
        j += 1
    if j + 1 < n and tokens[j].norm == "the" and tokens[j + 1].norm in ("next", "coming"):
        j += 2
        if j < n and tokens[j].norm in cw.UNITS and tokens[j].norm not in ("minute", "minutes"):
            kind, size = cw.UNITS[tokens[j].norm]
            return None, None, "future", True, j + 1
    if j + 1 < n and tokens[j].norm == "half" and tokens[j + 1].norm == "hour":
        return None, 30, "future", False, j + 2
    got = _count(tokens, j) if j < n else None
    if not got:
        return None
    number, j, vague = got
    unit = _unit(tokens, j)
    if not unit:
        return None
    kind, size, j = unit
    total = number * size
    if (
        kind == "m"
        and j + 2 < n
        and [x.norm for x in tokens[j : j + 3]] == ["and", "a", "half"]
        and number == 1
        and size == 60
    ):
        total, j = 90, j + 3
    elif (
        kind == "m"
        and size == 60
        and j < n
        and tokens[j].kind == "n"
        and j + 1 < n
        and tokens[j + 1].norm in ("min", "mins", "m", "minutes")
    ):
        total, j = total + int(float(tokens[j].norm.replace(",", ""))), j + 2
    if j + 1 < n and tokens[j].norm == "from" and tokens[j + 1].norm in ("now", "today"):
        j += 2
    return _future(kind, total, vague, j)


def _future(kind, total, vague, j):
    if vague:
        return None, None, "future", True, j
    if kind == "m":
        return None, int(total), "future", False, j
    f = _shift(kind, total)
    if f is None:  # "in 1.5 weeks"
        return None, None, "future", True, j
    return (lambda ref, past: f(ref)), None, "future", False, j


def _past(kind, total, vague, j):
    if vague:
        return None, None, "past", True, j
    if kind == "m":
        return None, -int(total), "past", False, j
    f = _shift(kind, -total)
    if f is None:
        return None, None, "past", True, j
    return (lambda ref, past: f(ref)), None, "past", False, j
