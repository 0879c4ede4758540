"""What happened: calls, mails, messages, meetings, with direction, outcome, time and length."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import calendar_words as cw
from . import words as w
from .clauses import outcome_at
from .ordinary import is_ordinary
from .these import these
from .verbs import CALLING, MAILING, MESSAGING, SENDING, TALKING, lemma_as

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


def _span(line, c):
    return [line.norm(k) for k in range(c.a, c.b)]


def _any(names, pool):
    return any(x in pool for x in names)


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


def _label(N):
    """ "Call: Harriet Moss", "Meeting: …": the kind as a heading."""
    if N[-1:] in (["call"], ["phonecall"]):
        if N[0] in ("inbound", "incoming"):
            return Event("call", "in", "connected")
        return Event("call", "out" if N[0] in ("outbound", "cold") else None, None)
    if N in (["meeting"], ["mtg"], ["demo"], ["visit"], ["site", "visit"], ["lunch"]):
        return Event("meeting", None, "held")
    return None


# --- fixed wordings ----------------------------------------------------------------------------------


def _fixed(line, c, N, events):
    k = c.a
    while k < c.b:
        hit = outcome_at(line, k)
        if hit and k not in line.covered:
            what, j = hit
            if what == "no_show":
                if "if" in N or "will" in c.aux:
                    return None
                return Event("meeting", None, "no_show")
            N = [line.norm(x) for x in range(c.a, c.b) if not k <= x < j]
            mail = (events and events[-1].kind in ("email", "message")) or (
                _any(N, w.MAIL_NOUNS) and not _any(N, {"call", "called"})
            )
            if what == "no_answer" and (
                mail
                or (
                    line.norm(k) == "no"
                    and line.norm(k + 1) in ("reply", "response")
                    and not (events and events[-1].kind == "call")
                )
            ):
                break
            if what == "busy" and c.subject in ("they", "person", "role") and line.norm(k) == "engaged":
                break
            if c.buyer and c.lemma in CALLING | {"try"} and _any(N, {"me", "us"}):
                return Event("call", "in", "no_answer")
            if (
                what == "no_answer"
                and line.norm(k) in ("rang", "just")
                and c.subject in ("person", "they")
                and line.norm(j) in ("me", "back", "to")
            ):
                break
            if what == "no_answer" and line.norm(k) == "nobody" and line.norm(k + 1) in ("in",):
                break
            return Event("call", "out", what, verb="outcome")
        k += 1
    # no one turned up
    if (
        c.lemma in these("turn show come join attend")
        and c.negative
        and c.form in ("past", "base")
        and not set(c.aux) & {"will", "'ll", "to", "can"}
        and (_any(N, these("up meeting mtg call demo")))
    ):
        return Event("meeting", None, "no_show")
    s = set(N)
    rest = [line.norm(x) for x in range(c.a, c.b) if x not in line.covered]
    rest = [x for x in rest if x not in w.LEAD and x not in w.EXPLETIVES and x not in ("(", ")")]
    if rest in (["busy"], ["was", "busy"], ["'s", "busy"], ["number", "busy"]) and (
        (events and events[-1].kind == "call") or line.mentions
    ):
        return Event("call", "out", "busy", verb="outcome" if events else None)
    if s & {"cancelled", "canceled"} and s & {"our", "my", "the"} and _clock_after_our(line, c) and not c.negative:
        return Event("meeting", None, "cancelled")
    if (
        s & {"number", "numbers"}
        and not c.negative
        and s & these("dead disconnected unobtainable wrong invalid")
        and "left" not in s
    ):
        return Event("call", "out", "wrong_number", verb="outcome" if events else None)
    if {"took", "my"} <= s and s & {"number", "details", "name"} and not {"sales"} & s:
        return Event("call", "out", "left_message", verb="outcome" if events and events[-1].kind == "call" else None)
    if {"auto", "autoreply", "ooo", "automatic"} & set(N) and (
        these("reply replied response autoreply bounce bounceback responder") & set(N)
    ):
        out = events and events[-1].kind == "email" and events[-1].direction == "out"
        return Event("email", "out" if out else "in", "auto_reply", verb="outcome" if out else None)
    if (
        (
            ("ooo" in N and (len(N) <= 3 or "got" in N))
            or ({"out", "office"} <= set(N) and (these("got reply message auto autoreply") & set(N) or len(N) <= 4))
        )
        and events
        and events[-1].kind == "email"
        and events[-1].direction == "out"
    ):
        return Event("email", "out", "auto_reply", verb="outcome")
    if (
        {"bounced", "undeliverable", "undelivered", "bounceback"} & set(N)
        and "idea" not in N
        and "ideas" not in N
        and not (c.buyer and c.lemma == "bounce" and "off" in N)
    ):
        if c.negative:
            return None
        return Event("email", "out", "bounced", verb="outcome" if events else None)
    if ({"called", "off"} <= set(N) and set(N) & (w.MEETING_NOUNS | {"meeting"})) or (
        N[:2] == ["called", "off"] and events and events[-1].kind == "meeting"
    ):
        return Event("meeting", None, "cancelled", verb="outcome" if events and events[-1].kind == "meeting" else None)
    if {"came", "back"} <= set(N) and _any(N, {"email", "mail"}) and c.subject in ("thing", None, "it"):
        return Event("email", "out", "bounced", verb="outcome" if events else None)
    return _voicemail(line, c, N, events)


def _voicemail(line, c, N, events):
    s = set(N)
    denied = c.negative or (_any(N, {"no", "n't", "not", "without"}) and _any(N, w.LEFT_THINGS))
    third = bool(s & w.GATEKEEPERS)
    if "lvm" in s and not denied:
        return Event(
            "call",
            "out",
            "left_voicemail",
            verb="outcome" if events and events[-1].kind == "call" and events[-1].direction == "out" else None,
        )
    inbound_vm = s & w.VOICEMAIL and "from" in s and "left" not in s
    if inbound_vm:
        return Event("call", "in", "left_voicemail")
    if "left" in s and s & w.LEFT_THINGS and not denied and not set(c.aux) & UNREAL:
        i = N.index("left")
        to_me = (
            "me" in s
            or "us" in s
            or (
                c.buyer
                and c.subject != "role"
                and not (events and events[-1].direction == "out")
                and line.norm(c.a + i - 1) not in w.ME
            )
        )
        if (to_me and c.lemma in ("leave", *CALLING)) or (
            to_me and events and events[-1].direction == "in" and c.inherits is not None
        ):
            return Event("call", "in", "left_voicemail", verb="outcome" if events else None)
        if (
            events
            and events[-1].kind == "call"
            and events[-1].direction == "in"
            and c.subject is None
            and c.joint in (",", "and", "implicit", "but")
        ):
            return Event("call", "in", "left_voicemail", verb="outcome")
        if c.buyer and c.subject == "role":
            return None
        after = N[i:]
        if _any(after, these("message msg word messages msgs number details note mess")) and not _any(
            after, w.VOICEMAIL
        ):
            if third or _with_person(after):
                if _any(after, {"note"}) and not third:
                    return None
                return Event("call", "out", "left_message", verb="outcome" if events else None)
            if _any(after, {"note", "number", "details"}) and not (events and events[-1].kind == "call"):
                return None
        return Event("call", "out", "left_voicemail", verb="outcome" if events else None)
    if (s & {"took", "takes", "taking", "taken"} and s & {"message", "msg"}) or (
        s & {"pass", "passing", "passed"} and s & {"message", "msg"} and third
    ):
        return Event("call", "out", "left_message", verb="outcome" if events else None)
    if s & {"message", "msg", "word"} and {"with"} & s and third and not c.lemma:
        return Event("call", "out", "left_message", verb="outcome" if events else None)
    bare = [
        x
        for x in N
        if x not in w.LEAD
        and x not in w.EXPLETIVES
        and x not in these("a the got his her their to straight hit only reached ( )")
    ]
    if (
        bare
        and bare[0] in w.VOICEMAIL
        and len(bare) <= 2
        and not denied
        and (len(bare) == 1 or bare[1] in ("for", "again", "left") or c.mentions)
        and (events or line.mentions)
        and not (len(bare) == 1 and "got" in N)
    ):
        return Event("call", "out", "left_voicemail", verb="outcome" if events and events[-1].kind == "call" else None)
    if bare and bare[0] in ("message", "msg") and len(bare) >= 2 and bare[1] == "left":
        return Event("call", "out", "left_message" if third else "left_voicemail", verb="outcome" if events else None)
    return None


def _with_person(after):
    """ "left a message with Fiona": somebody else took it; "left Dana a message": nobody did."""
    return "with" in after and after.index("with") >= 2 and not (False)


# --- verbs -------------------------------------------------------------------------------------------


def _told(line, c, N, events):
    lemma, k = c.lemma, c.verb_at
    if lemma == "dial" and line.norm(k + 1) == "in":
        return None
    if (
        lemma == "lose"
        and c.subject in (None, "me")
        and these("signal connection reception line call battery him her") & {line.norm(x) for x in range(k + 1, k + 3)}
        and (
            line.norm(k + 1) in these("signal connection reception battery line")
            or line.norm(k + 2) in these("signal connection line call mid")
        )
    ):
        return Event("call", None, "connected")
    if (
        (lemma in ("cut", "drop") and "off" in N)
        or (lemma == "drop" and c.subject == "thing" and {"call", "line"} & set(N))
    ) and (
        line.mentions and lemma in ("cut", "drop") and (("off" in N and (set(c.aux) or "got" in N)) or "off" not in N)
    ):
        return Event("call", None, "connected")
    if (
        lemma == "give"
        and c.subject in (None, "me")
        and these("demo presentation tour walkthrough training") & set(N)
        and not {"date", "dates"} & set(N)
    ):
        return Event("meeting", None, "held")
    if (
        lemma in ("sit", "pop", "swing", "stop")
        and c.subject in (None, "me")
        and line.norm(k + 1) in these("down in by round over into")
        and (c.mentions or "with" in N)
    ):
        return Event("meeting", None, "held") if line.norm(k + 1) != "in" or lemma != "sit" else None
    if (
        lemma == "drop"
        and c.subject in (None, "me")
        and line.norm(k + 1) in ("in", "by", "round")
        and c.mentions
        and "email" not in N
    ):
        return Event("meeting", None, "held")
    if lemma == "hang" and line.norm(k + 1) == "up" and c.subject in ("person", "they"):
        return Event("call", None, "connected")
    if lemma == "hop" and line.norm(k + 1) == "on":
        return _had(line, c, N, N, False)
    if lemma in ("answer", "pick") and c.subject in ("person", "they") and not events:
        nxt = line.norm(k + 1)
        if (
            (lemma == "pick" and nxt == "up" and line.norm(k + 2) not in w.DETERMINERS)
            or (lemma == "answer" and (nxt in ("", "but", "and", "the", "first", "this") or k + 1 >= c.b))
        ) and not (lemma == "answer" and nxt == "the" and line.norm(k + 2) not in ("phone", "call")):
            return Event("call", "out", "connected")
    rest = [line.norm(x) for x in range(k + 1, c.b)]
    nxt = rest[0] if rest else ""
    them = c.buyer and not _topic(line, c)
    if c.subject in ("stranger", "thing", "you", "deal") and not (
        c.subject == "thing" and lemma in SENDING | these("go email mail bounce cancel call drop")
    ):
        return None
    if (
        c.subject is None
        and c.inherits is not None
        and c.joint == "and"
        and c.inherits.buyer
        and c.inherits.form == "past"
        and not _topic(line, c.inherits)
    ):
        them = True
    if c.subject == "me" and "me" in rest[:1]:
        return None
    if lemma in CALLING and nxt not in ("for", "it", "out") and not (lemma == "ring" and nxt in ("true", "alarm")):
        if "off" in rest[:4] and (_any(N, w.MEETING_NOUNS) or "meeting" in N):
            return Event("meeting", None, "cancelled")
        if nxt in ("a", "the") and rest[1:2] and rest[1] in these("meeting halt shots vote time truce"):
            return None
        if c.subject == "it" or {"is", "was", "are"} & set(c.aux):
            return None
        if them:
            missed = _any(N, {"missed"})
            return Event("call", "in", "no_answer" if missed else "connected")
        if "spoke" in rest or "speak" in rest:
            return Event("call", "out", "connected")
        return Event("call", "out", None)
    if lemma == "try":
        if (nxt in ("it", "them") and not rest[1:] and nxt == "it") or (
            nxt in ("to", "and")
            and lemma_as(rest[1] if len(rest) > 1 else "", "base")
            not in CALLING | TALKING | these("reach get catch contact speak")
        ):
            return None
        doing = lemma_as(nxt, "ing")
        if doing and doing not in CALLING | {"reach", "contact", "get", "catch"}:
            return None
        if them:
            return (
                Event("call", "in", "no_answer")
                if _any(rest, {"me", "us"}) and _any(rest, these("call ring reach phone calling ringing"))
                else None
            )
        if (
            (c.mentions and c.mentions[-1].i > k)
            or nxt in w.OBJECTS - {"it"}
            or doing
            or nxt == "to"
            or _foreign_object(line, k + 1)
            or (
                nxt in ("his", "her", "their")
                and _any(rest, these("mobile cell line number phone direct desk office landline"))
            )
        ):
            return Event("call", "out", None)
        return None
    if lemma in ("say", "speak", "talk", "chat"):
        if lemma == "say":
            return None
        if (nxt in ("at", "for", "about") and lemma != "chat" and not _any(rest, {"with", "to"})) or nxt in these(
            "them him her up through"
        ):
            return None
        if c.subject in ("person", "company", "role") and not _any(rest, {"me", "us"}) and lemma != "chat":
            return None
        if _in_person(rest):
            return Event("meeting", None, "held")
        if not rest and not events and not c.mentions and not line.mentions:
            return None
        return Event("call", None, "connected")
    if lemma == "hear" and nxt in ("from", "back"):
        return None
    if lemma in ("reach", "catch") and c.subject in (None, "me"):
        if lemma == "reach" and nxt in these("out agreement a an the consensus verbal"):
            return None
        if lemma == "catch" and nxt in these("the a an it wind that up") and not (nxt == "up" and _any(rest, {"with"})):
            return None
        if lemma == "catch" and nxt == "up":
            return Event("meeting", None, "held") if _in_person(rest) else Event("call", None, "connected")
        return Event("call", "out", "connected")
    if lemma == "connect" and c.subject in (None, "me") and (nxt in ("with",) or not rest) and "linkedin" not in rest:
        return Event("call", "out", "connected")
    if lemma == "get":
        return _got(line, c, N, rest, nxt, them)
    if lemma in these("have do finish come end wrap") and c.subject in (None, "me"):
        if (
            "'s" in rest[:2]
            or nxt in these("to a an another the our quick good great my off out")
            or (rest[:1] and rest[0] in w.MEETING_NOUNS | w.CALL_NOUNS | w.TALK_NOUNS)
            or nxt in these("first second lovely long brief nice")
        ):
            if nxt == "to":
                return None
            return _had(line, c, N, rest, them)
        return None
    if (
        lemma == "give"
        and c.subject in (None, "me")
        and _any(rest[1:], these("call ring bell buzz shout tinkle holler"))
    ):
        return Event("call", "out", None)
    if lemma == "give" and them and _any(rest, {"call", "ring", "bell", "buzz"}) and _any(rest, {"me", "us"}):
        return Event("call", "in", "connected")
    if lemma == "return" and _any(rest, {"call", "calls"}):
        if them:
            return Event("call", "in", "connected")
        return Event("call", "out", None)
    if lemma == "miss" and _any(rest, {"call", "calls", "ring"}):
        return Event("call", "in", "no_answer")
    if (
        lemma == "miss"
        and events
        and events[-1].direction == "in"
        and events[-1].kind == "call"
        and nxt in ("it", "him", "her", "them")
    ):
        return Event("call", "in", "no_answer", verb="outcome")
    if (
        lemma in ("pick", "answer")
        and events
        and events[-1].kind == "call"
        and events[-1].direction == "out"
        and ((lemma == "answer" and not rest) or nxt == "up")
    ):
        return Event("call", "out", "connected", verb="outcome")
    if lemma == "dial" and nxt == "in":
        return None
    if lemma in MAILING | MESSAGING | {"voicemail"}:
        if lemma == "voicemail":
            return Event("call", "out", "left_voicemail")
        return _written(line, c, N, rest, nxt, them)
    if lemma in SENDING | these("drop shoot ping fire post") or (
        lemma == "go" and _any(rest, {"email", "over"}) and c.subject == "thing"
    ):
        return _sent(line, c, N, rest, nxt, them)
    if lemma == "meet":
        return _met(line, c, rest, nxt, them)
    if lemma in these("visit demo present pitch see host tour") and c.subject in (None, "me"):
        if lemma in ("see", "host", "tour", "visit") and not (c.mentions or nxt in w.OBJECTS - {"it"}):
            return None
        if lemma == "present" and nxt in ("a", "an") and not c.mentions:
            return None
        if lemma == "see" and (
            nxt in these("the a that no their his her 's") or _any(rest, these("email post message linkedin news 's"))
        ):
            return None
        if c.mentions or nxt in w.OBJECTS | {"to", "it", "the", "at"} or not rest:
            return Event("meeting", None, "held")
        return None
    if (lemma in ("bump", "run") and nxt == "into") or (lemma == "grab" and _any(rest, w.MEETING_NOUNS)):
        return (
            Event("meeting", None, "held")
            if c.mentions or _any(rest, w.OBJECTS) or (True and c.subject in (None, "me"))
            else None
        )
    if lemma == "cancel" and c.subject == "thing" and _clock_after_our(line, c):
        return Event("meeting", None, "cancelled")
    if lemma == "postpone" and any(d.due(line.at) for d in c.dates):
        return None  # moved, not cancelled
    if lemma in ("cancel", "postpone") and (
        _any(N, w.MEETING_NOUNS | {"call"})
        or (them and (nxt in ("on", "our", "us", "again", "last", "today", "this", "") or c.dates))
        or _clock_after_our(line, c)
    ):
        if _any(rest, these("order contract subscription project trial licence license")):
            return None
        if _any(rest, {"call"}) and not _any(rest, w.MEETING_NOUNS):
            return Event("meeting", None, "cancelled")
        return Event("meeting", None, "cancelled")
    if lemma == "call" and "off" in rest:
        return Event("meeting", None, "cancelled")
    if lemma == "chase" and c.subject in (None, "me"):
        if _any(rest, {"email", "mail"}):
            return Event("email", "out")
        if _any(rest, w.MESSAGE_CHANNELS | {"text"}):
            return Event("message", "out")
        if _any(rest, {"phone"}):
            return Event("call", "out")
        return None
    if lemma in ("follow", "followup", "reach") and c.subject in (None, "me"):
        if _any(rest, {"email", "mail"}):
            return Event("email", "out")
        if _any(rest, w.MESSAGE_CHANNELS):
            return Event("message", "out")
        if _any(rest, {"phone", "call"}):
            return Event("call", "out")
    return None


def _foreign_object(line, k):
    from .strangers import _foreign

    return _foreign(line, k)


def _topic(line, c):
    """ "larkfield called rosa": the company heads the line, the person called follows."""
    if c.subject != "company" or c.lemma not in CALLING | MAILING | MESSAGING | {"meet", "try"} or c.verb_at < 0:
        return False
    m = line.mention_at.get(c.verb_at + 1)
    return bool(m and m.contacts)


def _in_person(rest):
    return (
        _any(
            rest,
            these("person f2f onsite booth conference expo fair lunch coffee dinner breakfast stand drinks zoom"),
        )
        and not _any(rest, {"phone"})
        and (_any(rest, these("in at over f2f onsite on")))
    )


def _got(line, c, N, rest, nxt, them):
    s = set(rest)
    if them:
        if nxt == "back" and ("to" in rest[:2] or "me" in rest[:2]):
            if s & {"email", "mail"}:
                return Event("email", "in")
            return None
        return None
    if (
        nxt == "hold"
        or nxt in ("through", "thru")
        or (nxt == "him" and not rest[1:])
        or (nxt == "her" and not rest[1:])
    ):
        if s & {"n't"} or c.negative:
            return None
        if (
            nxt in ("through", "thru")
            and rest[1:2]
            and rest[1] not in ("to",)
            and c.mentions == []
            and rest[1] not in w.OBJECTS
        ):
            return None
        return Event("call", "out", "connected")
    if (nxt == "off" and s & {"phone", "call", "blower"}) or (nxt == "off" and rest[1:2] == ["the"] and s & {"phone"}):
        return Event("call", None, "connected")
    if nxt == "off" and s & {"zoom", "teams"}:
        return Event("meeting", None, "held")
    if "from" in s:
        if (s & {"email", "mail"} and s & {"reply", "auto"} == set()) or (
            s & {"reply", "response"} and not s & {"call"}
        ):
            return Event("email", "in")
        if s & {"voicemail", "vm"}:
            return Event("call", "in", "left_voicemail")
        if s & {"call", "ring", "phonecall"}:
            return Event("call", "in", "connected")
        if s & w.MESSAGE_NOUNS:
            return Event("message", "in")
    if s & {"reply", "response"} and not _any(N, {"no", "n't", "never"}) and not c.negative:
        return Event("email", "in")
    if nxt == "off":
        return None
    m = line.mention_at.get(c.verb_at + 1)
    if (
        m
        and m.contacts
        and (line.norm(m.j) in ("on", "at", "", ",") or m.j >= c.b)
        and (m.j >= c.b or s & these("phone line mobile blower cell last"))
    ):
        return Event("call", "out", "connected")
    return None


def _had(line, c, N, rest, them):
    s = set(rest)
    if _future_only(line, c):
        return None
    if s & {"voicemail", "vm"} and "from" in s:
        return Event("call", "in", "left_voicemail")
    if s & {"missed"} and s & {"call"}:
        return Event("call", "in", "no_answer")
    if s & {"call", "ring", "phone", "phonecall"} and "from" in s:
        return Event("call", "in", "connected")
    if s & {"email", "mail", "reply"} and "from" in s:
        return Event("email", "in")
    if s & {"text", "message", "whatsapp", "dm"} and "from" in s:
        return Event("message", "in")
    if s & w.MEETING_NOUNS and not s & {"call", "phone"}:
        return Event("meeting", None, "held")
    if s & {"call", "phone", "phonecall"}:
        if s & these("zoom teams video meet webex"):
            return Event("meeting", None, "held")
        return Event("call", None, "connected")
    if s & w.TALK_NOUNS | s & {"catch", "catchup"}:
        if _in_person(rest):
            return Event("meeting", None, "held")
        if c.mentions or s & {"with"}:
            return Event("call", None, "connected")
    return None


def _written(line, c, N, rest, nxt, them):
    lemma = c.lemma
    s = set(rest)
    if (lemma == "write" and nxt in these("up off down it the a that") and not s & {"to", "email"}) or (
        lemma == "write" and nxt == "off"
    ):
        return None
    if lemma in these("mail forward reply respond write cc fwd") or lemma == "email":
        kind = (
            "message"
            if s & (w.MESSAGE_CHANNELS - {"text", "teams", "signal", "x"}) or ("text" in s and "by" in s)
            else "email"
        )
        if lemma in ("reply", "respond") and kind == "email" and not s & {"email", "mail"}:
            kind = "email"
    else:
        kind = "message"
        if lemma == "message" and s & {"email"}:
            kind = "email"
        if lemma == "ping" and s & {"email", "mail"}:
            kind = "email"
        if lemma == "linkedin":
            kind = "message"
    if c.subject in ("thing", "it", "deal"):
        return Event(kind, "out") if lemma in ("email", "mail", "fwd", "forward") else None
    return Event(kind, "in" if them else "out")


def _sent(line, c, N, rest, nxt, them):
    s = set(rest) | set(N)
    lemma = c.lemma
    if s & {"email", "mail", "emailed", "emails"}:
        kind = "email"
    elif (
        s & (w.MESSAGE_CHANNELS - {"x", "teams", "signal"})
        or s & {"text", "sms", "txt"}
        or (lemma == "drop" and s & {"message", "msg", "dm", "text"})
        or s & {"message", "msg", "inmail"}
    ):
        kind = "message"
    elif lemma in ("drop", "shoot", "fire"):
        if s & {"note", "line"} and (c.mentions or s & w.OBJECTS):
            kind = "email"
        else:
            return None
    elif lemma in these("send resend share forward fwd submit deliver go"):
        if s & these("flowers gift card hamper parcel sample samples courier invite calendar post"):
            return Event("email", "in" if them else "out") if "invite" in s else None
        if lemma == "deliver":
            return None
        if lemma == "share" and not (c.mentions or s & w.OBJECTS or s & w.DOCUMENTS):
            return None
        kind = "email"
    else:
        return None
    return Event(kind, "in" if them else "out", verb="send")


def _met(line, c, rest, nxt, them):
    if c.negative:
        return None
    objects = [m for m in c.mentions if m.i > c.verb_at]
    if nxt in these("resistance pushback our expectations criteria requirements halfway quota") or (
        nxt in these("the their its his a all")
        and _any(
            rest[:4],
            these(
                "target deadline criteria requirement requirements quota goal budget need needs "
                "expectations bar number terms price"
            ),
        )
    ):
        return None
    if them and not (False):
        if c.subject == "they" and (nxt in ("internally", "without") or _any(rest, {"competitor", "rival"})):
            return None
        return Event("meeting", None, "held") if _any(rest, {"me", "us"}) else None
    if (
        (
            nxt
            and not objects
            and nxt
            not in these(
                "with up at the a his her their him them for in on over again some both two three several everyone ( w"
            )
            and not _foreign_object(line, c.verb_at + 1)
            and not line.tokens[c.verb_at + 1].capital
            and (c.verb_at + 1) not in line.dated
        )
        and is_ordinary(nxt)
        and nxt not in w.ROLES
    ):
        return None
    return Event("meeting", None, "held")


def _clock_after_our(line, c):
    for k in range(c.a, c.b):
        if line.norm(k) in these("our the my today this") and (k + 1) in line.date_at and line.date_at[k + 1].time:
            return True
    return False


# --- nouns -------------------------------------------------------------------------------------------

_PAST_MARKS = frozenset(
    "done finished over went went great good lovely ended ran lasted completed attended just wrapped after".split()
)


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
    future = _future_only(line, c)
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
            noun in ("call", "phonecall")
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


# --- time, length, outcome ------------------------------------------------------------------------------


def _when(line, c, at, event):
    """The time said in the clause itself."""
    if event.at is not None or event.outcome == "cancelled":
        return  # a cancelled meeting's hour was still to come
    for d in c.dates:
        if d.prep in ("before", "after") and d.only != "future" and d.happened(at):
            event.vague = True  # "just before 9": the hour is not known
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
    if t.kind == "n":
        if not t.norm.replace(".", "", 1).isdigit() or len(t.norm) > 4:
            return None
        n = float(t.norm)
    elif t.norm in ("an", "a", "one") and line.norm(j) in ("hour", "hr", "h"):
        n = 1
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
            and (set(c.aux) & these("is 's was are 're were") or s & {"on", "in", "is", "'s"})
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
