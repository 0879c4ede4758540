"""Outcomes in fixed wordings: no answer, a voicemail left or received, a meeting that nobody came to, a bounce."""

from . import words as w
from .clauses import outcome_at
from .events import UNREAL, Event, _any, _clock_after_our
from .these import these
from .verbs import CALLING


def _label(N):
    """ "Call: Harriet Moss", "Meeting: …": the kind as a heading."""
    if N[-1:] in (["call"], ["phonecall"]):
        if N[0] in ("inbound", "incoming"):
            return Event("call", "in", "connected")
        return Event("call", "out" if N[0] in ("outbound", "cold") else None, None)
    if N in (["meeting"], ["mtg"], ["demo"], ["visit"], ["site", "visit"], ["lunch"]):
        return Event("meeting", None, "held")
    return None


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
    taker = third or (c.a > 1 and _gatekeeper_before(line, c))
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
            N[i + 1 : i + 2] in (["me"], ["us"])
            or (s & {"me", "us"} and "to" not in N[i:])
            or (s & {"me", "us"} and c.buyer)
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
        if _any(
            after if "was" not in N[:i] else N, these("message msg word messages msgs number details note mess")
        ) and not _any(after, w.VOICEMAIL):
            if taker or _with_person(after):
                if _any(after, {"note"}) and not third:
                    return None
                return Event("call", "out", "left_message", verb="outcome" if events else None)
            if _any(after, {"note", "number", "details"}) and not (events and events[-1].kind == "call"):
                return None
        return Event("call", "out", "left_voicemail", verb="outcome" if events else None)
    if (
        "left" in s
        and "one" in N[N.index("left") : N.index("left") + 2]
        and not denied
        and c.a > 1
        and ({line.norm(x) for x in range(max(0, c.a - 6), c.b)} & (w.VOICEMAIL | {"machine"}))
    ):
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
    names = {line.norm(k) for k in range(c.a, c.b) if k in line.covered}
    if len(bare) > 2 and bare[0] in w.VOICEMAIL and bare[1] == "for":
        bare = [bare[0], *(x for x in bare[1:] if x not in names)]
    elif bare and bare[0] in names and bare[-1] in w.VOICEMAIL:
        bare = [x for x in bare if x not in names and x != "'s"]  # "dale friesen vm"
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
    if len(bare) == 1 and bare[0] in w.VOICEMAIL and N[:1] == ["got"] and line.mentions and not denied:
        return Event("call", "out", "no_answer", verb="outcome" if events and events[-1].kind == "call" else None)
    if bare and bare[0] in ("message", "msg") and len(bare) >= 2 and bare[1] == "left":
        return Event("call", "out", "left_message" if taker else "left_voicemail", verb="outcome" if events else None)
    return None


def _gatekeeper_before(line, c):
    """ "got her PA, left word": the clause before this one says who took it."""
    k = c.a - 1
    while k > 0 and line.tokens[k].kind == "p":
        k -= 1
    before = []
    while k >= 0 and line.tokens[k].kind != "p" and len(before) < 8:
        before.append(line.norm(k))
        k -= 1
    return bool(set(before) & w.GATEKEEPERS) and bool(
        set(before) & these("got reached spoke talked with answered through by picked to")
    )


def _with_person(after):
    """ "left a message with Fiona": somebody else took it; "left Dana a message": nobody did."""
    return "with" in after and after.index("with") >= 2 and not (False)
