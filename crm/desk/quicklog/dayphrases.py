"""Days by name and by number: "thu", "next fri", "the 14th", "9 March", "3/15", "eom", "end of next week".

`day_at` returns (day, next, flags): `day` a function of (reference day, past) giving a date or
None; flags: only ("past"/"future"), vague, time (the phrase carries one), bare, number (ends in a
day number). Policy: PRODUCT.md's two date bullets.
"""

from datetime import date, timedelta

from . import calendar_words as cw
from . import days
from .daynames import (
    _PARTS,
    _coming,
    _day_after,
    _last,
    _next,
    _plain_weekday,
    _this,
    _today,
    _tomorrow,
    _vague_week,
    _weekday,
    _weekend,
    _yesterday,
)
from .daynumbers import _month, _number_first, _ordinal_number, _ordinal_word, _year
from .dayrules import NUMBERED, RULES, _norm, day_at
from .these import these


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


def _quarter(tokens, i):
    q = int(tokens[i + 1].norm)
    year, j = _year(tokens, i + 2)
    return (lambda ref, past: days.quarter_named(ref, q, year, past)), j, {"quarter": True, "ends": True}


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
        RULES.setdefault(_w, []).append(_rule)
NUMBERED.update(digits=_number_first, quarter=_quarter, ordinal=_ordinal_word)
