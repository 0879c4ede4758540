"""Who does what in a clause: subject, auxiliaries, main verb, and whether it is so at all."""

from . import words as w
from .clauses import REPORTING
from .predicates import _predicate
from .subjects import _name_subject, _noun_phrase, _noun_subject, _past_origin
from .these import these
from .verbs import lemma_as


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
            and (prev.buyer or prev.subject in ("me", None) or (prev.subject == "it" and prev.lemma == "agree"))
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
    if c.subject is None and c.form == "s" and c.lemma in _OF_THEM:
        c.subject = "they"  # "wants a demo next wed": nobody writes so of himself


_OF_THEM = these("want need say ask think prefer like reckon promise owe hope expect love insist agree")


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


_ADVERBIAL_STARTS = {words[0] for words in _ADVERBIALS}


def _past_adverbial(line, k, end):
    if line.norm(k) not in _ADVERBIAL_STARTS:
        return k
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
