"""Events told by a noun alone: "mtg w/ Lucy on zoom", "email from Lena", "missed call from Bob"."""

from . import words as w
from .events import UNREAL, Event, _after_from, _any, _first_word, _future_only, _in_person, _only_dates, ahead, length
from .these import these

_PAST_MARKS = frozenset(
    "done finished over went went great good lovely ended ran lasted completed attended just wrapped after".split()
)


def _heading_ahead(line, clauses, n):
    """ "tuesday week: site visit with Declan": the day stands before, and it is still to come."""
    if not n or clauses[n].joint not in (":", "dash") or clauses[n].dates:
        return False
    before = clauses[n - 1]
    return bool(before.dates) and _only_dates(line, before) and ahead(before.dates[0], line.at)


def _noun_event(line, c, N, n, clauses):
    """ "mtg w/ Lucy on zoom", "email from Lena", "call w/ Matthias (18m)", "vm from claire"."""
    if (
        c.lemma
        in these(
            "need want book schedule set arrange plan agree confirm move push reschedule propose "
            "suggest request ask prepare prep draft rebook invite organise organize shift chase "
            "nudge wait await follow followup send try write walk"
        )
        and c.verb_at >= 0
        and not (c.form == "past" and c.lemma in ("walk",))
    ):
        return None
    if c.form == "base" and c.subject is None and c.lemma and c.verb_at == _first_word(line, c):
        return None
    if c.form in ("base",) and c.subject == "me" and not c.aux:
        return None
    if set(c.aux) & UNREAL:
        return None
    if {"missed", "calls"} <= set(N) and "from" in N:
        return Event("call", "in", "no_answer")
    future = _future_only(line, c) or _heading_ahead(line, clauses, n)
    frm = "from" in N
    s = set(N)
    i = next(
        (
            k
            for k in range(c.a, c.b)
            if k not in line.covered
            and line.norm(k)
            in w.MEETING_NOUNS | w.CALL_NOUNS | w.MAIL_NOUNS | w.MESSAGE_NOUNS | w.TALK_NOUNS | w.VOICEMAIL
            and not (line.norm(k) in ("lunch", "presentation") and k in line.dated)
        ),
        None,
    )
    if (
        "blower" in s or {"on", "phone"} <= s or {"off", "phone"} <= s or ({"by", "phone"} <= s and c.lemma is None)
    ) and (not future and (c.mentions or line.mentions) and not (c.lemma and c.buyer and c.lemma not in ("be",))):
        return Event("call", None if "blower" not in s else "out", "connected" if "blower" not in s else None)
    if i is None:
        return None
    if line.norm(i) == "phone" and line.norm(i + 1) == "call":
        i += 1
    noun = line.norm(i)
    prev = line.norm(i - 1)
    nxt = line.norm(i + 1)
    if {"missed", "call"} <= s or (noun == "call" and prev == "missed"):
        return Event("call", "in", "no_answer")
    if future:
        return None
    if (
        prev in these("next their second another follow first after before for re about until any need no proposed")
        and not (prev in these("after second third first for") and n == 0 and c.mentions)
        and not (noun in w.MEETING_NOUNS and prev in ("first", "second", "after") and c.mentions)
    ):
        return None
    if noun in w.MAIL_NOUNS:
        if frm and (c.mentions or _after_from(line, c)):
            return Event("email", "in")
        if nxt == "in" and frm:
            return Event("email", "in")
        if (nxt == "to" and c.lemma is None) or nxt == "sent":
            return Event("email", "out")
        if noun in ("reply", "response") and frm:
            return Event("email", "in")
        if {"by", "over"} & s and s & {"gone", "sent", "out", "over"} and c.subject in (None, "thing"):
            return Event("email", "out")
        return None
    if noun in w.MESSAGE_NOUNS:
        if frm:
            return Event("message", "in")
        if (nxt == "to" and c.lemma is None) or nxt == "sent":
            if noun in ("message", "msg") and not s & w.MESSAGE_CHANNELS:
                return Event("message", "out")
            return Event("message", "out")
        return None
    if noun in w.CALL_NOUNS:
        if s & {"zoom", "teams", "video", "webex"} and c.lemma is None:
            return Event("meeting", None, "held") if c.mentions or "with" in s else None
        if noun == "call" and (prev in ("inbound", "incoming") or (frm and not c.lemma) or (nxt == "in" and frm)):
            return Event("call", "in", "connected")
        if noun in ("call", "phonecall") and prev in ("outbound", "cold") and not c.lemma:
            return Event("call", "out", None)
        if (
            (noun in ("call", "phonecall") or (noun == "ring" and nxt == "to"))
            and ("with" in s or nxt in ("to",) or s & _PAST_MARKS or length(line, c))
            and (c.lemma is None or c.subject in (None, "thing", "it"))
        ):
            if nxt == "to":
                return Event("call", "out", None)
            return Event("call", None, "connected")
        return None
    if noun in w.TALK_NOUNS:
        if "with" in s and (c.lemma is None) and c.mentions:
            return Event("meeting", None, "held") if _in_person(N) else Event("call", None, "connected")
        return None
    if noun in w.VOICEMAIL:
        return None
    if noun in w.MEETING_NOUNS:
        if s & {"cancelled", "canceled", "off", "postponed"} and (
            s & {"cancelled", "canceled", "postponed"} or {"called", "off"} <= s
        ):
            return Event("meeting", None, "cancelled")
        if s & these("tomorrow booked scheduled pencilled confirmed moved pending request invite") - (
            {"booked"} if _any(N, {"no"}) else set()
        ):
            return None
        if noun in these(
            "presentation pitch demo workshop coffee drinks lunch zoom visit tour training "
            "appointment interview webinar showcase standup onsite"
        ) and not (
            "with" in s
            or "at" in s
            or "for" in s
            or s & _PAST_MARKS
            or c.dates
            or (n + 1 < len(clauses) and noun in ("lunch", "workshop", "visit", "zoom"))
        ):
            return None
        if noun in ("lunch", "dinner", "breakfast") and i in line.dated:
            return None
        if (
            c.lemma
            and c.subject in ("they", "person", "company", "role")
            and not (c.lemma in ("go", "run", "last") or (s & {"mtg", "meeting"} and "'s" in s))
        ):
            return None
        if (
            c.lemma
            and c.subject == "thing"
            and c.lemma not in these("go run last finish end be wrap walk take")
            and not c.mentions
        ):
            return None
        known = c.mentions or line.mentions or "with" in s
        return Event("meeting", None, "held") if known else None
    return None
