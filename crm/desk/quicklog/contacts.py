"""Events told by getting, having, writing, sending and meeting."""

from . import words as w
from .events import Event, _any, _future_only, _in_person
from .ordinary import is_ordinary
from .these import these

_SAYING = these(
    "come get confirm say tell agree ask advise promise update accept decline request let answer apologise explain ok"
)


def _by_channel(N):
    """ "confirmed by email that …", "said over the phone": the channel makes it a mail, a message or a call."""
    for x in range(len(N) - 1):
        if N[x] in these("by via over through on in"):
            noun = N[x + 2] if N[x + 1] in ("the", "an", "a") and x + 2 < len(N) else N[x + 1]
            if noun in w.MAIL_NOUNS - {"response"} and N[x] != "on":
                return Event("email", "in")
            if noun in w.MESSAGE_NOUNS | w.MESSAGE_CHANNELS - {"x", "teams"} and N[x] != "in":
                return Event("message", "in")
            if noun == "phone" and N[x] != "in":
                return Event("call", None, "connected")
    return None


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
    if "from" in s or ("off" in s and nxt != "off" and c.mentions):
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
    had = (
        c.lemma == "have"
        and line.norm(c.verb_at) == "had"
        and not set(N) & these("booked scheduled planned set arranged")
    )
    if _future_only(line, c) and not (had and not any(d.only == "future" for d in c.dates)):
        return None  # "had a meeting with Dale on Monday" has been
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
    if "connection" in s and "request" in s:
        kind = "message"
    elif s & {"email", "mail", "emailed", "emails"}:
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


def _foreign_object(line, k):
    from .strangers import _foreign

    return _foreign(line, k)
