"""What a clause told of, and the small questions every reader of clauses asks: when, how long, still to come?"""

from dataclasses import dataclass
from typing import Any

from . import calendar_words as cw
from . import words as w
from .these import these

UNREAL = frozenset(
    (
        "should would could might may will 'll to gonna must shall can meant supposed about due hoping planning gotta"
    ).split()
)


@dataclass(slots=True)
class Event:
    kind: str
    direction: str | None = None
    outcome: str | None = None
    at: Any = None
    minutes: int | None = None
    clause: int = 0
    clauses: tuple = ()  # every clause that told of it
    vague: bool = False  # the day was said, but not which
    verb: str | None = None


def _span(line, c):
    return [line.norm(k) for k in range(c.a, c.b)]


def _any(names, pool):
    return any(x in pool for x in names)


def _in_person(rest):
    return (
        _any(
            rest,
            these("person f2f onsite booth conference expo fair lunch coffee dinner breakfast stand drinks zoom"),
        )
        and not _any(rest, {"phone"})
        and (_any(rest, these("in at over f2f onsite on")))
    )


def _clock_after_our(line, c):
    for k in range(c.a, c.b):
        if line.norm(k) in these("our the my today this") and (k + 1) in line.date_at and line.date_at[k + 1].time:
            return True
    return False


def _after_from(line, c):
    k = next((x for x in range(c.a, c.b) if line.norm(x) == "from"), None)
    return k is not None and k + 1 < c.b


def _first_word(line, c):
    k = c.a
    while k < c.b and (line.norm(k) in w.LEAD or k in line.dated or line.tokens[k].kind == "p"):
        k += 1
    return k


def _future_only(line, c):
    """The clause's date lies ahead by its own words ("tomorrow", "next thu"), or a plan would name it."""
    went = {line.norm(k) for k in range(c.a, c.b)} & these("went was over finished good great lasted ran")
    for d in c.dates:
        if d.span_only or d.owned:
            continue
        if went and d.only is None and d.happened(line.at):
            return False
        if d.only == "future":
            return True
        if d.only == "past":
            return False
    return any(ahead(d, line.at) for d in c.dates if not d.span_only and not d.owned)


def ahead(d, at):
    """Does a phrase that could be either point forward when no verb says so?"""
    due = d.due(at)
    if due is None:
        return False
    day, clock = due
    if d.only == "future":
        return True
    if day == at.date():
        return bool(clock and clock > at.time())
    was = d.happened(at)
    if d.day is None:
        return False  # a bare clock time that has gone by today
    return not (was and (day - at.date()).days > 180 and (at.date() - was[0]).days < 60)


def _planned(c):
    return (c.form == "base" and c.lemma is not None) or bool(set(c.aux) & {"will", "'ll", "to", "should"})


def _only_dates(line, c):
    return all(
        k in line.dated
        or line.tokens[k].kind == "p"
        or line.norm(k) in w.LEAD | these("back earlier backfilling backfill from on")
        for k in range(c.a, c.b)
    )


def length(line, c):
    """Minutes of "45min", "half an hour", "1h15", "an hour and a half", "30-minute call"; else None."""
    k = c.a
    while k < c.b:
        if any(m.i <= k < m.j and (m.clear or m.sign) for m in c.money):
            k += 1
            continue
        if k in line.dated and line.norm(k) != "for":
            k += 1
            continue
        got = _duration(line, k, c.b)
        if got:
            minutes, j = got
            prev = line.norm(k - 1)
            nxt = line.norm(j)
            if (
                prev in these("in within every needs need takes by after before another give me last next")
                or nxt in these("ago late before from early later drive away grace trial wait slot delay")
                or minutes > 600
                or (prev in ("was", "were") and nxt in ("late", "early"))
            ):
                k = j
                continue
            return minutes
        k += 1
    return None


def _duration(line, k, end):
    t = line.tokens[k]
    n = None
    j = k + 1
    if t.kind == "n" and not (t.norm == "3" and line.norm(j) == "quarters"):
        if not t.norm.replace(".", "", 1).isdigit() or len(t.norm) > 4:
            return None
        n = float(t.norm)
    elif t.norm in ("an", "a", "one") and line.norm(j) in ("hour", "hr", "h"):
        n = 1
    elif t.norm in ("quarter", "quarters") and [line.norm(x) for x in range(j, j + 3)] == ["of", "an", "hour"]:
        return (45 if t.norm == "quarters" else 15), j + 3
    elif t.norm in ("three", "3") and [line.norm(x) for x in range(j, j + 4)] == ["quarters", "of", "an", "hour"]:
        return 45, j + 4
    elif t.norm == "half" and line.norm(j) in ("an", "a") and line.norm(j + 1) in ("hour", "hr"):
        return 30, j + 2
    elif t.norm == "half" and line.norm(j) in ("hour", "hr"):
        return 30, j + 1
    elif t.norm in ("hour", "hr") and [line.norm(x) for x in range(j, j + 3)] == ["and", "a", "half"]:
        return 90, j + 3
    elif t.norm in ("hour", "hr") and line.norm(j) in ("long",):
        return 60, j + 1
    elif t.norm in cw.NUMBERS and cw.NUMBERS[t.norm] > 0:
        n = cw.NUMBERS[t.norm]
        if t.norm in ("twenty", "thirty", "forty", "fifty") and line.norm(j) in ("five",):
            n, j = n + 5, j + 1
    elif t.norm == "couple" and line.norm(j) == "of" and line.norm(j + 1) in ("hours", "hrs"):
        return 120, j + 2
    if n is None:
        return None
    if line.norm(j) == "-" and line.tokens[j + 1].kind == "n" if j + 1 < end else False:
        return None
    u = line.norm(j)
    if u in these("odd or plus solid good whole full"):
        j += 1
        u = line.norm(j)
    glued = j < end and line.tokens[j].glued
    if u in these("min mins minute minutes mn") or (u in ("m", "mns") and glued and t.kind == "n"):
        return round(n), j + 1
    if u in ("hour", "hours", "hr", "hrs") or (u in ("h",) and glued):
        total = n * 60
        j += 1
        if j + 2 < end + 1 and [line.norm(x) for x in range(j, j + 3)] == ["and", "a", "half"]:
            return round(total + 30), j + 3
        if line.norm(j) == "and" and line.norm(j + 1) == "a" and line.norm(j + 2) == "quarter":
            return round(total + 15), j + 3
        if (
            j < end
            and line.tokens[j].kind == "n"
            and line.tokens[j].norm.isdigit()
            and int(line.tokens[j].norm) < 60
            and (line.tokens[j].glued or line.norm(j + 1) in ("m", "min", "mins", "minutes"))
        ):
            total += int(line.tokens[j].norm)
            j += 1
            if line.norm(j) in ("m", "min", "mins", "minutes"):
                j += 1
        return round(total), j
    return None
