"""Dates and times in a seller's English: a strict grammar, whole phrases only.

What is not wholly understood is no date: a wrong date is worse than none. Everything is wall-clock
(naive, to the minute): "thu 10am" means what the clock on the wall says, whatever daylight saving
does that night. The reference is the moment of writing, handed in; no clock is read here.

A phrase is recognised before anybody knows whether it tells of the past or the future; so a `When`
keeps the meaning, and `due(at)` and `happened(at)` work it out in one direction or the other:
what is due never lies before the reference day, what happened never after the reference.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from . import calendar_words as cw
from . import days
from .clock import time_at
from .dayphrases import day_at
from .relative import relative_at
from .these import these


@dataclass(slots=True)
class When:
    """A date phrase at tokens[i:j]. `prep` is the preposition said before it, if any."""

    i: int
    j: int
    prep: str | None = None
    day: Callable | None = None  # (reference day, past) -> date or None
    time: tuple | None = None  # (hour, minute)
    minutes: int | None = None  # "in 20 min", "2 hours ago": from the reference
    only: str | None = None  # "past" or "future" where the words settle it
    vague: bool = False  # about time, but no day: "the other day", "in a few weeks"
    owned: bool = False  # "friday's": belongs to the noun after it
    bare: bool = False  # a mere weekday, clock time…: either direction
    ends: bool = False  # "eom", "end of next week": "before" it is by it
    whole: str | None = None  # "month" where a whole month was said: April, next month

    @property
    def span_only(self):
        """Tells how long or since when rather than on which day."""
        return self.prep in ("since", "during", "over", "from")

    def due(self, at):
        """(date, time or None) for something still to do; None where it has no such reading."""
        if self.only == "past" or self.vague:
            return None
        try:
            if self.minutes is not None:
                m = at + timedelta(minutes=self.minutes)
                return m.date(), m.time().replace(second=0, microsecond=0)
            clock = time(*self.time) if self.time else None
            if self.day is None:
                if clock is None:
                    return None
                d = at.date() + (days.DAY if clock <= at.time() else timedelta(0))
                return d, clock
            d = self.day(at.date(), False)
            if d and self.prep == "before" and clock is None and not self.ends:
                d -= days.DAY
            if d is None or d < at.date():
                return None
            return d, clock
        except (OverflowError, ValueError, AttributeError):
            return None

    def happened(self, at):
        """(date, time or None) for something that has been; None where it has no such reading."""
        if self.only == "future" or self.vague:
            return None
        try:
            if self.minutes is not None:
                m = at + timedelta(minutes=self.minutes)
                return m.date(), m.time().replace(second=0, microsecond=0)
            clock = time(*self.time) if self.time else None
            if self.day is None:
                if clock is None:
                    return None
                d = at.date() - (days.DAY if clock > at.time() else timedelta(0))
                return d, clock
            d = self.day(at.date(), True)
            if d is None or d > at.date():
                return None
            if clock and datetime.combine(d, clock) > at:
                return d, None  # "this morning" typed at eight: the day holds, the hour cannot
            return d, clock
        except (OverflowError, ValueError, AttributeError):
            return None


def _after_the_other(tokens, when, found):
    """ "moved Thursday's meeting to the following Monday": counted from the day named before."""
    said = [t.norm for t in tokens[when.i : when.j] if t.norm not in cw.DATE_PREPS]
    before = next((d for d in reversed(found) if d.day and not d.vague), None)
    if before is None or said[:1] != ["the"]:
        return
    if said[1:2] == ["following"] and len(said) == 3 and said[2] in cw.WEEKDAYS:
        wd = cw.WEEKDAYS[said[2]]
        step = lambda d: days.weekday(d, wd, False)  # noqa: E731
    elif [t.norm for t in tokens[when.i : when.j]][-2:] == ["day", "before"]:
        step = lambda d: d - days.DAY  # noqa: E731
    elif said[1:] == ["following", "day"] or [t.norm for t in tokens[when.i : when.j]][-2:] == ["day", "after"]:
        step = lambda d: d + days.DAY  # noqa: E731
    elif said[1:] == ["following", "week"]:
        step = lambda d: days.monday_of(d) + timedelta(days=7)  # noqa: E731
    else:
        return

    def day(ref, past, f=before.day):
        d = f(ref, past)
        return step(d) if d else None

    when.day, when.vague, when.only = day, False, None
    _add_time(tokens, when, "mdy")


_NOT_BEFORE = frozenset("% $ € £ #".split())


def find(tokens, order="mdy"):
    """All date phrases, left to right, longest first, none overlapping."""
    found, i, n = [], 0, len(tokens)
    while i < n:
        when = phrase_at(tokens, i, order)
        if when and when.vague and found:
            _after_the_other(tokens, when, found)
        if when:
            found.append(when)
            i = when.j
        else:
            i += 1
    return found


def phrase_at(tokens, i, order="mdy"):
    """The date phrase that starts at token `i`, preposition included, or None."""
    t = tokens[i]
    if t.kind in ("a", "br") or (t.glued and i and tokens[i - 1].norm in _NOT_BEFORE):
        return None
    if i and tokens[i - 1].norm in ("every", "each", "most"):
        return None  # a habit, no day
    if t.norm == "before" and i and tokens[i - 1].norm == "not":
        return None
    prep, k = None, i
    if t.norm == "on" and [x.norm for x in tokens[i + 1 : i + 3]] == ["or", "before"] and i + 3 < len(tokens):
        prep, k = "by", i + 3
    elif t.norm in cw.DATE_PREPS and i + 1 < len(tokens):
        prep, k = t.norm, i + 1
        if t.norm == "come" and tokens[k].norm == "on":
            return None
    elif t.norm == "no" and [x.norm for x in tokens[i + 1 : i + 3]] == ["later", "than"] and i + 3 < len(tokens):
        prep, k = "by", i + 3
    elif t.norm in ("sometime", "some") and i + 1 < len(tokens):
        prep, k = "on", i + (2 if t.norm == "some" and tokens[i + 1].norm == "time" else 1)
        if k < len(tokens) and tokens[k].norm in cw.DATE_PREPS:
            k += 1
    when = None
    if k < len(tokens):
        if (
            prep in these("by until till from due")
            and tokens[k].norm in these("on at by around before")
            and k + 1 < len(tokens)
        ):
            prep, k = ("before" if tokens[k].norm == "before" else prep), k + 1
        when = _core(tokens, i if prep in ("in", "within", "after", "before") else k, k, prep, order)
    if when is None and prep is not None and prep != "to":
        when = _core(tokens, i, i, None, order)
        prep = None
    if when is None:
        return None
    when.i = i
    if when.prep is None:
        when.prep = "until" if prep in ("till", "til", "untill") else prep
    if when.j < len(tokens) and tokens[when.j].norm == "'s" and tokens[when.j].glued and when.day:
        when.owned, when.j = True, when.j + 1
    return when


def _core(tokens, whole, k, prep, order):
    """`whole`: where the phrase starts with its preposition; `k`: without it."""
    rel = relative_at(tokens, whole, order)
    if rel is None and whole != k and prep not in ("in", "within"):
        rel = relative_at(tokens, k, order)
    if rel:
        day, minutes, only, vague, j = rel
        when = When(k, j, day=day, minutes=minutes, only=only, vague=vague)
        if day and not vague:
            _add_time(tokens, when, order)
        return when
    if whole != k and prep == "after":  # "after lunch" is a time; "after friday" is no day
        t = time_at(tokens, whole, False)
        if t:
            return _time_first(tokens, whole, t, order)
    if whole != k and prep == "before":
        t = time_at(tokens, whole, False)
        if t:
            return _time_first(tokens, whole, t, order)
    day = day_at(tokens, k, order, prep)
    if day:
        fn, j, flags = day
        when = When(
            k,
            j,
            day=fn,
            only=flags.get("only"),
            vague=flags.get("vague", False),
            time=flags.get("time"),
            bare=flags.get("bare", False),
            ends=bool(flags.get("ends")),
            whole="month" if flags.get("whole_month") or flags.get("month") else flags.get("whole"),
        )
        if when.vague and prep == "before":
            pass
        if not when.vague and when.time is None:
            _add_time(tokens, when, order, flags.get("number"))
        elif when.time == (18, 0):
            _evening_hour(tokens, when)
        return when
    t = time_at(tokens, k, prep in these("at by before around until till til about from for"))
    arranged = k > 1 and tokens[k - 2].norm in these("booked scheduled set due planned arranged down")
    if t and not (prep in ("about", "around", "for", "from") and not arranged and _countable(tokens, k, t[1])):
        return _time_first(tokens, k, t, order)
    if (
        prep == "in"
        and k + 1 < len(tokens)
        and tokens[k].norm == "the"
        and tokens[k + 1].norm in ("morning", "afternoon", "evening")
    ):
        part = {"morning": (9, 0), "afternoon": (14, 0), "evening": (18, 0)}[tokens[k + 1].norm]
        return When(k, k + 2, time=part, bare=True)
    return None


def _countable(tokens, k, j):
    """ "about 10", "for 3": a bare number here is a quantity, not an hour."""
    return (j == k + 1 and tokens[k].kind == "n") or (tokens[k].norm in cw.NUMBERS and j == k + 1)


def _add_time(tokens, when, order, number=None):
    """A time behind the day: "thu 10am", "thurs at 11", "friday, 2pm", "mon morning at ten"."""
    j = when.j
    n = len(tokens)
    part = None
    if (
        j < n
        and tokens[j].norm in ("in",)
        and j + 2 < n
        and tokens[j + 1].norm == "the"
        and tokens[j + 2].norm in ("morning", "afternoon", "evening")
    ):
        j += 2
    sure = False
    k = j
    if k < n and tokens[k].norm in these("at around about from before by , dash @ for first"):
        if tokens[k].norm == "first":
            got = time_at(tokens, k, True)
        else:
            at_word = tokens[k].norm in these("at around about from before by for")
            got = time_at(tokens, k + 1, at_word) if k + 1 < n else None
            if tokens[k].norm == "before" and got is None:
                got = time_at(tokens, k, True)
            if (
                got
                and tokens[k].norm in ("for", "about", "by", "from")
                and got[1] == k + 2
                and not _clearly(tokens, k + 1)
            ):
                got = None
            sure = got is not None
    else:
        got = time_at(tokens, k, True)
        if (got and tokens[k].norm in these("five ten twenty one two three four six seven eight nine")) and (
            got[1] == k + 1 and not sure and k + 1 < n and tokens[k + 1].kind == "w"
        ):
            got = None if tokens[k + 1].norm not in ("with", "to", "and", "re") else got
        if got and number is not None and got[1] == k + 1 and tokens[k].kind == "n":
            return
    if not got:
        return
    clock, j2 = got
    word = tokens[k].norm
    when.time, when.j = clock, j2
    if (
        word in cw.MORNING | cw.AFTERNOON | cw.EVENING or tokens[j2 - 1].norm in cw.MORNING | cw.AFTERNOON | cw.EVENING
    ) and (tokens[j2 - 1].norm in ("morning", "afternoon", "evening", "night") and tokens[j2 - 2].norm != "the"):
        part = "am" if tokens[j2 - 1].norm == "morning" else "pm"
        _hour_behind_part(tokens, when, part)


def _clearly(tokens, k):
    return not (tokens[k].kind == "n" or tokens[k].norm in cw.NUMBERS)


def _hour_behind_part(tokens, when, part):
    """ "tomorrow morning at ten", "mon afternoon 4", "thu morning 9:30"."""
    j = when.j
    if j < len(tokens) and tokens[j].norm in ("at", "around", "about", ","):
        got = time_at(tokens, j + 1, tokens[j].norm != ",", part)
    else:
        got = time_at(tokens, j, True, part) if j < len(tokens) and tokens[j].kind == "n" else None
    if got:
        when.time, when.j = got


def _evening_hour(tokens, when):
    """ "tonight at 8"."""
    _hour_behind_part(tokens, when, "pm")


def _time_first(tokens, k, got, order):
    """ "10am thu", "3pm on monday", "eod tomorrow", "first thing tuesday", "by noon on the 14th"."""
    clock, j = got
    when = When(k, j, time=clock, bare=True)
    n = len(tokens)
    m = j
    if (m < n and tokens[m].norm in ("on", ",", "of")) or (m < n and tokens[m].norm in ("in",)):
        m += 1
    if m < n:
        rel = relative_at(tokens, j, order) if tokens[j].norm == "in" else relative_at(tokens, m, order)
        if rel and rel[0] and not rel[3]:
            when.day, when.only, when.j, when.bare = rel[0], rel[2], rel[4], False
            return when
        if tokens[j].norm != "in":
            day = day_at(tokens, m, order, "on" if m > j and tokens[j].norm == "on" else None)
            if day and not day[2].get("vague") and not (tokens[j].norm == "," and day[2].get("number")):
                fn, j2, flags = day
                when.day, when.j, when.only, when.bare = fn, j2, flags.get("only"), flags.get("bare", False)
                if clock == (17, 0) and flags.get("time"):
                    when.time = clock
                # "3pm tomorrow afternoon"
                if j2 < n and tokens[j2].norm in ("morning", "afternoon", "evening"):
                    if tokens[j2].norm != "morning" and clock[0] < 12:
                        when.time = (clock[0] + 12, clock[1])
                    when.j = j2 + 1
    return when


def on_its_own(text_tokens, order="mdy"):
    """The phrase if the tokens are nothing but one date phrase (for date fields and tests)."""
    if not text_tokens:
        return None
    when = phrase_at(text_tokens, 0, order)
    return when if when and when.j == len(text_tokens) else None


__all__ = ["When", "date", "find", "on_its_own", "phrase_at"]
