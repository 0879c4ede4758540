"""Cuts a line into clauses and finds in each who does what.

Sellers use commas, colons, slashes, "then", "and", or nothing at all (dictation). Where there is no
punctuation a new clause begins with a new subject and its verb, with an outcome ("no answer"), or with
an order to oneself ("call him monday").
"""

from dataclasses import dataclass, field
from typing import Optional

from . import words as w
from .ordinary import is_ordinary
from .these import these
from .verbs import CALLING, FORMS, LEMMAS, MAILING, MEETING, MESSAGING, NOUNISH, TALKING, lemma_as

REPORTING = frozenset(
    (
        "say tell reckon think confirm mention agree promise explain believe note swear state "
        "claim insist warn admit hear know ask hope expect"
    ).split()
)
_CONTACT = CALLING | MAILING | MESSAGING | MEETING | TALKING | these("try reach catch leave get send lvm")


@dataclass(slots=True)
class Clause:
    """Tokens [a:b). `subject`: me, they, person, company, deal, role, thing, stranger, it, you or None."""

    a: int
    b: int
    joint: str = ""  # what came before it: , . : ; dash and then but so implicit ( /
    subject: str | None = None
    subject_at: tuple = ()  # token span of the subject
    aux: tuple = ()  # norms between subject and verb
    negative: bool = False
    lemma: str | None = None
    form: str | None = None  # base, s, past, ing
    verb_at: int = -1
    conditional: bool = False
    reported: bool = False  # follows "she said": tells what somebody said
    dates: list = field(default_factory=list)
    money: list = field(default_factory=list)
    mentions: list = field(default_factory=list)
    outcome: str | None = None
    quoted: bool = False  # in the buyer's own words
    inherits: Optional["Clause"] = None

    def norms(self, tokens):
        return [t.norm for t in tokens[self.a : self.b]]

    @property
    def buyer(self):
        return self.subject in ("they", "person", "company", "role")


class Line:
    """The line's tokens with its names, dates and money, and where each begins."""

    def __init__(self, text, tokens, mentions, dates, money, at):
        self.text, self.tokens, self.at = text, tokens, at
        self.mentions, self.dates, self.money, self.strangers = mentions, dates, money, []
        self.stage_words, self.stages = (), ()
        self.know(())

    def know(self, more):
        """Names found later join the others."""
        self.mentions = sorted([*self.mentions, *more], key=lambda m: m.i)
        mentions, dates, money = self.mentions, self.dates, self.money
        self.mention_at = {m.i: m for m in mentions}
        self.date_at = {d.i: d for d in dates}
        self.inside = set()  # token positions that may not be cut off from the one before
        for x in [*mentions, *dates, *money]:
            self.inside.update(range(x.i + 1, x.j))
        self.covered = {k for x in mentions for k in range(x.i, x.j)}
        for words in self.stages:  # "goal shared" shares nothing
            for k in range(len(self.tokens) - len(words) + 1) if len(words) > 1 else ():
                if all(self.norm(k + x) == words[x] for x in range(len(words))):
                    self.covered.update(range(k, k + len(words)))
        self.dated = {k for x in dates for k in range(x.i, x.j)}

    def norm(self, k):
        return self.tokens[k].norm if 0 <= k < len(self.tokens) else ""

    def is_name(self, k):
        return k in self.covered


def outcome_at(line, k):
    """An outcome in fixed words at token k: (what, next) or None."""
    for words, what in w.OUTCOME_STARTS.get(line.norm(k), ()):
        n = len(words)
        if all(line.norm(k + x) == words[x] for x in range(1, n)):
            if line.norm(k + n) in w.NOT_AFTER_OUTCOME and (
                (words[0] == "no" and what == "no_answer") or what == "busy"
            ):
                return None
            if (
                what == "busy"
                and words == ("engaged",)
                and line.norm(k - 1) in these("is 's very really are highly was more she he")
            ):
                return None
            return what, k + n
    return None


# --- cutting ---------------------------------------------------------------------------------------

_CUTS = {
    ",": ",",
    ";": ";",
    ":": ":",
    ".": ".",
    "!": ".",
    "?": "?",
    "\n": ".",
    "dash": "dash",
    "->": "->",
    ">": "->",
    "/": "/",
    "•": ".",
    "*": ".",
    "|": ".",
    "…": ".",
    "(": "(",
    ")": ")",
    "=": "=",
    '"': ",",
    "“": ",",
    "”": ",",
    "~": ",",
}


def cut(line):
    tokens, n = line.tokens, len(line.tokens)
    clauses, a, joint, quoting = [], 0, "", False

    def close(b, next_joint):
        nonlocal a, joint
        if b > a:
            clauses.append(Clause(a, b, joint, quoted=quoting))
            joint = next_joint
        elif next_joint in (".", "?", ":", ";") or not joint:
            joint = next_joint
        a = b

    k = 0
    ended = -1  # an outcome phrase ends here
    while k < n:
        t = tokens[k]
        if k in line.inside:
            k += 1
            continue
        if t.kind in ("p", "br") and t.norm in _CUTS and not _glue(line, k):
            close(k, _CUTS[t.norm])
            a = k + 1
            if t.norm in ('"', "“", "”"):
                quoting = not quoting
            if t.norm == "?" and clauses:
                clauses[-1].conditional = True  # a question asserts nothing
            k += 1
            continue
        if (
            t.kind == "n"
            and line.norm(k + 1) == ")"
            and tokens[k + 1].glued
            and len(t.norm) < 3
            and not _bracketed(line, k)
        ):
            close(k, ".")  # "1) price list 2) loggers"
            a = k = k + 2
            continue
        if k > a:
            if k == ended:
                close(k, "implicit")
            else:
                j = _joint(line, a, k)
                if j:
                    close(k, j)
        hit = outcome_at(line, k)
        if hit:
            if k > a and _head(line, a, k) and line.norm(k - 1) not in these("said got is was 's a the"):
                close(k, "implicit")
            ended = _with_time(line, hit[1])
            k = max(k + 1, hit[1])
            continue
        k += 1
    close(n, "")
    return [c for c in clauses if any(t.kind in ("w", "n", "a") for t in tokens[c.a : c.b])]


def _with_time(line, k):
    """ "no show for our 2pm": the time belongs to the outcome."""
    j = k
    while line.norm(j) in these("for our the my to at"):
        j += 1
    d = line.date_at.get(j) or line.date_at.get(k)
    return d.j if d and d.i in (j, k) and d.only != "future" and d.time and d.day is None else k


def _bracketed(line, k):
    return any(line.norm(x) == "(" for x in range(max(0, k - 8), k))


def _glue(line, k):
    """Punctuation that cuts nothing: in numbers, abbreviations, slashed words, short brackets."""
    t = line.tokens[k]
    if t.norm == "/":
        return t.glued and k + 1 < len(line.tokens) and line.tokens[k + 1].glued
    if t.norm == ".":
        prev = line.norm(k - 1)
        return t.glued and (
            prev in these("st dr mr mrs ms vs approx no inc ltd co dept e.g")
            and k + 1 < len(line.tokens)
            and line.tokens[k + 1].kind != "br"
            and line.tokens[k + 1].raw[:1].islower() is False
            and prev not in ("no", "co", "inc", "ltd")
        )
    if t.norm == ":":
        return t.glued and k + 1 < len(line.tokens) and line.tokens[k + 1].glued and line.tokens[k - 1].kind == "n"
    if t.norm in ("*", "~", "=", "|"):
        return t.glued
    if t.norm in ("(", ")"):
        return _short_bracket(line, k)
    if t.norm == ",":
        return (
            k > 0
            and line.tokens[k - 1].kind == "n"
            and t.glued
            and k + 1 < len(line.tokens)
            and line.tokens[k + 1].glued
        )
    return False


def _short_bracket(line, k):
    """ "(Globex)", "(45 min)", "(booked)": an aside, part of what it stands in."""
    i = k
    if line.norm(k) == ")":
        i = k - 1
        while i >= 0 and k - i <= 6 and line.norm(i) not in ("(", ")"):
            i -= 1
        if line.norm(i) != "(":
            return False
    j = i + 1
    while j < len(line.tokens) and j - i <= 6 and line.norm(j) != ")":
        j += 1
    if line.norm(j) != ")" or j - i > 5:
        return False
    return (
        all(not lemma_as(line.norm(x), "past", "s") or line.norm(x) == "booked" for x in range(i + 1, j))
        and not any(line.norm(x) in w.SUBJECTS for x in range(i + 1, j))
        and outcome_at(line, i + 1) is None
    )


def _head(line, a, k):
    """Has the clause so far said something: a verb, an event, a name?"""
    return any(x in line.covered or lemma_as(line.norm(x), "past", "s", "base") for x in range(a, k)) or any(
        line.norm(x) in w.MEETING_NOUNS or line.norm(x) in w.VOICEMAIL for x in range(a, k)
    )


def _verb_head(line, a, k):
    return (
        any(
            (
                x not in line.covered
                and x not in line.dated
                and (
                    lemma_as(line.norm(x), "past", "s")
                    or line.norm(x) in w.AUX
                    or (
                        lemma_as(line.norm(x), "base")
                        and (line.norm(x) not in NOUNISH or x == a or line.norm(x - 1) in w.AUX | w.LEAD)
                    )
                )
            )
            or line.norm(x) in ("lvm", "vm")
            for x in range(a, k)
        )
        or outcome_at(line, a) is not None
    )


def _verb_at(line, k):
    """A verb or auxiliary at k, adverbs skipped."""
    for _ in range(3):
        if line.norm(k) in w.ADVERBS and line.norm(k + 1):
            k += 1
    if k in line.covered:
        return False
    return line.norm(k) in w.AUX or line.norm(k) in FORMS or line.norm(k) in ("wanna",)


def _predicate_at(line, k):
    """A promise, plan or report at k: "will send", "'ll", "to send", "is going to", "says", "agreed"."""
    x = line.norm(k)
    for _ in range(2):
        if x in w.ADVERBS:
            k += 1
            x = line.norm(k)
    if x in these("will 'll should owes gonna wants needs has is was 's can must had"):
        return x != "'s" or line.norm(k + 1) in these("going sending getting checking not happy keen to")
    if x == "to":
        return lemma_as(line.norm(k + 1), "base") is not None and line.norm(k + 1) not in w.DETERMINERS
    return (lemma_as(x, "s") is not None and x not in NOUNISH) or lemma_as(x, "past") in REPORTING


def _joint(line, a, k):
    """Does a clause begin at k without punctuation? The joint's name or None."""
    x, prev, nxt = line.norm(k), line.norm(k - 1), line.norm(k + 1)
    if all(
        (y in line.dated and y not in line.covered) or line.norm(y) in w.LEAD or line.tokens[y].kind == "p"
        for y in range(a, k)
    ):
        return None  # "thursday email Derek": the day leads its own clause
    if x in w.CONNECTORS:
        return _connected(line, a, k)
    if line.norm(a) in w.CONNECTORS and k == a + 1:
        return None
    if (
        x in w.ME | w.THEM
        and prev not in w.SUBORDINATE
        and prev not in ("that", "of")
        and (_verb_at(line, k + 1) or k + 1 in line.dated)
    ):
        if prev in these("did do does will would can could should has have is was are") and (True) and k - 1 == a:
            return None
        return "implicit" if _head(line, a, k) or _verb_head(line, a, k) or k - 1 in line.dated or k - a >= 2 else None
    if x in ("please", "pls", "remind") and _head(line, a, k) and lemma_as(nxt, "base"):
        return None if prev in ("please", "pls", "to") else "implicit"
    if (
        lemma_as(x, "past") in MEETING | CALLING | MAILING | MESSAGING
        and not lemma_as(x, "base")
        and k - 1 in line.covered
        and k not in line.covered
        and lemma_as(line.norm(a), "ing")
    ):
        return "implicit"  # "driving back from Pike met Grant"
    m = line.mention_at.get(k)
    if (
        m
        and _verb_head(line, a, k)
        and prev not in w.DETERMINERS
        and not _takes_object(line, k - 1)
        and prev not in these("and with to at from for re of about in on cc or via by")
    ) and _predicate_at(line, m.j):
        return "implicit"
    if ((m and prev == "that") or (m and lemma_as(prev, "past", "s") in ("say", "reckon", "confirm"))) and (
        _predicate_at(line, m.j) or _verb_at(line, m.j)
    ):
        return "implicit"
    if (
        x in w.ROLES
        and lemma_as(prev, "past", "s") in ("say", "reckon", "think", "confirm")
        and _predicate_at(line, k + 1)
    ):
        return "implicit"
    if x in these("the their his her its") and lemma_as(prev, "past", "s") in ("say", "reckon") and k - a >= 1:
        return "implicit"
    if (
        x in ("need", "gotta", "must", "needs")
        and nxt == "to"
        and prev not in w.SUBJECTS
        and k - 1 not in line.covered
        and prev not in ROLE_OR_AUX
        and _verb_head(line, a, k)
        and x == "need"
    ):
        return "implicit"
    if (
        x == "will"
        and k not in line.covered
        and lemma_as(nxt, "base")
        and prev not in w.SUBJECTS
        and _contact_object(line, a, k)
    ):
        return "implicit"
    if x in ("he'll", "she'll"):
        return "implicit"
    lemma = lemma_as(x, "base")
    if lemma and k not in line.covered and k not in line.dated and _order(line, a, k, x, prev, nxt):
        return "implicit"
    if x in ("lvm",) and _verb_head(line, a, k):
        return "implicit"
    if (
        x == "left"
        and prev not in w.SUBJECTS
        and prev not in w.AUX
        and _verb_head(line, a, k)
        and prev not in w.ADVERBS
        and not (k - 1 in line.covered and not _contact_object(line, a, k))
        and any(line.norm(y) in w.LEFT_THINGS for y in range(k + 1, min(k + 6, len(line.tokens))))
    ):
        return "implicit"
    return None


ROLE_OR_AUX = w.AUX | w.ROLES | {"to", "not"}


def _contact_object(line, a, k):
    """The name right before k is the object of a contact verb: "rang Liam" + "will try again"."""
    m = next((m for m in line.mentions if m.j == k), None)
    if not m:
        return False
    return any(lemma_as(line.norm(x), "past", "base") in _CONTACT for x in range(a, m.i)) or line.norm(a) == "lvm"


def _takes_object(line, k):
    x = line.norm(k)
    return k not in line.covered and (
        (lemma_as(x, "base", "past", "ing") is not None and x not in w.LEAD) or x in ("lvm", "and", ",")
    )


_TASKS = CALLING | MAILING | MESSAGING | these("check visit review demo quote follow contact update followup")


def _order(line, a, k, x, prev, nxt):
    """Is the base form at k an order to oneself that begins a clause?"""
    if not _head(line, a, k) and not _verb_head(line, a, k) and k - 1 not in line.dated:
        return False
    if (
        prev in these("to n't not please pls don't never and or")
        or prev in w.MODALS
        or prev in w.DETERMINERS
        or prev in w.SUBJECTS
        or (prev in w.OBJECTS and _lets(line, a, k))
        or prev in these("do did does let help make go come s")
    ):
        return False
    if prev in w.LEAD and k - 1 == a:
        return False
    if prev == "'s":
        return False
    if not _verb_head(line, a, k) and k - 1 not in line.dated:
        return False
    follows = (
        nxt in w.OBJECTS
        or (k + 1) in line.mention_at
        or nxt in ("again", "back", "up", "over")
        or nxt in w.DETERMINERS
        or (k + 1) in line.date_at
    )
    if x in NOUNISH and x not in _TASKS and k - 1 not in line.dated:
        return False
    if x in NOUNISH:
        if lemma_as(prev, "base", "ing") or prev in these(
            "with for of on in at from a about by next first good quick the re via"
        ):
            return False
        if k - 1 in line.covered or (is_ordinary(prev) and k - 1 not in line.dated):
            return (
                nxt in w.OBJECTS
                or (k + 1) in line.mention_at
                or nxt in ("again", "back")
                or (nxt in ("up",) and x == "follow")
            )
        return follows
    if x in these(
        "send try chase follow remind book schedule prepare arrange confirm ask tell get "
        "nudge bring revisit regroup prep"
    ):
        if x in these("get ask tell bring book") and not follows:
            return False
        return prev not in these("with for of on in at from about re will would") and (
            not lemma_as(prev, "base") or prev in NOUNISH
        )
    return follows and k - 1 in line.dated


def _lets(line, a, k):
    """ "asked her to", "let me know", "help us find": the pronoun before is the verb's subject."""
    return line.norm(k - 2) in these("let make help have had made lets")


def _connected(line, a, k):
    """A clause that begins with and, then, but, so, also, plus."""
    x, nxt = line.norm(k), line.norm(k + 1)
    if k + 1 >= len(line.tokens):
        return None
    if x == "so" and nxt in these("far much many that good long on keen happy"):
        return None
    if line.norm(k - 1) in w.CONNECTORS:
        return None
    j = k + 1
    while line.norm(j) in w.LEAD and j < k + 4:
        j += 1
    y = line.norm(j)
    if j in line.dated and j in line.date_at:
        j = line.date_at[j].j
        y = line.norm(j)
        if lemma_as(y, "base", "past") or y in w.SUBJECTS:
            return x
    if y in w.SUBJECTS and _verb_at(line, j + 1):
        return x
    if outcome_at(line, j):
        return x
    if y in w.MODALS | these("need must gotta left lvm") and j not in line.covered:
        return x
    m = line.mention_at.get(j)
    if m:
        return (
            x
            if (
                (
                    _predicate_at(line, m.j)
                    or lemma_as(line.norm(m.j), "past") is not None
                    or line.norm(m.j) in ("from",)
                )
                and x != "and"
            )
            or (_predicate_at(line, m.j) and line.norm(m.j) != "to")
            or _predicate_at(line, m.j)
            else None
        )
    if lemma_as(y, "past") and y not in ("set", "left") and not (x == "and" and y in ("read", "put", "cut", "let")):
        return x if not _adjective(line, j) else None
    if lemma_as(y, "base") and y not in ("back", "like", "last", "need"):
        if x in these("then so but also plus"):
            return x
        after = line.norm(j + 1)
        if y not in NOUNISH:
            return x
        if (
            after in w.OBJECTS
            or (j + 1) in line.mention_at
            or after in ("again", "back", "up", "on")
            or after in w.DETERMINERS
            or (j + 1) in line.date_at
            or after in ("in",)
        ):
            return x
    if (lemma_as(y, "ing") and x in ("then", "but", "so")) or (x in ("then", "but") and y and is_ordinary(y)):
        return x
    if (
        y in these("the their his her our my")
        and x in ("but", "so", "and")
        and any(line.norm(z) in w.AUX for z in range(j + 1, min(j + 5, len(line.tokens))))
    ):
        return x
    if x == "and" and y == "to" and lemma_as(line.norm(j + 1), "base"):
        return x
    return None


def _adjective(line, j):
    """ "and updated pricing": a participle before a noun."""
    nxt = line.norm(j + 1)
    return (
        lemma_as(line.norm(j), "past") in these("update revise sign agree amend print design price")
        and is_ordinary(nxt)
        and nxt not in w.DETERMINERS
        and nxt not in w.OBJECTS
        and (j + 1) not in line.covered
    )


# --- who does what -----------------------------------------------------------------------------------


def analyse(line, clauses):
    prev = None
    for c in clauses:
        c.dates = [d for d in line.dates if c.a <= d.i < c.b]
        c.money = [m for m in line.money if c.a <= m.i < c.b]
        c.mentions = [m for m in line.mentions if c.a <= m.i < c.b]
        frame(line, c)
        if c.joint in these("and then so but also plus , &") and c.subject is None and prev is not None and c.lemma:
            c.inherits = prev
        if (
            prev is not None
            and prev.lemma in REPORTING
            and prev.verb_at >= 0
            and c.joint in ("implicit", "and", ":", ",")
            and (prev.buyer or prev.subject == "me")
        ):
            c.reported = c.joint == "implicit" or prev.reported
        prev = c


def frame(line, c):
    """Subject, auxiliaries, verb of one clause."""
    k, end = c.a, c.b
    while k < end and (
        (line.norm(k) in w.LEAD and k not in line.covered)
        or line.tokens[k].kind == "p"
        or (k in line.dated and k not in line.covered)
    ):
        if line.norm(k) in ("will",):
            break
        if k in line.date_at:
            k = max(k + 1, line.date_at[k].j)
            continue
        if line.norm(k) in ("next", "call") and line.norm(k + 1) in ("step", "steps"):
            k += 1
        k += 1
    k = _past_adverbial(line, k, end)
    if k >= end:
        return
    if (
        line.norm(k) in these("if unless provided assuming whether")
        or (line.norm(k) == "in" and line.norm(k + 1) == "case")
        or (line.norm(k) in ("had", "were") and line.norm(k + 1) in w.SUBJECTS)
    ):
        c.conditional = True
        k += 1
    if k >= end:
        return
    if any(line.norm(x) in these("if unless whether assuming provided") for x in range(k, end)):
        c.conditional = c.conditional or not _if_nothing(line, c)
    start = k
    x = line.norm(k)
    if x in these("did do does is are has have will can could should") and line.norm(k + 1) in w.THEM | {"they"} | w.ME:
        c.conditional = True  # a question
    m = line.mention_at.get(k)
    if x in w.ME:
        c.subject, k = "me", k + 1
    elif x in w.THEM:
        c.subject, k = "they", k + 1
        if line.norm(k) == "both":
            k += 1
    elif x == "it":
        c.subject, k = "it", k + 1
    elif x == "you":
        c.subject, k = "you", k + 1
    elif x == "let" and line.norm(k + 1) in ("'s", "us"):
        c.subject, k = "me", k + 2
        c.aux = ("will",)
    elif m and line.tokens[k].kind != "a":
        k = _name_subject(line, c, m, end)
    elif x in ("me", "us") and line.norm(k + 1) == "to" and lemma_as(line.norm(k + 2), "base"):
        c.subject, k = "me", k + 1
    elif x in ("nobody", "noone", "none") or (x == "no" and line.norm(k + 1) == "one"):
        c.subject, c.negative, k = "role", True, k + (2 if x == "no" else 1)
        k = _past_origin(line, k, end)
    elif x in ("someone", "somebody", "everyone", "everybody"):
        c.subject, k = "role", k + 1
        if line.norm(k) == "else":
            c.subject, k = "stranger", k + 1
        k = _past_origin(line, k, end)
    elif (
        x in w.DETERMINERS
        or (not lemma_as(x, "base", "past", "ing") and x not in w.AUX and x != "to" and line.tokens[k].kind == "w")
        or _noun_subject(line, k, end)
    ):
        k = _noun_phrase(line, c, k, end)
    if c.subject:
        c.subject_at = (start, k)
    _predicate(line, c, k, end)
    if c.lemma is None and c.subject is None:
        _inner(line, c, start, end)


_ADVERBIALS = [
    tuple(x.split())
    for x in (
        "out of the blue|in the meantime|on the way|as promised|as agreed|as discussed|by the way|"
        "for now|to be fair|good news|bad news|"
        "at last|at long last|in the end|in fact|in principle|no surprise|big news|great news|sad "
        "news|just in|on second thoughts|"
        "after all that|long story short|fingers crossed|as expected|per his request|per her request|"
        "end of the day|so far"
    ).split("|")
]


def _past_adverbial(line, k, end):
    for words in _ADVERBIALS:
        if k + len(words) < end and all(line.norm(k + x) == words[x] for x in range(len(words))):
            k += len(words)
            while k < end and line.tokens[k].kind == "p":
                k += 1
    return k


def _inner(line, c, start, end):
    """No verb where one was looked for: a name and its verb further on ("out of the blue Hannah phoned")."""
    for m in line.mentions:
        if (
            start < m.i < end
            and lemma_as(line.norm(m.j), "past")
            and line.norm(m.i - 1) not in these("with to for at by from re about of")
        ):
            k = _name_subject(line, c, m, end)
            c.subject_at = (m.i, k)
            _predicate(line, c, k, end)
            return


def _if_nothing(line, c):
    """ "chase if no reply", "if nothing by friday, call him": a plan all the same."""
    for x in range(c.a, c.b):
        if line.norm(x) in ("if", "unless"):
            rest = [line.norm(y) for y in range(x + 1, min(x + 6, c.b))]
            return (
                bool(these("no nothing not n't none haven't silence needed necessary poss possible") & set(rest))
                and x > c.a
            )
    return False


def _noun_subject(line, k, end):
    """A noun that is also a verb, followed by a verb: "legal says", "procurement will", "deck gone"."""
    x, nxt = line.norm(k), line.norm(k + 1)
    if (
        x in w.ROLES
        and x not in these("head partner champion sponsor office chair group")
        and (nxt in w.AUX or lemma_as(nxt, "past", "s"))
    ):
        return True
    return (
        x in NOUNISH
        and k + 1 < end
        and (
            nxt in these("is was has will 's")
            or lemma_as(nxt, "past")
            in these("go slip cancel bounce book schedule send sign move come confirm agree set")
        )
    )


def _past_origin(line, k, end):
    if line.norm(k) in ("from", "at", "of", "in"):
        k += 1
        if line.norm(k) in w.DETERMINERS:
            k += 1
        m = line.mention_at.get(k)
        if m:
            return m.j
        while k < end and not lemma_as(line.norm(k), "past", "s") and line.norm(k) not in w.AUX:
            k += 1
    return k


def _name_subject(line, c, m, end):
    """A name as subject, with its company, companions and apposition."""
    kind = (
        "deal"
        if m.deals and not m.contacts and not m.prospects
        else "person"
        if m.contacts or m.unknown == "person"
        else "company"
        if m.prospects or m.unknown == "company"
        else "person"
    )
    if m.deals and m.rank == 9 and not m.contacts and max(m.deals.values()) == 9:
        kind = "deal"
    k = m.j
    for _ in range(4):
        x = line.norm(k)
        m2 = line.mention_at.get(k)
        if m2:
            k = m2.j
        elif (x in these("from at of and / ( @ over") and (k + 1) in line.mention_at) or (
            x == "over" and line.norm(k + 1) == "at"
        ):
            k = line.mention_at[k + 1].j if (k + 1) in line.mention_at else k + 2
            if line.norm(k) == ")":
                k += 1
        elif x in ("from", "at") and k + 1 < end and line.tokens[k + 1].capital:
            k += 2
            while k < end and line.tokens[k].capital and not lemma_as(line.norm(k), "past"):
                k += 1
        elif x == "(":
            while k < end and line.norm(k) != ")":
                k += 1
            k += 1
        elif x == "deal" and kind in ("company", "deal"):
            kind, k = "deal", k + 1
        elif x == "'s" and line.tokens[k].glued and not _be(line, k + 1):
            j = k + 1
            stop = j
            while j < end and j < k + 5:
                y = line.norm(j)
                if (
                    y in w.AUX or (lemma_as(y, "past", "s") and y not in ("cost", "set", "needs")) or j in line.dated
                ) and j > k + 1:
                    stop = j
                    break
                j += 1
            else:
                stop = j if j >= end else k + 2
            head = line.norm(stop - 1)
            c.subject = "role" if head in w.ROLES else "deal" if head in ("deal", "renewal", "order") else "thing"
            return min(stop, end)
        else:
            break
    c.subject = kind
    # "trident PO came in", "Larkfield procurement pushed": the name only tells whose
    j = k
    while j < min(end, k + 3) and _plain_noun(line, j):
        j += 1
    if (
        j > k
        and j < end
        and (line.norm(j) in w.AUX or lemma_as(line.norm(j), "past", "s"))
        and kind in ("company", "deal")
    ):
        head = line.norm(j - 1)
        c.subject = (
            "role" if head in w.ROLES else "deal" if head in these("deal renewal contract order po") else "thing"
        )
        return j
    return min(k, end)


def _plain_noun(line, j):
    x = line.norm(j)
    return (
        line.tokens[j].kind == "w"
        and j not in line.covered
        and j not in line.dated
        and x not in w.AUX
        and x not in w.ADVERBS
        and x not in w.LEAD
        and x not in w.SUBJECTS
        and x not in these("to into in at with on for from no not up down back by of re about both all n't 's")
        and not (lemma_as(x, "past", "s") and not is_ordinary(x))
        and (not FORMS.get(x) or x in NOUNISH or x in w.ROLES)
    )


def _be(line, k):
    """After "'s": is it "is"? "Lorna's sending", "Dana's happy", "Piotr's going to"."""
    x = line.norm(k)
    return lemma_as(x, "ing") is not None or x in these(
        "going gonna not on out off in a the very really happy keen still back been just got "
        "away up down to ok fine away sick busy agreed said asked sent gone left moved signed "
        "called emailed good sold ready due interested sorted n't also now only"
    )


def _noun_phrase(line, c, k, end):
    """ "the CFO", "their legal team", "procurement", "deck": as far as the verb, if there is one."""
    j = k + 1 if line.norm(k) in w.DETERMINERS else k
    stop = None
    for y in range(j, min(j + 7, end)):
        x = line.norm(y)
        if y in line.dated and y in line.date_at and y > j:
            break
        if line.tokens[y].kind == "p" and x not in ("(", ")"):
            break
        if y > k and y > j and y not in line.covered:
            if (x in w.AUX and x not in ("'s",)) or (x == "'s" and _be(line, y + 1)) or x == "'ll":
                stop = y
                break
            if x == "to" and lemma_as(line.norm(y + 1), "base") and line.norm(y - 1) in w.ROLES:
                stop = y
                break
            if (
                lemma_as(x, "past", "s")
                and not (
                    lemma_as(x, "s")
                    and x
                    not in these(
                        "says wants needs sends likes loves goes looks comes owes thinks replies signs gets "
                        "works ends starts runs agrees reckons keeps"
                    )
                    and (
                        line.norm(y - 1) in w.DETERMINERS
                        or (is_ordinary(line.norm(y - 1)) and line.norm(y - 1) not in w.ROLES)
                    )
                )
                and not (lemma_as(x, "past") and line.norm(y - 1) in w.DETERMINERS)
            ):
                stop = y
                break
        if x in these("with for about re that which w") and y > j:
            break
    if stop is None:
        return k
    head = [line.norm(y) for y in range(j, stop)]
    last = next((m for m in line.mentions if m.j == stop), None)
    if (
        last
        and (last.contacts or last.unknown == "person")
        and last.i > j
        and line.norm(last.i - 1) not in these("with to for from by of about")
    ):
        c.subject = "person"
        return stop
    inside = [line.mention_at[y] for y in range(j, stop) if y in line.mention_at]
    if any(h in w.STRANGERS for h in head) and line.norm(k) in ("a", "an", "some", "another"):
        c.subject = "stranger"
    elif any(h in ("deal", "opportunity", "opp", "renewal") for h in head) or (
        inside and inside[-1].deals and not inside[-1].contacts
    ):
        c.subject = "deal"
    elif head[-1:] and any(h in w.MEETING_NOUNS for h in head):
        c.subject = "thing"
    elif any(h in w.ROLES for h in head) and line.norm(k) not in ("my", "our"):
        c.subject = "role"
    elif inside and inside[0].prospects:
        c.subject = "company"
    else:
        c.subject = "thing"
    return stop


def _predicate(line, c, k, end):
    """Auxiliaries, negation and main verb from k on."""
    aux = list(c.aux)
    while k < end:
        x = line.norm(k)
        if k in line.covered and not (x in w.MODALS and not line.tokens[k].capital and c.subject):
            break
        if x in ("n't", "not", "never"):
            c.negative = True
        elif x in w.AUX and not (
            x in these("has have had 've do does did need needs is was be are") and not _verb_follows(line, k + 1, end)
        ):
            aux.append(x)
        elif x == "to" and (c.subject or aux or c.lemma is None) and lemma_as(line.norm(k + 1), "base"):
            aux.append("to")
        elif x == "going" and line.norm(k + 1) == "to":
            aux.append("going")
        elif (
            x in these("meant supposed due able about ready happy keen hoping planning looking trying")
            and line.norm(k + 1) == "to"
        ):
            aux.append(x)
        elif x in w.ADVERBS and (aux or c.subject):
            pass
        elif x in ("gonna", "gotta"):
            aux.append(x)
        elif (
            x == "got" and line.norm(k + 1) == "to" and lemma_as(line.norm(k + 2), "base") and c.subject in (None, "me")
        ):
            aux.append("gotta")
            k += 1
        elif k in line.date_at and k not in line.covered:
            k = line.date_at[k].j
            continue
        else:
            break
        k += 1
    c.aux = tuple(aux)
    if k >= end:
        return
    x = line.norm(k)
    if k in line.covered and c.subject is None:
        return
    found = FORMS.get(x)
    if not found:
        # a verb in no table: what follows "will" or "to" can be nothing else
        if (
            these("will 'll to going gonna") & set(aux[-1:])
            and line.tokens[k].kind == "w"
            and k not in line.covered | line.dated
            and x not in w.DETERMINERS | w.OBJECTS
            and len(x) > 2
            and x not in these("back then there here also call1")
        ):
            c.lemma, c.form, c.verb_at = x, "base", k
        return
    kinds = {kind: lemma for lemma, kind in found}
    modal = any(a in w.MODALS | these("to do does did gonna gotta") for a in aux) and not (
        "have" in aux or "'ve" in aux
    )
    if modal and "base" in kinds:
        form = "base"
    elif any(a in these("is are was were 's 're 'm am be been") for a in aux) and "ing" in kinds:
        form = "ing"
    elif any(a in these("has have had 've 's 'd is was been are were") for a in aux) and "past" in kinds:
        form = "past"
    elif c.subject is None and not aux and "base" in kinds and "past" in kinds:
        form = "past" if x in these("read hit quit put cost beat") else "base"
    elif "past" in kinds:
        form = "past"
    elif c.subject in these("they person company role thing it deal") and "s" in kinds:
        form = "s"
    elif "base" in kinds and (c.subject in (None, "me", "they", "you", "role", "person", "company") or aux):
        form = "base"
    elif "ing" in kinds:
        form = "ing"
    elif "s" in kinds and c.subject is None:
        form = "s"
    else:
        form = next(iter(kinds))
    if c.subject is None and not aux and form == "base" and x in NOUNISH and _noun_here(line, k, end):
        return
    c.lemma, c.form, c.verb_at = kinds[form], form, k
    if line.norm(k + 1) in ("n't", "not") or (line.norm(k + 1) == "no" and c.lemma in ("get", "have")):
        c.negative = c.negative or line.norm(k + 1) != "no"


def _noun_here(line, k, end):
    """ "call with Dana", "email from Lena", "demo booked", "order form mon": a noun at the head of the clause."""
    x, nxt = line.norm(k), line.norm(k + 1)
    if x == "close" and (nxt in these("for is of date on") or (k + 1) in line.dated):
        return True
    if x in w.MEETING_NOUNS | w.CALL_NOUNS and any(
        line.norm(y) in these("was went is were has") for y in range(k + 1, end)
    ):
        return True  # "demo for Sunita on Friday was a hit"
    if k + 1 < end and line.tokens[k + 1].kind == "n" and (k + 1) not in line.dated and x in ("call", "visit", "demo"):
        return True  # "call 20m"
    if k + 1 >= end:
        return False
    if nxt in these(
        "with from scheduled booked is was of w done sent in confirmed set agreed cancelled moved went bounced"
    ):
        return (
            x not in these("followup follow check touch work talk chat look help call sync catch")
            or (nxt == "from" and x in ("call", "email", "text", "message"))
            or (nxt in ("with",) and x in ("call", "chat", "demo", "talk"))
            or nxt in these("scheduled booked is was done confirmed set cancelled moved went")
            or (x == "call" and nxt == "in")
        )
    if x in MESSAGING and nxt in w.MESSAGE_NOUNS | w.CALL_NOUNS | {"request", "note", "connection"}:
        return True
    if nxt in ("to",) and x in these("email mail text message msg dm reply"):
        return True
    return bool(
        x
        in these(
            "demo visit trial pilot tender budget sample spec order price quote invoice test plan "
            "review print process design record"
        )
        and k + 1 not in line.mention_at
        and nxt not in w.OBJECTS
        and nxt not in w.DETERMINERS
        and nxt not in ("for", "up")
    )


def _verb_follows(line, k, end):
    for y in range(k, min(k + 4, end)):
        x = line.norm(y)
        if x in w.ADVERBS or x in these("n't not to been going be meant supposed"):
            continue
        return y not in line.covered and (lemma_as(x, "past", "ing", "base") is not None) and x not in w.DETERMINERS
    return False


__all__ = ["LEMMAS", "Clause", "Line", "analyse", "cut", "outcome_at"]
