"""Cuts a line into clauses; `frames` finds in each who does what.

Sellers use commas, colons, slashes, "then", "and", or nothing at all (dictation). Where there is no
punctuation a new clause begins with a new subject and its verb, with an outcome ("no answer"), or with
an order to oneself ("call him monday").
"""

from dataclasses import dataclass, field
from typing import Optional

from . import words as w
from .these import these

REPORTING = frozenset(
    (
        "say tell reckon think confirm mention agree promise explain believe note swear state "
        "claim inform notify insist warn admit hear know ask hope expect"
    ).split()
)


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


class _Norms(dict):
    """{position: folded word}; nothing but "" before the line and after it."""

    def __missing__(self, k):
        return ""


class Line:
    """The line's tokens with its names, dates and money, and where each begins. `norm(k)`: the k-th word, folded."""

    def __init__(self, text, tokens, mentions, dates, money, at):
        self.text, self.tokens, self.at = text, tokens, at
        self.norm = _Norms(enumerate(t.norm for t in tokens)).__getitem__  # asked some four hundred times a line
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
            if words[-1] in ("rang", "rings", "out") and what == "no_answer" and words[0] in ("just", "rang", "rings"):
                after = line.norm(k + n)
                if after in these("me us of back to him her them from the about with re") or (
                    words[-1] != "out" and k + n in line.mention_at
                ):
                    return None  # "Graham just rang me out of the blue"
            return what, k + n
    return None
