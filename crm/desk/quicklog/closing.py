"""The expected close a clause gives a deal."""

from . import words as w
from .days import DAY
from .these import these

_CLOSE_WORDS = frozenset({"close", "closing", "closes", "closed"})


_SLIPS = frozenset({"slide", "drift"}) | frozenset(
    ("push slip move delay pull bring shift bump postpone defer stall drag slide kick come extend go").split()
)


def _due(d, at, whole_month_end=True):
    got = d.due(at)
    return got[0] if got else None


def _close(line, c, ch, about, at, clauses, n, events, who):
    if not c.dates:
        return
    N = [line.norm(k) for k in range(c.a, c.b)]
    s = set(N)
    if (
        set(c.aux) & {"will", "'ll"}
        and c.subject in ("person", "they", "role")
        and c.lemma not in ("close", "slip", "push")
    ):
        return
    for d in c.dates:
        if d.only == "past" or d.vague or d.owned or d.prep == "since":
            continue
        prev, _prev2 = line.norm(d.i - 1), line.norm(d.i - 2)
        near = [line.norm(k) for k in range(max(c.a, d.i - 5), d.i)]
        day = _month_end(d, at)
        if day is None:
            continue
        if c.negative and d.prep == "before" and not d.ends and not d.time:
            day = day + DAY  # "won't close before 4/30": not a day earlier
        closing = (
            bool(set(near) & {"close", "closing", "closes"})
            and not set(near) & {"mark", "remarks", "books"}
            and not any(k in line.covered and line.norm(k) in ("close",) for k in range(c.a, d.i))
        )
        said = [line.norm(k) for k in range(c.a, d.i) if k not in line.covered]
        if (
            c.lemma in (None, "be", "move", "set", "slip", "change", "push", "become")
            and "date" in said
            and (set(said) & _CLOSE_WORDS or "signing" in said)
        ):
            closing = True  # "the expected closing date for the Kilbride site safety deal is now 29 May"
        dated = ("date" in near and "close" in near) or {"expected", "close"} <= set(near) or "closing" in near
        if line.norm(d.i - 1) == "not" or line.norm(d.i) == "not" or prev == "from" or d.prep == "from":
            continue
        if closing or dated:
            if set(near) & these("office shop year store offices books quarter"):
                continue
            if c.subject in ("person", "role") and not about:
                continue
            if c.lemma == "want" or s & these("wants asked hopes hope hoping tries want"):
                continue
            ch.close_on = day
            return
        lemma = c.lemma
        moving = (lemma in _SLIPS and c.form in ("past", "s", "ing", "base")) or (
            lemma is None and these("slipped pushed slips slipping delayed") & s
        )
        to = (
            d.prep in ("to", "until", "for")
            or prev in these("to until till into forward in back out")
            or line.norm(d.i) in ("to", "until")
        )
        if moving and to and _deal_moves(line, c, about, s, who):
            ch.close_on = day
            return
        if (
            prev in these("expected forecast eta landing target likely estimated signing")
            and c.subject in ("company", "deal", None)
            and about
            and c.lemma not in ("owe", "send")
            and heads_only(line, c)
        ):
            ch.close_on = day
            return
        if lemma == "land" and c.subject in ("company", "deal", "it") and about and not c.negative:
            ch.close_on = day
            return
        if lemma == "expect" and c.subject in ("company", "deal") and near[-2:] == ["to", "sign"]:
            ch.close_on = day
            return
        if c.joint == "->" and ch.close_on is not None and _only_date(line, c):
            ch.close_on = day  # "4/30 -> 5/15"
            return
        if {"new", "date"} <= set(near) and about and not s & w.MEETING_NOUNS:
            ch.close_on = day
            return
        if (
            line.norm(d.j) == "close"
            and (d.j + 1 >= c.b or line.tokens[d.j + 1].kind == "p")
            and about
            and lemma in (None, "close")
        ):
            ch.close_on = day
            return
        if ch.close_on is None and n and _only_date(line, c) and _asks_close(line, clauses[n - 1], c):
            ch.close_on = day
            return
        if lemma is None and "now" in N and about and n and clauses[n - 1].lemma in _SLIPS and _only_date(line, c):
            ch.close_on = day
            return
        if (
            lemma is None
            and c.subject in ("company", "deal")
            and d.prep == "to"
            and line.norm(d.i - 1) in ("out", "back", "forward")
        ):
            ch.close_on = day
            return
        if prev in ("eta", "landing", "landed") and about:
            ch.close_on = day
            return


def heads_only(line, c):
    """Nothing but the deal, its company and a few words of forecasting."""
    return all(
        k in line.covered
        or k in line.dated
        or line.tokens[k].kind == "p"
        or line.norm(k)
        in these("now is 's expected forecast eta landing target likely estimated signing for to deal the still by in")
        for k in range(c.a, c.b)
    )


def _only_date(line, c):
    return all(
        k in line.dated or line.tokens[k].kind == "p" or line.norm(k) in these("now then again to not")
        for k in range(c.a, c.b)
    )


def _asks_close(line, before, c):
    last = [line.norm(k) for k in range(before.a, before.b)]
    return (
        bool(last)
        and c.joint in these("-> : dash = ,")
        and (
            last[-1] in ("close", "closing", "closes")
            or last[-2:] in (["close", "date"], ["closing", "date"], ["expected", "close"])
        )
    )


def _month_end(d, at):
    """A whole month or quarter as a close date is its last day."""
    from .days import month_end, quarter_end

    got = d.due(at)
    if not got:
        return None
    day = got[0]
    words = d.whole
    if words == "month" and d.prep not in ("before",):
        return month_end(day.year, day.month)
    if words == "quarter":
        return quarter_end(day)
    if words == "vague":
        return None
    return day


def _deal_moves(line, c, about, s, who):
    if (
        s & (w.MEETING_NOUNS | these("call followup visit review onboarding kickoff"))
        and not s & {"close", "deal"}
        and not any(m.deals for m in c.mentions)
    ):
        return False
    if c.subject in ("company", "deal"):
        return True
    if c.subject == "me" or c.subject is None:
        objects = [m for m in c.mentions if m.i > c.verb_at >= 0]
        if any(m.prospects or m.deals for m in objects):
            return True
        if c.verb_at >= 0 and line.norm(c.verb_at + 1) in ("it", "deal", "close", "closing"):
            return about
        if c.verb_at >= 0 and line.norm(c.verb_at + 1) in ("the",) and s & {"deal", "close", "closing", "date"}:
            return True
        return (
            about
            and not objects
            and c.verb_at >= 0
            and line.norm(c.verb_at + 1) in these("to back out until in forward into")
        )
    if c.subject == "it":
        return about and bool(s & these("slip slipped slipping push pushed"))
    if c.subject == "thing":
        subject = {line.norm(k) for k in range(*c.subject_at)} if c.subject_at else set()
        return bool(subject & these("close deal closing date signing signature decision1"))
    if c.subject in ("they", "role") and s & {"signing", "deal", "decision1"}:
        return bool(s & {"deal", "signing"})
    return False
