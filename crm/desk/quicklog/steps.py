"""What is to happen next: my own plans, what they promised, steps that are moved."""

import itertools

from . import words as w
from .clauses import REPORTING
from .happened import ahead, length
from .ordinary import is_ordinary
from .reading import Step
from .these import these
from .verbs import CALLING, FORMS, MAILING, MEETING, MESSAGING, NOUNISH, lemma_as

FUTURE = frozenset("will 'll shall gonna going".split())
DUTY = frozenset("to must should need needs gotta has have due".split())
_MOVING = frozenset(
    ("move push reschedule shift postpone bump rearrange rebook delay defer slip change swap pull bring put").split()
)
_BOOKING = frozenset(
    (
        "book schedule arrange set agree plan confirm fix organise organize pencil line "
        "invite propose diary rebook get have"
    ).split()
)
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
_THEM_ONLY_DATED = frozenset(
    (
        "think decide come take make meet show present put approve run read look give get "
        "talk speak order pay test push discuss pass"
    ).split()
)
_BACK_TO_ME = frozenset({"me", "us", "back", "over"})


def read(line, clauses, events, at, changed):
    """(steps, unsure): `changed` are the indexes of clauses that only change the deal."""
    steps, unsure = [], set()
    told = {n for e in events for n in e.clauses}
    last_date, heading, owner = None, None, None
    for n, c in enumerate(clauses):
        if c.joint in (".", ";") or (n and clauses[n - 1].joint in ("",) and c.joint != ":" and heading is None):
            heading = None
        heads = n + 1 < len(clauses) and clauses[n + 1].joint in (":", "dash") and n not in told
        if heads and clauses[n + 1].joint == ":" and len(c.norms(line.tokens)) <= 2:
            owner = _OWNERS.get(line.norm(c.a), owner if line.norm(c.a) in ("and",) else None)
        if heads and (_loose_date(line, c) or (_todo_heading(line, c) and c.dates)) and n not in changed:
            heading = c  # "thurs: send Megan pricing": the day stands before what is due
            continue
        got = None
        if n not in changed:
            got = _step(line, c, clauses, n, events, told, at)
        if got is None:
            if (
                steps
                and n not in changed
                and steps[-1][1] == n - 1
                and (
                    _loose_date(line, c)
                    or (c.dates and (c.lemma == "promise" or (c.lemma == "be" and c.subject in (None, "it", "thing"))))
                )
            ):
                _late_date(line, c, steps[-1][0], at)
            for d in c.dates:
                day = d.due(at)
                if day and not d.owned:
                    last_date = day[0]
            continue
        step, doubt = got
        if doubt:
            unsure.add("next_steps")
        if owner and c.subject is None:
            step.owner = owner
        if step.due_on is None and not doubt and _says_then(line, c) and last_date:
            step.due_on = last_date
        if step.due_on is None and not doubt and heading is not None:
            _late_date(line, heading, step, at)
        elif (
            step.due_on is None
            and not doubt
            and n
            and _loose_date(line, clauses[n - 1])
            and (n - 1) not in told
            and clauses[n - 1].joint in ("", ".")
        ):
            _late_date(line, clauses[n - 1], step, at)
        if n and c.joint == ":" and clauses[n - 1].lemma is None and " it " in f" {step.what} ":
            before = clauses[n - 1]
            topic = line.text[line.tokens[before.a].start : line.tokens[before.b - 1].end]
            if not before.mentions and n - 1 not in told:
                step.what = f"{step.what} ({topic})"  # "Credentials pack: send it to Daniel"
        if step.due_on:
            last_date = step.due_on
        steps.append((step, n))
    return [s for s, _n in steps], unsure


_SOURCES = frozenset("them him her legal procurement finance their his purchasing it".split())
_AVAILABLE = frozenset(
    "free available around busy out off away back ok okay good on in ready keen happy fine due "
    "unavailable gone here there works can only full tied closed open yes no maybe possible possibly "
    "both either same".split()
)
_OWNERS = {
    "me": "me",
    "us": "me",
    "mine": "me",
    "her": "them",
    "him": "them",
    "them": "them",
    "they": "them",
    "theirs": "them",
    "she": "them",
    "he": "them",
    "i": "me",
    "we": "me",
}


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


def _late_date(line, c, step, at):
    picked = _pick(line, c, at)
    if not picked or not picked[0]:
        return
    day, clock = picked[0]
    d = picked[2]
    if step.due_on is None:
        step.due_on, step.due_time = day, clock
    elif step.due_time is None and d.day is None:
        step.due_time = clock


def _says_then(line, c):
    return any(
        line.norm(k) == "then" and k > c.a and (k + 1 >= c.b or line.tokens[k + 1].kind == "p") for k in range(c.a, c.b)
    )


def _pick(line, c, at):
    """((day, time), doubtful, phrase) of the clause's due date."""
    cands = []
    for d in c.dates:
        if (
            (d.span_only and d.prep != "from")
            or d.owned
            or d.prep in ("until",)
            or (d.prep == "after" and not d.minutes and d.day is not None and line.norm(d.i) == "after")
        ):
            continue
        if d.vague:
            continue
        got = d.due(at)
        if got:
            cands.append((d, got))
    if not cands:
        return None, False, None
    if len(cands) > 1:
        for x, y in itertools.pairwise(cands):
            between = [line.norm(k) for k in range(x[0].j, y[0].i)]
            if between in (["or"], ["/"], ["and"], ["-"]) or (False):
                return None, True, x[0]
        byd = [x for x in cands if x[0].prep in these("by before on at due")]
        whole = [x for x in byd or cands if x[0].day or x[0].minutes]
        if len({x[1] for x in (whole or cands)}) == 1:
            return (whole or cands)[0][1], False, (whole or cands)[0][0]
        if len(whole) == 1:
            d, (day, clock) = whole[0]
            extra = [x for x in cands if x[0] is not d and x[0].day is None and x[0].minutes is None]
            if clock is None and len(extra) == 1:
                clock = extra[0][1][1]
            return (day, clock), False, d
        to = [x for x in cands if x[0].prep == "to" or line.norm(x[0].i - 1) == "to"]
        if len(to) == 1:
            return to[0][1], False, to[0][0]
        if len(byd) == 1:
            return byd[0][1], False, byd[0][0]
        return None, True, cands[0][0]
    return cands[0][1], False, cands[0][0]


# --- one clause ------------------------------------------------------------------------------------


def _step(line, c, clauses, n, events, told, at):
    N = c.norms(line.tokens)
    set(N)
    if c.conditional:
        return None
    if n + 1 < len(clauses) and clauses[n + 1].joint == ":" and len(N) <= 2 and not c.dates and not c.mentions:
        return None  # "Call: Harriet Moss", "Next: …": a heading
    moved = _moved(line, c, N, at, told, n)
    if moved is not None:
        return moved
    subject, lemma, form, aux = c.subject, c.lemma, c.form, set(c.aux)
    if subject is None and c.inherits is not None and lemma and form == "base" and not aux and c.inherits.lemma:
        parent = c.inherits
        while (
            parent.subject is None
            and parent.inherits is not None
            and parent.form == "base"
            and parent.lemma
            and parent.joint == "and"
        ):
            parent = parent.inherits
        if (
            parent.buyer
            and (set(parent.aux) & (FUTURE | {"to", "should", "must"}) or parent.form == "s")
            and c.joint == "and"
        ):
            subject, aux = parent.subject, set(parent.aux)
            return _promise(line, c, N, at, subject, aux, lemma, form, events)
    if n in told:
        return _booked(line, c, N, at, events, told_here=True) if c.lemma not in w.RETRY else None
    if (
        (subject in (None, "thing", "person", "company", "role", "deal") and c.verb_at < 0)
        or (subject == "person" and form == "base" and not aux and (lemma in NOUNISH) and not _several(line, c))
        or (subject in ("person", "company") and lemma == "meet" and form == "ing" and not aux)
    ):
        return _noun_step(line, c, N, at, clauses, n)
    if subject in ("me", None):
        return _mine(line, c, N, at, subject, aux, lemma, form, events, clauses, n)
    if subject in ("they", "person", "company", "role"):
        return _promise(line, c, N, at, subject, aux, lemma, form, events)
    if subject in ("thing", "it", "deal"):
        return _thing(line, c, N, at, aux, lemma, form)
    return None


def _mine(line, c, N, at, subject, aux, lemma, form, events, clauses, n):
    s = set(N)
    if subject is None and aux & {"will", "'ll"} and n and clauses[n - 1].buyer and clauses[n - 1].joint != "":
        # "he was in a meeting, will call back": who? "…, will ping me thurs": they
        if s & {"me", "us"}:
            return _promise(line, c, N, at, "they", aux, lemma, form, events)
        if (
            lemma in w.RETRY
            and not c.mentions
            and line.norm(c.verb_at + 1) in ("back", "")
            and clauses[n - 1].lemma in (None, "be")
        ):
            return None
    if lemma == "be" or (c.negative and not (lemma == "forget" or "forget" in s)):
        return None
    if (
        lemma == "do"
        and "to" in aux
        and subject is None
        and (line.norm(c.verb_at + 1) in ("for", "list", "") or c.verb_at + 1 >= c.b)
    ):
        return None  # "to do for Zephyr:"
    if c.quoted and subject == "me":
        return _promise(line, c, N, at, "they", aux, lemma, form, events)
    if lemma in ("owe",) and subject == "me":
        return _make(line, c, at, "me", c.verb_at + 1, events)
    if "would" in aux or "'d" in aux:
        if not c.reported and not (n and clauses[n - 1].lemma in REPORTING and clauses[n - 1].subject in ("me", None)):
            return None
        return _make(line, c, at, "me", c.verb_at, events)
    if aux & these("might may could can did was were meant supposed"):
        return None
    if "have" in aux and form == "past":
        return None
    if (lemma == "forget" and c.negative) or ("forget" in s and s & {"n't", "not"}):
        k = next((x for x in range(c.a, c.b) if line.norm(x) == "to"), None)
        return _make(line, c, at, "me", k + 1, events) if k else None
    if (lemma == "remember" and form == "base") or (
        lemma == "remind" and line.norm(c.verb_at + 1) in ("me", "us") and form == "base"
    ):
        k = next((x for x in range(c.verb_at, c.b) if line.norm(x) == "to"), None)
        if k is None:
            k = next((x for x in range(c.verb_at, c.b) if line.norm(x) in ("re", "about")), None)
        return _make(line, c, at, "me", (k if k is not None else c.verb_at + 1) + 1, events)
    if lemma in these("need want have get plan hope aim intend mean") and form in ("base", "ing"):
        k = next((x for x in range(c.verb_at, min(c.verb_at + 3, c.b)) if line.norm(x) == "to"), None)
        if k is not None and lemma_as(line.norm(k + 1), "base") and lemma in these("need have plan aim want intend"):
            return _make(line, c, at, "me", k + 1, events)
        if lemma == "need" and _pick(line, c, at)[0]:
            x = next((y for y in range(c.a, c.b) if line.norm(y) == "from"), None)
            if x is not None and ((x + 1) in line.mention_at or line.norm(x + 1) in _SOURCES):
                return _make(line, c, at, "them", c.verb_at + 1, events)
        if lemma in ("need", "want"):
            return None
        if lemma in ("have", "hope", "mean"):
            return _booked(line, c, N, at, events)
    if (lemma == "wait" and form in ("base", "ing", "past")) or lemma == "await":
        return _waiting(line, c, at, events)
    if lemma == "expect" and form in ("ing", "base"):
        return _waiting(line, c, at, events)
    if (
        lemma
        in these("close win land sign add mark update change set bump move push cut raise increase reduce drop lower")
        and (c.money or lemma in these("close win land sign mark"))
        and any(m.deals or m.prospects for m in c.mentions)
    ):
        return None
    if form == "base":
        if lemma in ("let",) and line.norm(c.verb_at + 1) == "'s":
            return None
        if (
            lemma in these("thank like love hope think know guess believe feel see be do")
            and not aux & (FUTURE | DUTY)
            and not (lemma in ("do", "see") and (c.dates or subject is None))
        ):
            return None
        if (
            subject == "me"
            and not aux
            and not c.dates
            and lemma not in these("send owe call email chase get book check quote ring prep prepare draft")
        ):
            return None
        if lemma in ("walk", "lose", "win") and not c.dates:
            return None
        if aux & {"'m"}:
            return None
        if not _order_like(line, c, N):
            return None
        return _make(line, c, at, "me", c.verb_at, events)
    if form == "ing":
        if aux & {"was", "were", "been", "have"}:
            return None
        picked = _pick(line, c, at)
        if (
            (picked[0] and ahead(picked[2], at))
            or (aux & {"'m", "am", "are", "'re"} and picked[0])
            or (picked[0] and picked[0][0] >= at.date() and not _past_day(picked[2], at))
        ):
            if (
                lemma in these("close move push walk go look wait be slip")
                and subject is None
                and lemma in ("close", "slip")
            ):
                return None
            return _make(line, c, at, "me", c.verb_at, events)
        return None
    if form == "past":
        k = c.verb_at + 1
        if lemma == "promise" and (k in line.mention_at or line.norm(k) in w.OBJECTS - {"it"}):
            return _make(line, c, at, "me", k, events)
        if lemma == "agree" and line.norm(k) == "with":
            to = next((x for x in range(k, c.b) if line.norm(x) == "to" and lemma_as(line.norm(x + 1), "base")), None)
            if to is not None:
                return _make(line, c, at, "me", to + 1, events)
        return _booked(line, c, N, at, events)
    return None


def _past_day(d, at):
    return d.only == "past"


# "cc claire", "use his email": told to no one as a task
_NO_TASK = frozenset(
    "cc use note keep mind see watch intro like love want need hope thank thanks have be say think know guess bet "
    "mean look1 win lose walk back land cost matter last stay remain seem appear sound feel turn1 depend "
    "belong happen occur result fail stall hang bounce ghost vanish freeze worry complain balk understand forget "
    "ok okay appreciate enjoy begin become quit stand believe doubt suspect".split()
)
_PHRASAL = frozenset(
    {
        ("touch", "base"),
        ("follow", "up"),
        ("check", "in"),
        ("check", "back"),
        ("catch", "up"),
        ("circle", "back"),
        ("reach", "out"),
        ("report", "back"),
        ("look", "at"),
        ("look", "into"),
        ("sync", "up"),
        ("hand", "over"),
        ("close", "out"),
        ("walk", "through"),
        ("go", "over"),
        ("order", "samples"),
        ("book", "room"),
        ("chase", "up"),
        ("price", "up"),
        ("plan", "for"),
        ("work", "on"),
        ("work", "out"),
        ("pass", "on"),
        ("log", "on"),
        ("talk", "to"),
        ("talk", "with"),
        ("chat", "to"),
        ("chat", "with"),
        ("sort", "out"),
        ("set", "up"),
        ("set", "reminder"),
        ("raise", "it"),
        ("start", "on"),
        ("process", "order"),
        ("test", "drive"),
        ("contact", "again"),
        ("watch", "for"),
        ("watch", "out"),
    }
)


def _order_like(line, c, N):
    """Not a noun in disguise: "price list", "call centre", "test plan ok"."""
    x = line.norm(c.verb_at)
    nxt = line.norm(c.verb_at + 1)
    if x == "see" and c.dates and c.mentions:
        return True
    if x in _NO_TASK and not (c.aux or c.subject == "me"):
        return False
    if c.aux or c.subject:
        return True
    if (x, nxt) in _PHRASAL or x in ("do", "put", "read"):
        return True
    if (
        x in NOUNISH
        and nxt
        and (c.verb_at + 1) not in line.covered
        and (c.verb_at + 1) not in line.dated
        and c.verb_at + 1 < c.b
    ):
        if (
            nxt in w.OBJECTS
            or nxt in w.DETERMINERS
            or nxt
            in these("back again up in on with for to re about if when at out off over both everyone then around round")
        ):
            return True
        if line.tokens[c.verb_at + 1].capital or not is_ordinary(nxt):
            return True
        if x in these(
            "call ring phone email mail text message draft check review update print order post "
            "file log invoice need plan share ship test answer clear run set fix process"
        ):
            return (
                bool(c.dates)
                or nxt in w.ROLES
                or x
                in these(
                    "email draft check review update share order file log print ship fix post call ring "
                    "phone run set test answer"
                )
            )
        return False
    return True


def _promise(line, c, N, at, subject, aux, lemma, form, events):
    s = set(N)
    if lemma is None:
        return None
    k = c.verb_at
    nxt = line.norm(k + 1)
    if c.negative:
        return None
    if s & these("might may maybe perhaps possibly could") & (set(c.aux) | {line.norm(x) for x in range(c.a, k + 2)}):
        return None
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
        if lemma not in _DEEDS and not _pick(line, c, at)[0]:
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
        and lemma_as(line.norm(j), "base") in CALLING | {"try", "chase", "follow"}
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


def _waiting(line, c, at, events):
    """ "waiting on Tariq to send the chart", "expecting the PO by fri"."""
    k = c.verb_at + 1
    while line.norm(k) in these("for on to hear from back still"):
        k += 1
    to = next((x for x in range(k, c.b) if line.norm(x) == "to" and lemma_as(line.norm(x + 1), "base")), None)
    picked = _pick(line, c, at)
    if to is not None:
        return _make(line, c, at, "them", to + 1, events)
    if picked[0]:
        return _make(line, c, at, "them", k, events)
    return None


def _thing(line, c, N, at, aux, lemma, form):
    """ "demo is on thurs", "contract due fri from legal", "meeting set for 3/9", "PO should be here by fri"."""
    set(N)
    subject = [line.norm(k) for k in range(*c.subject_at)] if c.subject_at else []
    if c.negative or set(subject) & these("their his her its old"):
        return None
    if set(subject) & (w.MEETING_NOUNS | w.CALL_NOUNS | {"followup", "appointment"}) and not set(subject) & {"board"}:
        picked = _pick(line, c, at)
        if (
            picked[0]
            and (ahead(picked[2], at))
            and ((form == "past" and lemma in _BOOKING | {"schedule", "move", "reschedule"}) or lemma in (None, "be"))
        ):
            return _make(line, c, at, "me", c.a, [])
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
    if told_here and lemma not in _BOOKING:
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


def _strip_tail(words):
    while words.lower().endswith((" to", " from", " back", " until", " for", " at", " on")):
        words = words[: words.rstrip().rfind(" ")]
    return words


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
    if (free[0] in _AVAILABLE and free[:2] != ["back", "to"]) or set(free) & these("date close closing golive launch"):
        return None
    if s & w.EXCUSES & these("holiday hols leave vacation ooo away sick") and not s & w.MEETING_NOUNS:
        return None
    if (free[0] in ("back", "out", "off") and free[:2] != ["back", "to"]) or any(
        lemma_as(x, "past")
        and not lemma_as(x, "base")
        and x not in these("booked scheduled confirmed agreed signed revised updated set due pencilled arranged")
        for x in free
    ):
        return None
    if c.money and not s & (w.MEETING_NOUNS | w.DOCUMENTS):
        return None
    origin = next((k for k in range(c.a, c.b) if line.norm(k) == "from"), None)
    if origin is not None:
        whom = line.norm(origin + 1)
        if whom in ("us", "me", "our"):
            return _make(line, c, at, "me", c.a, [])
        if whom in ("them", "him", "her", "their") or (
            (origin + 1) in line.mention_at and not s & (w.MEETING_NOUNS | w.CALL_NOUNS)
        ):
            return _make(line, c, at, "them", c.a, [])
    owner = "them" if s & {"due", "expected"} and (s & {"from"} or (n and clauses[n - 1].buyer)) else "me"
    if len(free) > 8:
        return None
    if not todo and len(free) >= 6 and not s & (w.MEETING_NOUNS | w.CALL_NOUNS | w.DOCUMENTS) and "to" not in free:
        return None
    return _make(line, c, at, owner, c.a, [])


_MONTHLIKE = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec".split()
)


def _own(line, c):
    return any(line.norm(k) in ("to",) for k in range(c.a, c.b))


def _todo_heading(line, c):
    N = c.norms(line.tokens)
    return bool(these("todo todos next action actions me steps") & set(N)) and len(N) <= 4


# --- making it ---------------------------------------------------------------------------------------


def _make(line, c, at, owner, k, events):
    picked, doubt, _d = _pick(line, c, at)
    lemma = lemma_as(line.norm(k), "base", "s", "ing") if k < c.b and k not in line.covered else None
    words = _words(line, c, k)
    kind = _kind(line, c, k, lemma, owner, events)
    if not words:
        if picked is None:
            return None
        words = {"call": "call", "email": "email", "meeting": "meeting", "message": "message"}.get(kind, "")
        if not words:
            return None
    step = Step(owner, kind, words, span=_place(line, c))
    if picked and not doubt:
        step.due_on, step.due_time = picked
    return step, doubt


def _place(line, c):
    return line.tokens[c.a].start, line.tokens[c.b - 1].end


def _words(line, c, k):
    """The step in the seller's words: the clause from k on without its date, spelt out where it was shorthand."""
    out = []
    x = k
    drop = set()
    for d in c.dates:
        if not d.owned and (d.due(line.at) is not None or d.vague):
            drop.update(range(d.i, d.j))
    started = False
    while x < c.b:
        t = line.tokens[x]
        if x in drop or t.norm in ("(", ")") or (t.kind == "p" and not started and t.norm not in ("$", "€", "£")):
            x += 1
            continue
        if (
            not started
            and t.norm
            in these("then also please pls and so just to that 1 2 3 next step todo action i we will 'll with")
            and x not in line.covered
        ):
            x += 1
            continue
        started = True
        if t.norm == "cb" or (t.norm == "callback" and not out):
            out.append("call back")
        elif t.kind in ("p",) and t.norm in these(", . ! ? : '"):
            if out and t.glued:
                out[-1] += t.raw
        elif t.glued and x > k and out and x - 1 not in drop and line.tokens[x - 1].norm != "'s":
            between = line.text[line.tokens[x - 1].end : t.start]
            out[-1] += between + t.raw
        elif t.glued and out and t.norm.startswith("'"):
            out[-1] += t.raw
        else:
            if t.glued and x > k and x - 1 not in drop and out:
                out[-1] += line.text[line.tokens[x - 1].end : t.start] + t.raw
            else:
                out.append(t.raw)
        x += 1
    words = " ".join(out).strip(" -–—,.;:!?/")
    while words and words.rsplit(" ", 1)[-1].lower() in these(
        "by on at for until before then and latest around in or @ from to the due ("
    ):
        if " " not in words:
            words = ""
            break
        words = words.rsplit(" ", 1)[0].rstrip(" ,-–—")
    return words[:300]


def _kind(line, c, k, lemma, owner, events):
    N = [line.norm(x) for x in range(k, c.b)]
    s = set(N)
    N[1] if len(N) > 1 else ""
    if lemma in these("send drop shoot fire write give ping reply resend forward fwd"):
        if s & {"email", "mail", "e-mail"} or lemma in ("reply", "forward", "fwd"):
            return "email"
        if s & these("text whatsapp sms linkedin dm msg message") or lemma == "ping":
            return "message"
        if lemma == "give" and s & these("call ring bell buzz shout"):
            return "call"
        if s & {"invite"} and s & w.MEETING_NOUNS:
            return "todo"
        return "todo"
    if lemma in CALLING or lemma == "call" or "cb" in N[:1]:
        return "call"
    if lemma in ("speak", "talk") and owner == "me":
        return "call"
    if lemma in MAILING:
        return "email"
    if lemma in MESSAGING:
        return "message"
    if lemma in MEETING or lemma in ("see",):
        return "meeting"
    if lemma == "try" and owner == "me":
        if events and events[-1].kind in ("email", "message"):
            return "todo"
        return "call"
    first = next((x for x in N if x in w.MEETING_NOUNS | w.CALL_NOUNS | {"email", "followup"}), None)
    verbish = (
        lemma is not None
        and c.verb_at == k
        and lemma
        not in these("book schedule arrange set have confirm plan host do get meet join attend organise grab go run")
    )
    if not verbish and first:
        if first in w.CALL_NOUNS:
            return "call" if not s & {"zoom", "teams", "video"} else "meeting"
        if first in w.MEETING_NOUNS:
            if lemma in these("book schedule arrange set organise confirm plan") and c.form == "base":
                return "meeting"
            return "meeting"
    return "todo"


__all__ = ["FORMS", "length", "read"]
