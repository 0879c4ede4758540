"""What happened: calls, mails, messages, meetings, with direction, outcome, time and length."""

from datetime import datetime

from . import words as w
from .clauses import REPORTING
from .events import UNREAL, _only_dates, _planned, _span, ahead, length
from .nouns import _noun_event
from .outcomes import _fixed, _label
from .these import these
from .told import _told


def read(line, clauses, at):
    """Events in order; each clause that told of one is marked by its index."""
    events = []
    for n, c in enumerate(clauses):
        got = _event(line, c, clauses, n, events)
        if got:
            merged = _merge(events, got)
            if not merged:
                got.clause = n
                events.append(got)
            (merged or got).clauses += (n,)
            _when(line, c, at, (merged or got))
        elif c.outcome and events:
            pass
    _times(line, clauses, events, at)
    _outcomes(line, clauses, events)
    return events


def _merge(events, got):
    """ "called the brewery and spoke to Bríd": one call."""
    if not events:
        return None
    last = events[-1]
    if (
        last.kind == "call" == got.kind
        and (got.direction in (None, last.direction) or last.direction is None)
        and (
            got.verb == "outcome"
            or (got.outcome in ("connected", None) and last.outcome in (None, "connected"))
            or last.outcome is None
            or got.outcome == last.outcome
            or (got.outcome in ("left_voicemail", "left_message") and last.outcome == "no_answer")
        )
    ):
        if (
            last.outcome is None
            or got.outcome in ("left_voicemail", "left_message")
            or (got.verb == "outcome" and last.direction == "in")
        ):
            last.outcome = got.outcome or last.outcome
        last.direction = last.direction or got.direction
        return last
    if last.kind == got.kind == "meeting":
        last.outcome = last.outcome if got.outcome == "held" else got.outcome
        return last
    if last.kind == got.kind and last.kind in ("email", "message") and got.verb == "outcome":
        last.outcome = got.outcome
        return last
    if last.kind == got.kind == "email" and last.direction == got.direction:
        return last
    return None


def _event(line, c, clauses, n, events):
    N = _span(line, c)
    if c.conditional and not (c.lemma and c.form == "past" and not {"if", "whether"} & set(N[:2])):
        return None
    fixed = _fixed(line, c, N, events)
    if fixed:
        return fixed
    if n + 1 < len(clauses) and clauses[n + 1].joint == ":" and len(N) <= 2:
        label = _label(N)
        if label:
            return label if line.mentions else None
    counterfactual = bool(set(c.aux) & UNREAL) and not (c.form == "past" and set(c.aux) <= {"to"})
    if c.reported and c.buyer and c.lemma in these("email send call speak meet sign") and c.form == "past":
        return None
    if c.lemma and c.form == "past" and not c.negative and not counterfactual:
        got = _told(line, c, N, events)
        if got:
            return got
    if c.lemma and c.form == "past" and c.negative:
        return None
    if c.lemma in ("try", "keep") and c.form == "past":
        return None
    if counterfactual or (c.negative and c.lemma):
        return None
    if c.lemma == "get" and c.form == "base":
        return None
    return _noun_event(line, c, N, n, clauses)


def _when(line, c, at, event):
    """The time said in the clause itself."""
    if event.at is not None:
        return
    said = c.b
    if c.lemma in REPORTING and c.verb_at >= 0:
        said = next((k for k in range(c.verb_at, c.b) if line.norm(k) == "that"), c.b)
    for d in c.dates:
        if d.i > said:
            break  # "said by phone that the board meets on the 20th"
        if event.outcome == "cancelled" and (d.only != "past" and (d.day is None or ahead(d, at) or d.owned)):
            continue  # a cancelled meeting's hour was still to come
        if d.prep in ("before", "after") and d.only != "future" and d.happened(at):
            # "just before 9", "before lunch": the hour is not known, the day is
            if d.day is None and d.minutes is None:
                lunch = d.prep == "before" and line.norm(d.j - 1) in these("lunch noon midday lunchtime")
                event.at = at.date() if lunch or d.happened(at)[0] == at.date() else None
            event.vague = event.at is None
            if event.at:
                return
            continue
        if (
            d.prep in these("since until by before during")
            or (d.owned and not (d.only == "past" or d.day))
            or (d.prep == "for" and not d.time)
        ):
            continue
        _set(event, d, at)
        if event.at or event.vague:
            return


def _set(event, d, at):
    if d.vague and d.only != "future":
        event.vague = True
        return
    got = d.happened(at)
    if not got:
        return
    day, clock = got
    event.at = datetime.combine(day, clock) if clock else day


def _times(line, clauses, events, at):
    """Times and lengths said in clauses of their own, before or after what happened."""
    for n, c in enumerate(clauses):
        here = [e for e in events if e.clause == n]
        loose = (not c.lemma or _only_dates(line, c)) and not here
        minutes = length(line, c)
        if minutes and not _planned(c):
            target = (
                here[0] if here else next((e for e in reversed(events) if e.clause < n), events[0] if events else None)
            )
            if target is not None and target.minutes is None and target.kind in ("call", "meeting"):
                target.minutes = minutes
        if (
            loose is False
            and not here
            and c.lemma in ("book", "schedule", "set", "plan")
            and c.form == "past"
            and c.subject is None
            and c.dates
        ):
            last = events[-1] if events else None
            if last is not None and last.outcome in ("no_show",) and last.at is None and last.clause == n - 1:
                _set(last, c.dates[0], at)
        if loose and c.dates and _only_dates(line, c):
            d = c.dates[0]
            heading = (
                n == 0
                or clauses[n].joint == ""
                or (n + 1 < len(clauses) and any(e.clause == n + 1 for e in events) and n == 0)
            )
            if heading and events and events[0].at is None and n + 1 < len(clauses):
                if events[0].clause == n + 1:
                    _set(events[0], d, at)
            elif n and events and events[-1].at is None and events[-1].clause == n - 1 and d.due(at) is None:
                _set(events[-1], d, at)
            elif (
                n
                and events
                and events[-1].clause == n - 1
                and d.day is None
                and isinstance(events[-1].at, object)
                and events[-1].at is not None
                and not isinstance(events[-1].at, datetime)
                and d.time
            ):
                from datetime import time

                moment = datetime.combine(events[-1].at, time(*d.time))

                events[-1].at = moment if moment <= at else events[-1].at


def _outcomes(line, clauses, events):
    """A call without an outcome: did they talk? Only where what follows could not be known otherwise."""
    for e in events:
        if e.kind != "call" or e.outcome is not None or e.direction == "in":
            continue
        if e.minutes:
            e.outcome = "connected"
            continue
        later = next((x.clause for x in events if x.clause > e.clause), len(clauses))
        for n in range(e.clause + 1, later):
            verdict = _talked(line, clauses[n])
            if verdict is not None:
                e.outcome = "connected" if verdict else None
                if not verdict:
                    break
                break


def _talked(line, c):
    """Does this clause tell what only a talk could have told? True, False (an excuse), None (says nothing)."""
    N = [x for x in _span(line, c) if x not in w.EXPLETIVES and x not in w.LEAD]
    s = set(N)
    if not N or (c.conditional and c.lemma is None):
        return None
    if all(
        k in line.dated or line.tokens[k].kind == "p" or line.norm(k) in w.LEAD | w.EXPLETIVES for k in range(c.a, c.b)
    ):
        return None
    if c.subject == "me" or (c.subject is None and c.form == "base" and c.lemma):
        retry = c.lemma in w.RETRY or c.lemma in ("speak", "catch")
        if c.negative:
            return None
        if retry and c.joint != ":":
            return None
        return True if c.lemma else None
    if c.buyer or c.subject in ("it", "thing"):
        away = (
            s & w.EXCUSES
            and (set(c.aux) & these("is 's was are 're were") or s & {"on", "in", "is", "'s", "was", "are", "were"})
            and not s & {"says", "said", "asked"}
        )
        return not (
            away
            or (s & {"office"} and "out" in s)
            or ("not" in s and s & {"in", "there", "desk", "around"})
            or (c.lemma is None and s & {"out", "away", "back"} and len(N) <= 6 and s & {"'s", "is", "was"})
        )
    if s & w.EXCUSES and c.mentions and s & these("is 's was on in") and not s & {"says", "said"}:
        return False
    if s & {"not", "no"} and s & these("desk in there around msg message vm voicemail"):
        return False
    if s & w.EXCUSES and c.lemma is None and c.mentions:
        return False
    if c.lemma is None and s & {"re", "about", "for", "regarding"} and N[0] in ("re", "about", "for", "regarding"):
        return None
    if c.mentions and all(k in line.covered or line.tokens[k].kind == "p" for k in range(c.a, c.b)):
        return None
    if c.lemma in w.RETRY and c.form in ("base", "ing"):
        return None
    return True
