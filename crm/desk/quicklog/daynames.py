"""Days by name: "thu", "next fri", "this morning", "friday week", "the day after tomorrow"."""

from datetime import date, timedelta

from . import calendar_words as cw
from . import days
from .daynumbers import _day_number, _month, _number_first, _ordinal_number, _ordinal_word, _stops
from .dayrules import _norm, day_at
from .these import these


def _today(tokens, i, order, prep):
    if tokens[i].norm == "tonight":
        return (lambda ref, past: ref), i + 1, {"time": (18, 0)}
    if _norm(tokens, i + 1) in ("week", "fortnight") and tokens[i].norm == "today":
        k = 7 if _norm(tokens, i + 1) == "week" else 14
        return (lambda ref, past: ref + timedelta(days=k)), i + 2, {"only": "future"}
    return (lambda ref, past: ref), i + 1, {}


def _tomorrow(tokens, i, order, prep):
    return (lambda ref, past: ref + days.DAY), i + 1, {"only": "future"}


def _yesterday(tokens, i, order, prep):
    return (lambda ref, past: ref - days.DAY), i + 1, {"only": "past"}


def _day_after(tokens, i, order, prep):
    """ "(the) day after tomorrow", "(the) day before yesterday"; "the day after" alone is vague."""
    j = i + 1 if tokens[i].norm == "the" else i
    if _norm(tokens, j) != "day":
        return None
    if _norm(tokens, j + 1) == "after" and _norm(tokens, j + 2) in cw.TOMORROW:
        return (lambda ref, past: ref + 2 * days.DAY), j + 3, {"only": "future"}
    if _norm(tokens, j + 1) == "before" and _norm(tokens, j + 2) in cw.YESTERDAY:
        return (lambda ref, past: ref - 2 * days.DAY), j + 3, {"only": "past"}
    if _norm(tokens, j + 1) in ("before", "after"):
        day = day_at(tokens, j + 2, order, "on")
        if day and not day[2].get("vague") and day[1] > j + 2:
            sign = -1 if _norm(tokens, j + 1) == "before" else 1
            return (lambda ref, past, f=day[0]: _plus(f(ref, past), sign)), day[1], {}
        if tokens[i].norm == "the" and (
            _norm(tokens, j + 2) in ("", ",", ".", "and", ";", "!", ")", "dash", "to", "at")
        ):
            return None, j + 2, {"vague": True}  # counted from another day, if one was named
    return None


def _plus(day, n):
    return day + timedelta(days=n) if day else None


def _vague_week(tokens, i):
    """ "the week of", "the week after", "the following week", "the first week of april": no one day."""
    if _norm(tokens, i) == "week" and _norm(tokens, i + 1) == "after" and _norm(tokens, i + 2) == "next":
        return (lambda ref, past: days.monday_of(ref) + timedelta(days=14)), i + 3, {"only": "future"}
    if _norm(tokens, i) == "week" and _norm(tokens, i + 1) in these("of commencing beginning starting ending"):
        day = day_at(tokens, i + 2, "mdy", "on")
        return None, (day[1] if day else i + 2), {"vague": True}
    if _norm(tokens, i) == "week" and _norm(tokens, i + 1) in ("after", "before"):
        return None, i + 2, {"vague": True}
    if (_norm(tokens, i) == "following" and _norm(tokens, i + 1) in cw.UNITS) or (
        _norm(tokens, i) == "following" and _norm(tokens, i + 1) in cw.WEEKDAYS
    ):
        return None, i + 2, {"vague": True}
    if _norm(tokens, i + 1) == "week" and _norm(tokens, i + 2) in ("of", "in"):
        j = i + 3
        if _norm(tokens, j) in cw.MONTHS or _norm(tokens, j) in ("next", "this"):
            return None, j + (1 if _norm(tokens, j) in cw.MONTHS else 2), {"vague": True}
    return None


def _weekday(tokens, i, order, prep, how=None):
    """A weekday with all that may follow it; `how`: this, next, last or None."""
    w = tokens[i].norm
    wd = cw.WEEKDAYS[w]
    nxt = _norm(tokens, i + 1)
    if w in cw.SHY_DAYS and how is None and not _day_not_verb(tokens, i, prep):
        return None
    if how is None:
        if nxt == "week" and _norm(tokens, i + 2) != "of":
            return (lambda ref, past: days.weekday(ref, wd, False) + timedelta(days=7)), i + 2, {"only": "future"}
        if nxt == "fortnight":
            return (lambda ref, past: days.weekday(ref, wd, False) + timedelta(days=14)), i + 2, {"only": "future"}
        j = i + 2 if nxt == "of" else i + 1
        if _norm(tokens, j) in ("next", "this", "last") and _norm(tokens, j + 1) in ("week", "wk"):
            k = {"next": 7, "this": 0, "last": -7}[_norm(tokens, j)]
            only = {"next": "future", "this": None, "last": "past"}[_norm(tokens, j)]
            return (lambda ref, past: days.monday_of(ref) + timedelta(days=k + wd)), j + 2, {"only": only}
        if nxt == "week" or (nxt == "the" and _norm(tokens, i + 2) == "week" and _norm(tokens, i + 3) == "after"):
            return None, i + 4, {"vague": True}
        if nxt == "after" and _norm(tokens, i + 2) == "next":
            return (lambda ref, past: days.monday_of(ref) + timedelta(days=14 + wd)), i + 3, {"only": "future"}
        if nxt in ("gone", "just") and (nxt == "gone" or _norm(tokens, i + 2) == "gone"):
            return (lambda ref, past: days.weekday(ref, wd, True)), i + (2 if nxt == "gone" else 3), {"only": "past"}
    # a full date behind the weekday: they must agree
    k = i + 1
    if _norm(tokens, k) in (",", "."):
        k += 1
    full = None
    if k < len(tokens) and (_norm(tokens, k) in cw.MONTHS or tokens[k].kind == "n" or _norm(tokens, k) == "the"):
        full = _after_weekday(tokens, k, order)
    if full:
        fn, j, flags = full

        def agreed(ref, past, fn=fn):
            d = fn(ref, past)
            return d if d and d.weekday() == wd else None

        return agreed, j, flags
    if k + 2 < len(tokens) and tokens[k].kind == "n" and _norm(tokens, k + 1) == "/" and tokens[k + 2].kind == "n":
        return None, k + 3, {"vague": True}  # "mon 16/3" with the month first: not understood
    if how == "this":
        return (lambda ref, past: days.this_weekday(ref, wd, past)), i + 1, {}
    if how == "next":
        return (lambda ref, past: days.monday_of(ref) + timedelta(days=7 + wd)), i + 1, {"only": "future"}
    if how == "last":
        return (lambda ref, past: days.weekday(ref, wd, True)), i + 1, {"only": "past"}
    return (lambda ref, past: days.weekday(ref, wd, past)), i + 1, {"bare": True}


def _after_weekday(tokens, k, order):
    if _norm(tokens, k) == "the":
        return (
            _ordinal_number(tokens, k + 1, True, order)
            if k + 1 < len(tokens) and tokens[k + 1].kind == "n"
            else _ordinal_word(tokens, k + 1, said_the=True)
            if _norm(tokens, k + 1) in cw.ORDINALS
            else None
        )
    if _norm(tokens, k) in cw.MONTHS:
        return _month(tokens, k, order, "on") if _day_number(tokens, k + 1) else None
    got = _number_first(tokens, k, order, "on")
    if got:
        return got
    # "mon 23": too large for an hour, so a day of the month
    t = tokens[k]
    if t.norm.isdigit() and 13 <= int(t.norm) <= 31 and not t.glued and _stops(tokens, k + 1):
        d = int(t.norm)
        return (lambda ref, past: days.day_of_month(ref, d, past)), k + 1, {"number": True}
    return None


def _day_not_verb(tokens, i, prep):
    """ "sat", "sun", "wed" are days only where nothing else is likely."""
    nxt = _norm(tokens, i + 1)
    if nxt in these("on in down with through there around is 's was") and prep is None:
        return False
    if prep in these("by on before until till til this next to since from for at"):
        return True
    prev = _norm(tokens, i - 1)
    if prev in these("the she he they we i and who been has have get a in just it"):
        return False
    from .clock import time_at

    if nxt == "the" and i + 2 < len(tokens) and (tokens[i + 2].kind == "n" or _norm(tokens, i + 2) in cw.ORDINALS):
        return True
    return (
        nxt == ""
        or tokens[i + 1].kind in ("p", "br")
        or tokens[i + 1].kind == "n"
        or time_at(tokens, i + 1, True) is not None
        or nxt in these("then to at am pm and re or week")
    )


_PARTS = {"am": (9, 0), "pm": (14, 0)} | {
    "morning": (9, 0),
    "afternoon": (14, 0),
    "evening": (18, 0),
    "lunchtime": (12, 0),
    "aft": (14, 0),
    "arvo": (14, 0),
}


def _this(tokens, i, order, prep):
    j = i + 2 if _norm(tokens, i + 1) == "coming" else i + 1
    w = _norm(tokens, j)
    if w in _PARTS:
        return (lambda ref, past: ref), j + 1, {"time": _PARTS[w], "part": True}
    if w in cw.WEEKDAYS:
        return _weekday(tokens, j, order, prep, "this")
    if w in cw.MONTHS:
        return _month(tokens, j, order, "in")
    if w in ("week", "wk"):
        if _norm(tokens, j + 1) in cw.WEEKDAYS:
            wd = cw.WEEKDAYS[_norm(tokens, j + 1)]
            return (lambda ref, past: days.monday_of(ref) + timedelta(days=wd)), j + 2, {}
        return None, j + 1, {"vague": True}
    if w in ("month", "quarter", "year", "weekend"):
        return None, j + 1, {"vague": True}
    return None


def _coming(tokens, i, order, prep):
    if _norm(tokens, i + 1) in cw.WEEKDAYS:
        return _weekday(tokens, i + 1, order, prep, "coming")
    return None


def _next(tokens, i, order, prep):
    w = _norm(tokens, i + 1)
    if w in cw.WEEKDAYS:
        return _weekday(tokens, i + 1, order, prep, "next")
    if w in ("week", "wk"):
        j = i + 2
        k = j + 1 if _norm(tokens, j) in ("on", ",") else j
        if _norm(tokens, k) in cw.WEEKDAYS and (
            _norm(tokens, k) not in cw.SHY_DAYS or _day_not_verb(tokens, k, None) or k > j
        ):
            wd = cw.WEEKDAYS[_norm(tokens, k)]
            return (lambda ref, past: days.monday_of(ref) + timedelta(days=7 + wd)), k + 1, {"only": "future"}
        return (lambda ref, past: days.monday_of(ref) + timedelta(days=7)), j, {"only": "future"}
    if w in ("month", "mth"):
        return (lambda ref, past: days.add_months(ref.replace(day=1), 1)), i + 2, {"only": "future", "month": True}
    if w == "quarter":
        return (
            (lambda ref, past: days.add_months(days.quarter_start(ref), 3)),
            i + 2,
            {
                "only": "future",
                "whole": "quarter",
            },
        )
    if w == "year":
        return (lambda ref, past: date(ref.year + 1, 1, 1)), i + 2, {"only": "future", "whole": "vague"}
    if w in cw.MONTHS:
        return _month(tokens, i + 1, order, "in")
    if (w == "few" or w in cw.NUMBERS or (i + 1 < len(tokens) and tokens[i + 1].kind == "n")) and (
        _norm(tokens, i + 2) in cw.UNITS
    ):
        return None, i + 3, {"vague": True}
    if w == "weekend":
        return None, i + 2, {"vague": True}
    return None


def _last(tokens, i, order, prep):
    w = _norm(tokens, i + 1)
    if w in cw.WEEKDAYS:
        return _weekday(tokens, i + 1, order, prep, "last")
    if w == "night":
        return (lambda ref, past: ref - days.DAY), i + 2, {"only": "past", "time": (18, 0)}
    if w in ("week", "wk") and _norm(tokens, i + 2) in cw.WEEKDAYS:
        wd = cw.WEEKDAYS[_norm(tokens, i + 2)]
        return (lambda ref, past: days.monday_of(ref) + timedelta(days=wd - 7)), i + 3, {"only": "past"}
    if w in these("week wk month quarter year weekend autumn summer spring winter") or w in cw.MONTHS:
        return None, i + 2, {"vague": True, "only": "past"}
    if (w in cw.NUMBERS or w in ("few", "couple") or (i + 1 < len(tokens) and tokens[i + 1].kind == "n")) and (
        _norm(tokens, i + 2) in cw.UNITS
    ):
        return None, i + 3, {"vague": True, "only": "past"}
    return None


def _weekend(tokens, i, order, prep):
    return (None, i + 1, {"vague": True}) if prep in ("over", "at", "on", "during") else None


def _plain_weekday(tokens, i, order, prep):
    return _weekday(tokens, i, order, prep)
