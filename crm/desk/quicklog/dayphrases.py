"""Days by name and by number: "thu", "next fri", "the 14th", "9 March", "3/15", "eom", "end of next week".

`day_at` returns (day, next, flags): `day` a function of (reference day, past) giving a date or
None; flags: only ("past"/"future"), vague, time (the phrase carries one), bare, number (ends in a
day number). Policy: PRODUCT.md's two date bullets.
"""

from datetime import date, timedelta

from . import calendar_words as cw
from . import days
from .these import these
from .verbs import is_verb
from .words import CALL_NOUNS, MEETING_NOUNS


def day_at(tokens, i, order="mdy", prep=None):
    if i >= len(tokens):
        return None
    t = tokens[i]
    for rule in _RULES.get(t.norm, ()) if t.kind == "w" else ():
        got = rule(tokens, i, order, prep)
        if got:
            return got
    if t.kind == "n":
        return _number_first(tokens, i, order, prep)
    if t.norm == "q" and i + 1 < len(tokens) and tokens[i + 1].glued and tokens[i + 1].norm in ("1", "2", "3", "4"):
        return _quarter(tokens, i)
    if t.norm in cw.ORDINALS or (t.norm in ("twenty", "thirty") and _norm(tokens, i + 1) in cw.ORDINALS):
        return _ordinal_word(tokens, i)
    return None


def _norm(tokens, i):
    return tokens[i].norm if 0 <= i < len(tokens) else ""


# --- names of days ---------------------------------------------------------------------------


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


def _the(tokens, i, order, prep):
    got = _day_after(tokens, i, order, prep)
    if got:
        return got
    nxt = _norm(tokens, i + 1)
    if nxt == "other" and _norm(tokens, i + 2) in ("day", "week"):
        return None, i + 3, {"vague": True, "only": "past"}
    if nxt == "end":
        return _end(tokens, i + 1, order, prep)
    if nxt in these("middle start beginning first last week weekend following next"):
        if nxt in ("week", "following") or (nxt in ("first", "last") and _norm(tokens, i + 2) == "week"):
            return _vague_week(tokens, i + 1)
        if nxt == "weekend":
            return None, i + 2, {"vague": True}
        if nxt in ("middle", "start", "beginning"):
            return day_at(tokens, i + 1, order, prep)
        if nxt in ("first", "last") and _norm(tokens, i + 2) in ("day",) and _norm(tokens, i + 3) == "of":
            return (_end if nxt == "last" else _start)(tokens, i + 2, order, prep)
    if i + 1 < len(tokens) and tokens[i + 1].kind == "n":
        return _ordinal_number(tokens, i + 1, True, order)
    if nxt in cw.ORDINALS or (nxt in ("twenty", "thirty") and _norm(tokens, i + 2) in cw.ORDINALS):
        return _ordinal_word(tokens, i + 1, said_the=True)
    if nxt in _PARTS and _norm(tokens, i + 2) == "of":  # "the morning of the 16th"
        day = day_at(tokens, i + 3, order, "on")
        if day and not day[2].get("vague") and day[0]:
            return day[0], day[1], {**day[2], "time": _PARTS[nxt]}
    if nxt == "coming" and _norm(tokens, i + 2) in cw.WEEKDAYS:
        return _weekday(tokens, i + 2, order, prep, "coming")
    return None


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


# --- this, next, last, end, mid ---------------------------------------------------------------

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


def _end(tokens, i, order, prep):
    """ "end of (next) week/month/march/q2", "end march"; "end of day" is a time and read elsewhere."""
    j = i + 1
    if _norm(tokens, j) == "of":
        j += 1
    if _norm(tokens, j) == "the":
        j += 1
    step = 0
    if _norm(tokens, j) in ("this", "next", "current", "following"):
        if _norm(tokens, j) == "following":
            return None
        step = 1 if _norm(tokens, j) == "next" else 0
        j += 1
    w = _norm(tokens, j)
    if j == i + 1 and w not in cw.MONTHS:
        return None
    if w in ("week", "wk"):
        if step:
            return (lambda ref, past: days.monday_of(ref) + timedelta(days=11)), j + 1, {"only": "future", "ends": True}
        return (lambda ref, past: days.end_of_week(ref)), j + 1, {"only": "future", "ends": True}
    if w in ("month", "mth"):
        return (
            (lambda ref, past: _month_end_of(days.add_months(ref.replace(day=1), step))),
            j + 1,
            {"only": "future", "ends": True},
        )
    if w == "quarter":
        return (lambda ref, past: days.quarter_end(ref, step)), j + 1, {"only": "future", "ends": True}
    if w == "year":
        return (lambda ref, past: date(ref.year + step, 12, 31)), j + 1, {"only": "future", "ends": True}
    if w == "q" and j + 1 < len(tokens) and _norm(tokens, j + 1) in ("1", "2", "3", "4"):
        return _quarter(tokens, j)
    if w in cw.MONTHS:
        m = cw.MONTHS[w]
        year, k = _year(tokens, j + 1)
        return (lambda ref, past: _month_end_of(_first_of(ref, m, year, past))), k, {"month_end": True, "ends": True}
    return None


def _first_of(ref, month, year, past):
    return date(year, month, 1) if year else days.month_named(ref, month, past)


def _month_end_of(first):
    return days.month_end(first.year, first.month) if first else None


def _start(tokens, i, order, prep):
    j = i + 1
    if _norm(tokens, j) != "of":
        return None
    j += 1
    if _norm(tokens, j) == "the":
        j += 1
    w = _norm(tokens, j)
    if w == "next" and _norm(tokens, j + 1) in these("week wk month quarter year"):
        return _next(tokens, j, order, prep)
    if w in cw.MONTHS:
        m = cw.MONTHS[w]
        year, k = _year(tokens, j + 1)
        return (lambda ref, past: days.day_and_month(ref, 1, m, year, past)), k, {}
    if w == "q" and _norm(tokens, j + 1) in ("1", "2", "3", "4"):
        m = 3 * int(_norm(tokens, j + 1)) - 2
        return (lambda ref, past: days.day_and_month(ref, 1, m, None, past)), j + 2, {}
    return None


def _mid(tokens, i, order, prep):
    """ "mid March" = the 15th; "mid month"; "mid next week" = its Wednesday."""
    j = i + 1
    if _norm(tokens, j) == "of":
        j += 1
    if _norm(tokens, j) == "next" and _norm(tokens, j + 1) in ("week", "wk"):
        return (lambda ref, past: days.monday_of(ref) + timedelta(days=9)), j + 2, {"only": "future"}
    if _norm(tokens, j) == "next" and _norm(tokens, j + 1) == "month":
        return (lambda ref, past: days.add_months(ref.replace(day=1), 1).replace(day=15)), j + 2, {"only": "future"}
    w = _norm(tokens, j)
    if w in cw.MONTHS:
        m = cw.MONTHS[w]
        year, k = _year(tokens, j + 1)
        return (lambda ref, past: days.day_and_month(ref, 15, m, year, past)), k, {}
    if w == "month":
        return (lambda ref, past: days.day_of_month(ref, 15, past)), j + 1, {}
    if w in ("week", "day", "morning", "afternoon"):
        return None, j + 1, {"vague": True}
    return None


def _early(tokens, i, order, prep):
    """ "early next week" is its Monday; "late …", "early april": no day said."""
    j = i + 1
    if _norm(tokens, j) == "in":
        j += 1
    if _norm(tokens, j) == "the":
        j += 1
    w, w2 = _norm(tokens, j), _norm(tokens, j + 1)
    if w == "next" and w2 in ("week", "wk"):
        if tokens[i].norm == "early":
            return (lambda ref, past: days.monday_of(ref) + timedelta(days=7)), j + 2, {"only": "future"}
        return None, j + 2, {"vague": True}
    if (w in ("this", "next", "last", "that") and w2 in cw.UNITS) or (w in ("this", "next") and w2 in cw.MONTHS):
        return None, j + 2, {"vague": True}
    if w in cw.MONTHS or (w == "q" and _norm(tokens, j + 1) in ("1", "2", "3", "4")):
        return None, j + (1 if w in cw.MONTHS else 2), {"vague": True}
    if w in cw.TODAY or w in cw.TOMORROW or w in cw.YESTERDAY:
        return day_at(tokens, j, order, prep)
    if w in these("summer spring autumn fall winter"):
        return None, j + 1, {"vague": True}
    if w in cw.WEEKDAYS and j == i + 1:
        return _weekday(tokens, j, order, "on")
    return None


def _earlier(tokens, i, order, prep):
    if _norm(tokens, i + 1) in cw.TODAY or (_norm(tokens, i + 1) == "this" and _norm(tokens, i + 2) in _PARTS):
        return day_at(tokens, i + 1, order, prep)
    if _norm(tokens, i + 1) == "this" and _norm(tokens, i + 2) in cw.UNITS:
        return None, i + 3, {"vague": True, "only": "past"}
    return None


def _shorthand(tokens, i, order, prep):
    what = cw.END_OF[tokens[i].norm]
    j = i + 1
    step = 0
    if what == "week":
        return (lambda ref, past: days.end_of_week(ref)), j, {"only": "future", "ends": True}
    if what == "month":
        return (lambda ref, past: days.month_end(ref.year, ref.month)), j, {"only": "future", "ends": True}
    if what == "quarter":
        return (lambda ref, past: days.quarter_end(ref, step)), j, {"only": "future", "ends": True}
    return (lambda ref, past: date(ref.year, 12, 31)), j, {"only": "future", "ends": True}


def _unit_end(tokens, i, order, prep):
    """ "month end", "quarter-end", "year end"; "week after next"."""
    w = tokens[i].norm
    if _norm(tokens, i + 1) == "end":
        return (
            {
                "month": (lambda ref, past: days.month_end(ref.year, ref.month)),
                "quarter": (lambda ref, past: days.quarter_end(ref)),
                "year": (lambda ref, past: date(ref.year, 12, 31)),
                "week": (lambda ref, past: days.end_of_week(ref)),
            }[w],
            i + 2,
            {"only": "future", "ends": True},
        )
    if w == "week":
        return _vague_week(tokens, i)
    return None


def _weekend(tokens, i, order, prep):
    return (None, i + 1, {"vague": True}) if prep in ("over", "at", "on", "during") else None


def _quarter(tokens, i):
    q = int(tokens[i + 1].norm)
    year, j = _year(tokens, i + 2)
    return (lambda ref, past: days.quarter_named(ref, q, year, past)), j, {"quarter": True, "ends": True}


# --- months and numbers -------------------------------------------------------------------------


def _year(tokens, j):
    """A year written out at `j`: (2027 or None, next)."""
    if (
        j < len(tokens)
        and tokens[j].norm == ","
        and j + 1 < len(tokens)
        and tokens[j + 1].kind == "n"
        and len(tokens[j + 1].norm) == 4
        and "1990" <= tokens[j + 1].norm <= "2100"
    ):
        return int(tokens[j + 1].norm), j + 2
    if (
        j < len(tokens)
        and tokens[j].kind == "n"
        and tokens[j].norm.isdigit()
        and len(tokens[j].norm) == 4
        and "1990" <= tokens[j].norm <= "2100"
        and _norm(tokens, j + 1) not in ("hrs", "hours")
    ):
        return int(tokens[j].norm), j + 1
    return None, j


def _day_number(tokens, j):
    """A day of the month at `j`: (day, next) or None."""
    if j >= len(tokens):
        return None
    t = tokens[j]
    if t.kind == "n" and t.norm.isdigit() and len(t.norm) <= 2 and 1 <= int(t.norm) <= 31:
        k = j + 1
        if k < len(tokens) and tokens[k].glued and tokens[k].norm in cw.ORDINAL_TAILS:
            return int(t.norm), k + 1
        if k < len(tokens) and (
            (tokens[k].glued and tokens[k].kind == "w" and tokens[k].norm != "'s")
            or (tokens[k].norm in ("%", "/") and tokens[k].glued)
            or (tokens[k].norm == ":" and k + 1 < len(tokens) and tokens[k + 1].glued)
        ):
            return None
        return int(t.norm), k
    if t.norm in cw.ORDINALS:
        return cw.ORDINALS[t.norm], j + 1
    if (
        t.norm in ("twenty", "thirty")
        and _norm(tokens, j + 1) in cw.ORDINALS
        and cw.ORDINALS[_norm(tokens, j + 1)] < 10
    ):
        return cw.NUMBERS[t.norm] + cw.ORDINALS[_norm(tokens, j + 1)], j + 2
    if t.norm == "the" and j + 1 < len(tokens) and _norm(tokens, j + 1) != "the":
        return _day_number(tokens, j + 1)
    return None


_MONTH_PREPS = frozenset("in by until till til since before of after during from for to due come".split())
_NOT_AFTER_MAY = frozenset(
    ("need want be have get take go come ask say not also well still only even possibly require").split()
)


def _month(tokens, i, order, prep):
    w = tokens[i].norm
    m = cw.MONTHS[w]
    j = i + 1
    if (
        _norm(tokens, j) == "."
        and j < len(tokens)
        and tokens[j].glued
        and len(w) <= 4
        and j + 1 < len(tokens)
        and tokens[j + 1].kind == "n"
    ):
        j += 1
    got = _day_number(tokens, j)
    if (
        got
        and tokens[j].norm in ("first", "second")
        and w in cw.SHY_MONTHS
        and _norm(tokens, j + 1) not in ("", ",", ".")
    ):
        got = None
    if got:
        day, k = got
        if w in ("may", "march") and _counts(tokens, k) and prep is None:
            return None  # "they may 12 seats", "march 40 people through"
        year, k = _year(tokens, k)
        return (lambda ref, past: days.day_and_month(ref, day, m, year, past)), k, {"number": True}
    year, k = _year(tokens, j)
    if year:
        return (lambda ref, past: date(year, m, 1)), k, {"whole_month": True}
    if _norm(tokens, i - 1) == "close" or _norm(tokens, i - 1) == "closing":
        prep = "in"
    if (
        prep in _MONTH_PREPS
        and not (w == "may" and _norm(tokens, j) in _NOT_AFTER_MAY)
        and _norm(tokens, j) not in ("'s",)
    ):
        if prep in ("to", "for", "from") and w in cw.SHY_MONTHS and _norm(tokens, j) not in ("", ",", ".", ";"):
            return None
        return (lambda ref, past: days.month_named(ref, m, past)), j, {"whole_month": True}
    return None


def _counts(tokens, k):
    from .clock import closes

    return not closes(tokens, k)


def _number_first(tokens, i, order, prep):
    t = tokens[i]
    n = len(tokens)
    if not t.norm.isdigit():
        return _dotted(tokens, i, order, prep)
    # 2026-03-15
    if (
        len(t.norm) == 4
        and i + 4 < n
        and tokens[i + 1].norm in ("-", "/")
        and tokens[i + 3].norm == tokens[i + 1].norm
        and tokens[i + 2].kind == "n"
        and tokens[i + 4].kind == "n"
        and tokens[i + 4].glued
    ):
        y, m, d = int(t.norm), _int(tokens[i + 2]), _int(tokens[i + 4])
        if m and d and 1990 <= y <= 2100:
            if days.safe(y, m, d) is None:
                return None
            return (lambda ref, past: days.safe(y, m, d)), i + 5, {}
        return None
    if len(t.norm) > 2:
        return None
    # 3/15, 3/15/27
    if (
        i + 2 < n
        and tokens[i + 1].norm == "/"
        and tokens[i + 1].glued
        and tokens[i + 2].kind == "n"
        and tokens[i + 2].glued
    ):
        return _slashed(tokens, i, order, prep)
    if i and tokens[i - 1].norm == "/" and tokens[i - 1].glued:
        return None
    # 9 march, 9th (of) march, 14th
    if 1 <= int(t.norm) <= 31:
        return _ordinal_number(tokens, i, prep in these("on by before until till til the"), order)
    return None


def _int(tok):
    return int(tok.norm) if tok.norm.isdigit() and len(tok.norm) <= 2 else None


_RATING = frozenset(
    (
        "of done through way full there stars score people seats users day hour complete "
        "happy sure interest rating month year price team page inch"
    ).split()
)


_EVENTS = MEETING_NOUNS | CALL_NOUNS | these("deadline start board go close")


def _slashed(tokens, i, order, prep):
    a, b = int(tokens[i].norm), _int(tokens[i + 2])
    j = i + 3
    year = None
    if b is None:
        return None
    if (
        j + 1 < len(tokens)
        and tokens[j].norm == "/"
        and tokens[j].glued
        and tokens[j + 1].kind == "n"
        and tokens[j + 1].glued
    ):
        y = tokens[j + 1].norm
        if not y.isdigit() or len(y) not in (2, 4):
            return None
        year = int(y) + (2000 if len(y) == 2 else 0)
        j += 2
        if not 1990 <= year <= 2100:
            return None
    if j < len(tokens) and tokens[j].norm in ("/", "-", ":", "%") and tokens[j].glued:
        return None
    m, d = (a, b) if order == "mdy" else (b, a)
    if year is None:
        if (a, b) in ((24, 7), (50, 50), (9, 5)) and prep is None and (a, b) != (9, 5):
            return None
        if _norm(tokens, j) in _RATING or (
            j < len(tokens) and tokens[j].glued and tokens[j].kind in ("w", "n") and tokens[j].norm != "'s"
        ):
            return None
        if prep is None and (a, b) in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4)) and not _stops(tokens, j):
            return None
        if (
            prep is None
            and not _stops(tokens, j)
            and _norm(tokens, j) not in _EVENTS | {"not"}
            and not is_verb(_norm(tokens, j))
        ):
            return None  # "5/16 bolts"
        if _norm(tokens, i - 1) in these("gave rated scored score rate us a is solid about only") and not (
            _norm(tokens, i - 1) == "is"
            and {"date", "close", "deadline"} & {_norm(tokens, i - 2), _norm(tokens, i - 3)}
        ):
            return None
    if not 1 <= m <= 12 or days.safe(year or 2024, m, d) is None:
        return None
    return (lambda ref, past: days.day_and_month(ref, d, m, year, past)), j, {}


def _dotted(tokens, i, order, prep):
    """15.3. and 15.03.2027 where the day comes first; 2027 style years in full."""
    s = tokens[i].norm.split(".")
    if "," in tokens[i].norm or not all(p.isdigit() for p in s):
        return None
    if len(s) == 3 and len(s[2]) in (2, 4) and len(s[0]) <= 2 and len(s[1]) <= 2:
        a, b, y = (int(p) for p in s)
        y += 2000 if len(s[2]) == 2 else 0
        d, m = (a, b) if order == "dmy" or a > 12 or (len(s[2]) == 4 and order == "dmy") else (b, a)
        if days.safe(y, m, d) and 1990 <= y <= 2100:
            return (lambda ref, past: days.safe(y, m, d)), i + 1, {}
    return None


def _ordinal_number(tokens, i, said_the, order):
    """ "14th", "the 14th", "14 march", "14th of march", "14th of next month"."""
    got = _day_number(tokens, i)
    if not got:
        return None
    day, j = got
    ordinal = j == i + 2
    k = j + 1 if _norm(tokens, j) == "of" else j
    w = _norm(tokens, k)
    if w in cw.MONTHS and (ordinal or k == j):
        after = _norm(tokens, k + 1)
        if w == "may" and after in _NOT_AFTER_MAY:
            return None
        if w == "march" and not ordinal and after in these("them him her through in on"):
            return None
        year, k2 = _year(tokens, k + 1)
        m = cw.MONTHS[w]
        if days.safe(year or 2024, m, day) is None:
            return None
        return (lambda ref, past: days.day_and_month(ref, day, m, year, past)), k2, {}
    if not ordinal:
        return None
    if k > j and w in ("next", "this") and _norm(tokens, k + 1) == "month":
        step = 1 if w == "next" else 0
        return (lambda ref, past: _in_month(ref, step, day)), k + 2, {}
    if k > j and w == "the" and _norm(tokens, k + 1) == "month":
        return (lambda ref, past: days.day_of_month(ref, day, past)), k + 2, {}
    if k > j:
        return None
    if said_the and _stops(tokens, j):
        return (lambda ref, past: days.day_of_month(ref, day, past)), j, {}
    return None


def _in_month(ref, step, day):
    first = days.add_months(ref.replace(day=1), step)
    return first and days.safe(first.year, first.month, day)


def _ordinal_word(tokens, i, said_the=False):
    """ "the fourteenth", "first of april"; "second thoughts" is none."""
    got = _day_number(tokens, i)
    if not got:
        return None
    day, j = got
    if _norm(tokens, j) == "of" and _norm(tokens, j + 1) in cw.MONTHS:
        m = cw.MONTHS[_norm(tokens, j + 1)]
        year, k = _year(tokens, j + 2)
        return (lambda ref, past: days.day_and_month(ref, day, m, year, past)), k, {}
    if said_the and day >= 4 and _stops(tokens, j):
        return (lambda ref, past: days.day_of_month(ref, day, past)), j, {}
    return None


def _stops(tokens, j):
    """Nothing follows that would make the number an adjective."""
    from .clock import closes, time_at

    return closes(tokens, j) or _norm(tokens, j) in ("at", "in") or time_at(tokens, j, True) is not None


def _plain_weekday(tokens, i, order, prep):
    return _weekday(tokens, i, order, prep)


_RULES = {}
for _words, _rule in (
    (cw.TODAY | {"tonight"}, _today),
    (cw.TOMORROW, _tomorrow),
    (cw.YESTERDAY, _yesterday),
    ({"day"}, _day_after),
    ({"the"}, _the),
    (cw.WEEKDAYS, _plain_weekday),
    ({"this"}, _this),
    ({"coming"}, _coming),
    ({"next"}, _next),
    ({"last"}, _last),
    ({"end"}, _end),
    ({"start", "beginning"}, _start),
    ({"mid", "middle"}, _mid),
    ({"early", "late", "later"}, _early),
    ({"earlier"}, _earlier),
    (cw.END_OF, _shorthand),
    ({"month", "quarter", "year", "week"}, _unit_end),
    (cw.MONTHS, _month),
    ({"weekend"}, _weekend),
):
    for _w in _words:
        _RULES.setdefault(_w, []).append(_rule)
