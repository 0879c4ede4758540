"""What the other side promised, asked for, or is waited for."""

from . import words as w
from .clauses import REPORTING
from .events import ahead
from .making import _BOOKING, FUTURE, _make, _pick
from .plans import _loose_date
from .these import these
from .verbs import CALLING, NOUNISH, lemma_as

_STATE = frozenset(
    (
        "be like love want need know think believe feel prefer seem look sound hope worry "
        "mean matter cost stay remain depend belong renew take understand appreciate enjoy "
        "doubt expect consider win lose walk budge happen freeze break complain end start "
        "grow live care own use work keep see vanish struggle die close slip approve spend go "
        "drop leave retire cave say tell reckon claim insist sit land have make"
    ).split()
)


# Promises without a date count for deeds that can be handed over or ticked off.
_DEEDS = frozenset(
    (
        "send share bring introduce intro call ring phone confirm email mail forward fwd text "
        "message get give check ask chase review sign return provide let come talk speak "
        "discuss loop set arrange book organise organize reply respond test fill complete "
        "pass run put pull dig find prepare draft write present pay host look read take "
        "revert deliver count think decide submit raise order schedule update show supply "
        "upload connect circulate push follow dial buzz consult approve release issue make "
        "resend drop meet invite nudge sort gather collect compile feedback report advise"
    ).split()
)


# "she's sending the forms" is a promise; "she's gathering numbers" tells how it stands.
_HANDING = frozenset(
    "send share bring introduce intro call ring phone email mail forward fwd text return provide loop set arrange book "
    "organise organize supply upload resend invite issue release submit circulate check talk speak "
    "sort sign pass".split()
)


_THEM_ONLY_DATED = frozenset(
    (
        "think decide come take make meet show present put approve run read look give get "
        "talk speak order pay test push discuss pass"
    ).split()
)


_BACK_TO_ME = frozenset({"me", "us", "back", "over"})


def _promise(line, c, N, at, subject, aux, lemma, form, events):
    s = set(N)
    if lemma is None:
        return None
    k = c.verb_at
    nxt = line.norm(k + 1)
    if c.negative:
        return None
    if "hopefully" in s and not _pick(line, c, at)[0]:
        return None
    if s & these("might may maybe perhaps possibly could") & (set(c.aux) | {line.norm(x) for x in range(c.a, k + 2)}):
        return None
    if (
        lemma == "tell"
        and form in ("s", "base")
        and nxt in ("me", "us")
        and (line.norm(k + 2) in these("yes whether if by on when what") or (k + 2) in line.dated)
        and _pick(line, c, at)[0]
    ):
        return _make(line, c, at, "them", k, events)  # "he tells me yes or no by mon"
    # what they want of me
    if lemma in these("want ask need tell expect like request invite say prefer beg remind"):
        got = _asked(line, c, N, at, k, lemma, events)
        if got is not None:
            return got
    if lemma in these("want like prefer ask need request expect") and form in ("s", "base", "past"):
        return None
    if lemma == "owe":
        return _make(line, c, at, "them", k + 1, events)
    if lemma in these("promise agree offer undertake commit vow volunteer swear plan aim intend pledge") and form in (
        "past",
        "s",
        "base",
    ):
        if nxt == "to" and lemma_as(line.norm(k + 2), "base"):
            if lemma in ("agree",) and line.norm(k + 2) in these("meet speak talk catch a") and _pick(line, c, at)[0]:
                return _make(line, c, at, "me", k + 2, events)
            return _make(line, c, at, "them", k + 2, events)
        if lemma == "promise":
            j = k + 1
            while line.norm(j) in ("me", "us", "to", "it"):
                j += 1
            if j < c.b and line.norm(j) not in ("that", "he", "she", "they"):
                return _make(line, c, at, "them", j, events)
            return None
        return _booked(line, c, N, at, events)
    if form == "past" and not (aux & FUTURE):
        return _booked(line, c, N, at, events)
    if lemma in REPORTING and form == "s" and not c.dates:
        return None
    future = (
        bool(aux & (FUTURE | {"to", "must", "should"}))
        or (aux & {"'d", "would"} and c.reported)
        or (aux & {"needs", "has"} and "to" in aux)
    )
    if "can" in aux and c.reported and _pick(line, c, at)[0] and lemma in _DEEDS:
        future = True  # "says he can get us the list by monday"
    if aux & {"can", "would", "'d"} and not future:
        return None
    if aux & these("about ready able happy keen hoping looking trying"):
        return None
    if aux & {"meant", "supposed"} and aux & {"was", "were"}:
        return None
    if form == "ing" and aux & {"is", "'s", "are", "'re"} and not aux & {"was", "were"}:
        future = True
        if (
            lemma
            in these(
                "think look consider wait get try go run work use do have travel hope plan read "
                "review test evaluate talk meet hire move push"
            )
            and not _pick(line, c, at)[0]
        ):
            return None
        if lemma not in _HANDING and not _pick(line, c, at)[0]:
            return None
        if lemma in these("travel close hire work leave retire go"):
            return None
    picked = _pick(line, c, at)
    if lemma == "have" and future and picked[0] and nxt != "to":
        return (
            _make(line, c, at, "them", k, events)
            if nxt not in ("a", "an", "budget", "money") or s & {"us", "me", "ready", "back"}
            else None
        )
    if lemma == "be" or lemma is None:
        return None
    if subject == "company" and nxt in ("to", "into") and line.norm(k + 2) in line.stage_words:
        return None  # "should move to proposal next week": a hope, no deed
    if lemma == "meet" and form == "s" and not s & {"me", "us", "with"}:
        return None  # "the board meets on the 20th"
    if lemma == "get" and nxt in these("the their approval sign signoff it a budget") and future and picked[0]:
        return _make(line, c, at, "them", k, events)
    if (
        lemma in these("go decide approve sign make take come close see pay")
        and future
        and picked[0]
        and lemma not in ("close", "see")
        and nxt not in these("on live away with ahead up down")
    ):
        if lemma in ("go", "come") and nxt not in ("back", "to", "through"):
            return None
        return _make(line, c, at, "them", k, events)
    if lemma in _STATE and not (lemma in ("take", "make") and (picked[0] or s & {"board", "decision"})):
        return None
    if "should" in aux and not (picked[0] or lemma in these("send get confirm come call reply")):
        return None
    if future:
        if lemma in _DEEDS or picked[0]:
            if (
                picked[0] is None
                and lemma in _THEM_ONLY_DATED
                and not (s & _BACK_TO_ME)
                and not _handed(line, k, c.b, lemma)
            ):
                return None
            return _with_me(line, c, N, at, k, lemma, events) or _make(line, c, at, "them", k, events)
        return None
    if lemma in these("propose suggest offer mention request"):
        return None
    if form == "base" and (subject == "person" or (lemma in NOUNISH and subject != "they")) and not _several(line, c):
        return None  # "Mei Lin quote due friday": a noun
    if form in ("s", "base") and not aux and picked[0] and picked[0][0] >= at.date():
        if lemma in REPORTING and lemma not in ("confirm", "ask"):
            return None
        if (
            not ahead(picked[2], at)
            and picked[0][0] == at.date()
            and picked[2].only != "future"
            and picked[2].prep != "by"
        ):
            pass
        return _make(line, c, at, "them", k, events)
    return None


def _several(line, c):
    """ "Faith and Nick send …": two people take the bare verb."""
    return (
        sum(c.subject_at[0] <= m.i < c.subject_at[1] for m in c.mentions) > 1 and "and" in c.norms(line.tokens)
        if c.subject_at
        else False
    )


def _handed(line, k, end, lemma):
    """ "will get us the numbers", "take it to the board", "talk to legal", "run it past finance"."""
    nxt = line.norm(k + 1)
    return nxt in these("us me back it to in this with over legal finance") and lemma not in (
        "come",
        "look",
        "read",
    )


def _with_me(line, c, N, at, k, lemma, events):
    """ "they'll meet me thursday", "she will see us mon": a meeting of both is mine to keep."""
    if lemma in ("meet", "see") and line.norm(k + 1) in ("me", "us", "with") and _pick(line, c, at)[0]:
        return _make(line, c, at, "me", k, events)
    return None


def _asked(line, c, N, at, k, lemma, events):
    """ "wants me to call him", "asked for a call back thurs", "said to try again mon", "needs the report by fri"."""
    j = k + 1
    if line.norm(j) in ("me", "us"):
        j += 1
        if line.norm(j) in ("back",):
            j += 1
        if line.norm(j) == "to" and lemma_as(line.norm(j + 1), "base"):
            return _make(line, c, at, "me", j + 1, events)
        if lemma == "tell" or lemma == "remind":
            return None
        if lemma == "want" and line.norm(j) in these("round in over there out up down along") and _pick(line, c, at)[0]:
            return _make(line, c, at, "me", k, events)  # "wants us round tuesday week at 2"
    if (
        lemma in ("say", "ask", "tell")
        and line.norm(j) == "to"
        and lemma_as(line.norm(j + 1), "base")
        and not (set(c.aux) - {"to"} - set())
    ):
        verb = line.norm(j + 1)
        if lemma == "ask" and lemma_as(verb, "base") in these("see speak be have get know meet talk"):
            return None
        return _make(line, c, at, "me", j + 1, events)
    if (
        lemma in ("say", "tell", "ask")
        and lemma_as(line.norm(j), "base")
        in CALLING | these("try chase follow come pop drop swing stop send email visit bring check ping text resend")
        and lemma == "say"
    ):
        return _make(line, c, at, "me", j, events)
    if lemma in these("want ask need request like expect"):
        if lemma == "ask" and line.norm(j) != "for" and line.norm(j) not in w.OBJECTS:
            return None
        if lemma == "ask" and line.norm(j) == "for":
            j += 1
        if lemma == "like" and not set(c.aux) & {"'d", "would"}:
            return None
        if line.norm(j) == "to":
            verb = lemma_as(line.norm(j + 1), "base")
            picked = _pick(line, c, at)
            if picked[0] and verb in these("meet talk speak see chat catch"):
                return _make(line, c, at, "me", j + 1, events)
            return None
        picked = _pick(line, c, at)
        if (
            picked[0]
            and picked[2].only != "past"
            and (
                (
                    picked[2].prep in ("by", "before")
                    and (lemma != "want" or line.norm(j) not in ("it", "this", "to", "them"))
                )
                or set(N) & ({"call", "callback", "cb"} | w.MEETING_NOUNS)
                or set(N) & w.DOCUMENTS
            )
        ):
            return _make(line, c, at, "me", j, events)
        if set(N) & {"callback"} or ({"call", "back"} <= set(N) and lemma in ("want", "ask", "request")):
            return _make(line, c, at, "me", j, events)
    return None


def _waiting(line, c, at, events, clauses=(), n=0):
    """ "waiting on Tariq to send the chart", "expecting the PO by fri"."""
    k = c.verb_at + 1
    while line.norm(k) in these("for on to hear from back still"):
        k += 1
    to = next((x for x in range(k, c.b) if line.norm(x) == "to" and lemma_as(line.norm(x + 1), "base")), None)
    picked = _pick(line, c, at)
    if to is not None:
        return _make(line, c, at, "them", to + 1, events)
    follows = clauses[n + 1] if n + 1 < len(clauses) else None
    if picked[0] or (follows is not None and follows.joint in (",", "dash") and _loose_date(line, follows)):
        return _make(line, c, at, "them", k, events)
    return None


def _booked(line, c, N, at, events, told_here=False):
    """ "booked a demo for thurs", "agreed to talk mon 3pm", "confirmed the meeting for 3/9": a date kept with them."""
    lemma = c.lemma
    if events and events[-1].outcome == "no_show":
        return None
    if lemma is None or c.negative or (set(c.aux) & these("would could might was were") and lemma not in _BOOKING):
        return None
    picked = _pick(line, c, at)
    if not picked[0] or picked[2].only == "past" or picked[2].prep in ("since", "until"):
        return None
    d = picked[2]
    k = c.verb_at
    s = {line.norm(x) for x in range(k, c.b)}
    if told_here and (lemma not in _BOOKING or (lemma == "have" and line.norm(k) == "had" and d.only != "future")):
        return None
    if lemma in _BOOKING | {"ask", "offer", "accept", "want"} and (d.only == "future" or ahead(d, at)):
        if (
            s
            & (
                w.MEETING_NOUNS
                | w.CALL_NOUNS
                | w.TALK_NOUNS
                | these("followup follow session slot review catch time next trial")
            )
            and lemma not in these("get have ask want accept offer confirm")
        ) or (
            lemma in these("get have confirm accept offer")
            and s & (w.MEETING_NOUNS | w.CALL_NOUNS)
            and (lemma != "offer")
        ):
            j = k + 1
            if line.norm(j) in ("up", "in"):
                j += 1
            return _make(line, c, at, "me", j, events)
        if lemma in ("agree", "plan", "arrange") and line.norm(k + 1) == "to" and lemma_as(line.norm(k + 2), "base"):
            return _make(line, c, at, "me", k + 2, events)
        if (lemma in ("book", "schedule", "pencil", "plan") and (c.subject in (None, "me", "they", "person"))) and (
            line.norm(k + 1) in ("in",) or c.mentions or s & w.OBJECTS
        ):
            return _make(line, c, at, "me", k, events)
    return None
