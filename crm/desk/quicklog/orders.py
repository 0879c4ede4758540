"""What I told myself to do: orders, "need to", "will", "I owe"."""

from . import words as w
from .clauses import REPORTING
from .events import ahead
from .making import _BOOKING, FUTURE, _make, _pick
from .ordinary import is_ordinary
from .plans import _noun_step
from .promises import _booked, _promise, _waiting
from .these import these
from .verbs import NOUNISH, lemma_as

DUTY = frozenset("to must should need needs gotta has have due".split())


_SOURCES = frozenset("them him her legal procurement finance their his purchasing it".split())


_IDLE = frozenset(
    "believe hope like love know guess bet feel doubt wonder stay remain suppose imagine assume trust "
    "enjoy miss".split()
)
_THEIR_DEEDS = frozenset(
    "confirm revert sign countersign return forward fwd check discuss decide pass advise let".split()
)
_OUR_PAPERS = frozenset("quote quotation proposal pricing deck brochure estimate demo invoice slides".split())


def _idle(line, c, lemma):
    """ "we'll see", "will leave her be", "I'll think about it", "giving up for today": nothing is due."""
    k = c.verb_at
    nxt, after = line.norm(k + 1), line.norm(k + 2)
    if lemma in _IDLE and not c.dates:
        return True
    if lemma == "see" and not (c.mentions or c.dates) and nxt not in ("him", "her", "them"):
        return True
    if lemma == "see" and nxt in these("how if what whether where"):
        return True
    if lemma == "think" and not c.dates:
        return True
    if lemma in ("leave", "let") and (
        (
            nxt in w.OBJECTS | {"that", "this"}
            and after in these("be alone at there to it sit lie for go stew until till with")
        )
        or (c.mentions and {line.norm(x) for x in range(k + 1, c.b)} & these("alone be stew sit lie"))
    ):
        return True
    if line.norm(c.b - 2) == "for" and line.norm(c.b - 1) == "now":
        return True
    if c.form == "ing" and line.norm(c.b - 1) in these("today tonight now") and line.norm(c.b - 2) == "for":
        return True
    return (lemma, nxt) in _GIVING_UP


_GIVING_UP = frozenset(
    {("give", "up"), ("call", "it"), ("knock", "off"), ("move", "on"), ("let", "go"), ("sign", "off"), ("head", "home")}
)


def _mine(line, c, N, at, subject, aux, lemma, form, events, clauses, n):
    s = set(N)
    if lemma and _idle(line, c, lemma):
        return None
    if (
        subject is None
        and c.inherits is not None
        and c.inherits.subject in ("deal", "company", "it", "thing")
        and lemma in these("close land sign complete finalise go come slip")
        and aux & (FUTURE | DUTY)
    ):
        return None  # "the deal has gone up and should close by …"
    if (
        subject is None
        and aux & {"will", "'ll"}
        and n
        and clauses[n - 1].buyer
        and lemma == "come"
        and line.norm(c.verb_at + 1) == "back"
    ):
        return _promise(line, c, N, at, "they", aux, lemma, form, events)  # "Nadia has it, will come back mon"
    if (
        subject is None
        and aux & {"will", "'ll"}
        and n
        and clauses[n - 1].buyer
        and clauses[n - 1].form == "past"
        and lemma in _THEIR_DEEDS
        and any(n - 1 in e.clauses and e.direction == "in" for e in events)
        and not s & _OUR_PAPERS
    ):
        return _promise(line, c, N, at, "they", aux, lemma, form, events)  # "Roberta emailed, will forward …"
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
    if "have" in aux and form == "past" and lemma != "promise":
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
        if lemma == "have" and aux & FUTURE and _pick(line, c, at)[0] and s & these("to with over ready back done out"):
            return _make(line, c, at, "me", c.verb_at, events)
        if lemma in ("have", "hope", "mean"):
            return _booked(line, c, N, at, events)
    if (lemma == "wait" and form in ("base", "ing", "past")) or lemma == "await":
        return _waiting(line, c, at, events, clauses, n)
    if lemma == "expect" and form in ("ing", "base"):
        return _waiting(line, c, at, events, clauses, n)
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
        if aux & {"'m", "am", "'re", "are"} and "to" not in aux:
            return None
        if lemma == "make" and c.money and line.norm(c.verb_at + 1) in ("it", "that"):
            return None  # "and make it 152k"
        if not _order_like(line, c, N):
            return _noun_step(line, c, N, at, clauses, n) if c.dates and subject is None and not aux else None
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


def _thing(line, c, N, at, aux, lemma, form):
    """ "demo is on thurs", "contract due fri from legal", "meeting set for 3/9", "PO should be here by fri"."""
    set(N)
    subject = [line.norm(k) for k in range(*c.subject_at)] if c.subject_at else []
    if c.negative or set(subject) & these("their his her its old"):
        return None
    if (
        set(aux) & these("needs need has must should gotta")
        and lemma in these("go be get reach")
        and _pick(line, c, at)[0]
        and set(N) & (w.DOCUMENTS | these("samples contract email reply draft"))
        and {line.norm(x) for x in range(c.verb_at + 1, c.b)} & these("to with over out sent back done ready finished")
        and not set(N) & these("from us signed")
    ):
        return _make(line, c, at, "me", c.a, [])  # "deck needs to go to Mick by wed"
    papers = set(subject) & (w.DOCUMENTS | these("samples contract reply answer feedback"))
    if papers and set(aux) & {"will", "'ll"} and lemma in these("come arrive follow") and _pick(line, c, at)[0]:
        return _make(line, c, at, "them", c.a, [])  # "PO will come from Suresh by the 15th"
    if set(subject) & (w.MEETING_NOUNS | w.CALL_NOUNS | {"followup", "appointment"}) and not set(subject) & {"board"}:
        picked = _pick(line, c, at)
        if (
            picked[0]
            and (ahead(picked[2], at))
            and ((form == "past" and lemma in _BOOKING | {"schedule", "move", "reschedule"}) or lemma in (None, "be"))
        ):
            return _make(line, c, at, "me", c.a, [])
    return None
