"""Events told by a verb: called, met, sent, got hold of, heard."""

from . import words as w
from .contacts import _SAYING, _by_channel, _foreign_object, _got, _had, _met, _sent, _written
from .events import Event, _any, _clock_after_our, _in_person
from .these import these
from .verbs import CALLING, MAILING, MESSAGING, SENDING, TALKING, lemma_as


def _told(line, c, N, events):
    lemma, k = c.lemma, c.verb_at
    if (
        c.buyer
        and lemma in _SAYING
        and (lemma not in ("come", "get") or line.norm(k + 1) == "back")
        and not {"was", "were"} & set(c.aux)
    ):
        got = _by_channel(N)
        if got:
            return got
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
        lemma in ("sit", "pop", "swing", "stop", "nip")
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
                if _any(rest, {"me", "us"})
                and (
                    _any(rest, these("call ring reach phone calling ringing"))
                    or (
                        nxt in ("me", "us")
                        and (len(rest) == 1 or c.dates or _any(rest, these("twice again earlier while when")))
                    )
                )
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
        return Event("call", "in", "no_answer" if "missed" in rest else "connected")
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
    if (
        lemma in these("pop whizz bung sling flick lob knock fire bang ping drop shoot")
        and c.subject in (None, "me")
        and _any(rest, w.MAIL_NOUNS | {"note", "line"})
        and (c.mentions or _any(rest, w.OBJECTS) or "to" in rest)
    ):
        return Event("email", "out", verb="send")
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


def _topic(line, c):
    """ "larkfield called rosa": the company heads the line, the person called follows."""
    if c.subject != "company" or c.lemma not in CALLING | MAILING | MESSAGING | {"meet", "try"} or c.verb_at < 0:
        return False
    m = line.mention_at.get(c.verb_at + 1)
    return bool(m and m.contacts)
