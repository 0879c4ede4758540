"""Plans without a verb of their own, headings, and steps that are moved."""

from . import words as w
from .events import ahead
from .making import _make, _pick, _place, _strip_tail, _words
from .reading import Step
from .these import these
from .verbs import lemma_as

_MOVING = frozenset(
    ("move push reschedule shift postpone bump rearrange rebook delay defer slip change swap pull bring put").split()
)


_AVAILABLE = frozenset(
    "free available around busy out off away back ok okay good on in ready keen happy fine due "
    "unavailable gone here there works can only full tied closed open yes no maybe possible possibly "
    "both either same".split()
)


def _loose_date(line, c):
    return bool(c.dates) and all(
        k in line.dated
        or line.tokens[k].kind == "p"
        or line.norm(k)
        in w.LEAD
        | these(
            "latest or on by max pls deadline due should be it 'll 's will probably hopefully "
            "there likely eta is that this say ideally around"
        )
        for k in range(c.a, c.b)
    )


def _moved(line, c, N, at, told, n):
    """ "moved the meeting with Joan to thurs 11", "pushed our call to mon": the open step, elsewhere."""
    lemma, start = c.lemma, c.verb_at
    if lemma in these("ask want need agree request have try") and c.verb_at >= 0:
        for x in range(c.verb_at + 1, min(c.verb_at + 5, c.b)):
            if line.norm(x) == "to" and lemma_as(line.norm(x + 1), "base") in _MOVING:
                lemma, start = lemma_as(line.norm(x + 1), "base"), x + 1
    if (lemma not in _MOVING and not (c.lemma is None and {"moved", "rescheduled", "pushed"} & set(N))) or c.negative:
        return None
    if set(c.aux) & these("might may could would should can") or (
        c.form == "base" and c.subject in ("they", "person", "role") and not c.aux
    ):
        return None
    s = set(N)
    events_named = s & (w.MEETING_NOUNS | w.CALL_NOUNS | w.TALK_NOUNS | {"followup", "review", "session"})
    if lemma in these("put bring change swap slip delay") and not events_named:
        return None
    to = None
    for d in c.dates:
        if (
            d.prep in ("to", "until", "for")
            or line.norm(d.i - 1) in these("to until till back forward for")
            or line.norm(d.i) == "to"
        ):
            got = d.due(at)
            if got:
                to = got
    if to is None and lemma in ("reschedule", "rebook", "rearrange"):
        to = _pick(line, c, at)[0]
    if to is None:
        return None
    k = start if start >= 0 else c.a
    what_event = (
        bool(events_named)
        or lemma in ("reschedule", "rearrange", "rebook")
        or line.norm(k + 1) in these("us me him her them our")
    )
    if not what_event:
        return None
    if any(m.deals for m in c.mentions) or s & {"close", "deal", "closing"}:
        return None
    if c.form == "base" and not c.aux and c.subject is None:  # an order: "move the meeting to thurs"
        pass
    noun = next((line.norm(x) for x in range(c.a, c.b) if line.norm(x) in events_named), None)
    words = _words(line, c, k + 1 if c.subject is None or c.form != "base" else k)
    words = _strip_tail(words)
    for head in ("back ", "forward ", "out ", "up ", "our ", "the ", "my "):
        if words.lower().startswith(head):
            words = words[len(head) :]
    if not set(words.lower().split()) & (
        w.MEETING_NOUNS | w.CALL_NOUNS | w.TALK_NOUNS | {"review", "session", "followup"}
    ):
        words = (
            ("meeting with " + words).strip()
            if words and words.lower() not in these("it us me this that")
            else "meeting"
        )
    step = Step(
        "me",
        "call" if noun in w.CALL_NOUNS else "meeting",
        words or "meeting",
        to[0],
        to[1],
        moves=True,
        span=_place(line, c),
    )
    return step, False


def _noun_step(line, c, N, at, clauses, n):
    """No verb, but a day ahead: "demo next thurs 2:30", "rota samples to her by fri", "dentist thurs 9am"."""
    picked, doubt, d = _pick(line, c, at)
    s = set(N)
    todo = any(x in these("todo action actions task tasks next nextstep") for x in N[:2]) or (
        n and _todo_heading(line, clauses[n - 1])
    )
    if picked is None and not doubt:
        # "thurs cob - quote to Doug": the day stands as a heading
        if (
            n
            and _loose_date(line, clauses[n - 1])
            and clauses[n - 1].joint in ("", ".")
            and c.joint in ("dash", ":", ",")
        ):
            before = _pick(line, clauses[n - 1], at)
            if before[0] and ahead(before[2], at):
                return _make(line, c, at, "me", c.a, [])
        return None
    if (
        {"back", "to"} <= set(N[:3])
        and s & {"me", "us"}
        and n
        and (clauses[n - 1].buyer or (clauses[n - 1].subject is None and clauses[n - 1].inherits))
    ):
        return _make(line, c, at, "them", c.a, [])
    if n == 0 and not s & (w.MEETING_NOUNS | w.CALL_NOUNS) and sum(k not in line.dated for k in range(c.a, c.b)) > 9:
        return None
    if not ahead(d, at) and not (
        d.day is not None
        and picked
        and (
            picked[0] == at.date()
            and (d.prep == "by" or picked[1] is None or picked[1] > at.time() or "to" in N or _own(line, c))
        )
        and d.only != "past"
    ):
        return None
    if (
        s & these("their its since closing close was were ended until fy annual")
        or s & these("no not n't never only all every")
        or s & {"?"}
    ):
        return None
    if (
        d.prep in ("in",)
        and d.day is not None
        and not s & (w.MEETING_NOUNS | w.CALL_NOUNS)
        and d.minutes is None
        and line.norm(d.i + 1) in _MONTHLIKE
    ):
        return None
    if (
        (d.whole or (d.ends and d.prep != "by"))
        and line.norm(d.j - 1) not in ("eow", "week")
        and not s & (w.MEETING_NOUNS | w.CALL_NOUNS | w.DOCUMENTS)
        and "to" not in s
        and not todo
    ):
        return None
    free = [
        line.norm(k)
        for k in range(c.a, c.b)
        if k not in line.dated
        and k not in line.covered
        and line.tokens[k].kind == "w"
        and line.norm(k) not in w.LEAD
        and line.norm(k) != "'s"
    ]
    if not free or all(
        x in these("on hols holiday leave away out back ooo off vacation from at in to pushed with for call1")
        for x in free
    ):
        return None
    if (free[0] in _AVAILABLE and not _back_to(free)) or set(free) & these("date close closing golive launch"):
        return None
    if s & w.EXCUSES & these("holiday hols leave vacation ooo away sick") and not s & w.MEETING_NOUNS:
        return None
    if (free[0] in ("back", "out", "off") and not _back_to(free)) or any(
        lemma_as(x, "past")
        and not lemma_as(x, "base")
        and x not in these("booked scheduled confirmed agreed signed revised updated set due pencilled arranged")
        for x in free
    ):
        return None
    if c.money and not s & (w.MEETING_NOUNS | w.DOCUMENTS):
        return None
    if set(free[1:]) & these("arrive start begin expire renew arrives") or (
        free[-1] in these("decision approval verdict signature") and "to" not in s
    ):
        return None  # "trucks arrive on the 14th", "Dale: decision by the 20th": theirs, and no promise
    origin = next((k for k in range(c.a, c.b) if line.norm(k) == "from"), None)
    if origin is not None:
        whom = line.norm(origin + 1)
        if whom in ("us", "me", "our"):
            return _make(line, c, at, "me", c.a, [])
        if whom in ("them", "him", "her", "their") or (
            (origin + 1) in line.mention_at and not s & (w.MEETING_NOUNS | w.CALL_NOUNS)
        ):
            return _make(line, c, at, "them", c.a, [])
    before = clauses[n - 1] if n else None
    theirs = before is not None and before.buyer and before.lemma is not None and not s & _OURS
    owner = "them" if s & {"due", "expected"} and (s & {"from"} or theirs) else "me"
    if len(free) > 8:
        return None
    if not todo and len(free) >= 6 and not s & (w.MEETING_NOUNS | w.CALL_NOUNS | w.DOCUMENTS) and "to" not in free:
        return None
    return _make(line, c, at, owner, c.a, [])


# What a seller writes; due, it is his to send.
_OURS = frozenset("quote quotation proposal pricing deck brochure estimate demo slides".split())


def _back_to(free):
    """ "back to her tue", "back on to him next fri"."""
    return free[0] == "back" and free[1:2] and free[1] in ("to", "on", "onto", "with")


_MONTHLIKE = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec".split()
)


def _own(line, c):
    return any(line.norm(k) in ("to",) for k in range(c.a, c.b))


def _todo_heading(line, c):
    N = c.norms(line.tokens)
    return bool(these("todo todos next action actions me steps") & set(N)) and len(N) <= 4
