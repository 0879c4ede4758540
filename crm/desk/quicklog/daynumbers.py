"""Days by number and month: "the 14th", "9 March", "3/15", "in April", "the twenty eighth"."""

from datetime import date

from . import calendar_words as cw
from . import days
from .dayrules import _norm
from .these import these
from .verbs import is_verb
from .words import CALL_NOUNS, MEETING_NOUNS


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
