"""Cuts a line into clauses: at punctuation, at joints, at outcomes in fixed words."""

from . import words as w
from .clauses import Clause, outcome_at
from .joints import _head, _joint
from .these import these
from .verbs import lemma_as

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
    if d and d.i in (j, k) and d.time and d.day is None and line.norm(d.j) in w.MEETING_NOUNS | {"call"}:
        return d.j + 1  # "no-showed the 10am demo"
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
    if t.norm == ":" and line.norm(k - 1) in ("re", "regarding", "subject") and k > 1:
        return True
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
