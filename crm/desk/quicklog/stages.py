"""The stage a clause says a deal is in now."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from . import words as w
from .directory import name_words, stage_stem
from .ordinary import is_ordinary
from .these import these
from .verbs import lemma_as

_MOTION = frozenset(
    (
        "move go push advance progress promote bump put set shift take come bring be enter "
        "reach get mark return drop slip jump graduate pull fall step kick send"
    ).split()
)


_TAILS = frozenset(["", *"e ed ing ion ions ation ations ating ate al osed ive osis".split()])


@lru_cache(maxsize=8)
def _forms(stages):
    """(name, its words, its stem) of each of these stages."""
    return [(name, name_words(name), stage_stem(name)) for name in stages]


def _stages_at(line, k, directory):
    """(stage, next) where a stage's name, or a form of it, stands at k."""
    forms = _forms(tuple(directory.stages))
    x = line.norm(k)
    for name, words, _stem in forms:
        if words and x == words[0] and all(line.norm(k + n) == words[n] for n in range(1, len(words))):
            return name, k + len(words)
    for name, words, stem in forms:
        if len(words) == 1 and ((stem and x.startswith(stem) and x[len(stem) :] in _TAILS) or x == words[0] + "s"):
            return name, k + 1
    return _stage_guess(line, k, x, directory)


def _stage_guess(line, k, x, directory):
    """ "eval", "nego", "propsal": the start of one stage's name, or a slip away from it."""
    short = 3 if line.norm(k - 1) in ("->", "to", "=", "stage") else 4
    if len(x) < short or not x.isalpha() or is_ordinary(x) or k in line.covered:
        return None
    heads = {name: words[0] for name, words, _stem in _forms(tuple(directory.stages)) if len(words) == 1}
    starts = [name for name, head in heads.items() if head.startswith(x) and len(head) > len(x) + 1]
    if len(starts) == 1:
        return starts[0], k + 1
    near = [name for name, head in heads.items() if len(x) >= 6 and OSA.distance(x, head, score_cutoff=1) <= 1]
    return (near[0], k + 1) if len(near) == 1 else None


def _stage(line, c, ch, directory, about, clauses, n):
    found = None
    aux = set(c.aux)
    if c.negative or (aux & these("will 'll should must can gonna") and c.subject != "me"):
        return
    if (aux & {"to"} and c.subject not in (None, "company", "deal")) or "ready" in aux:
        return
    k = c.a
    while k < c.b:
        hit = _stages_at(line, k, directory) if k not in line.covered or not line.mention_at.get(k) else None
        if not hit:
            k += 1
            continue
        name, j = hit
        prev, prev2 = line.norm(k - 1), line.norm(k - 2)
        nxt = line.norm(j)
        if prev in ("the", "a") and not (nxt == "stage" and prev == "the"):
            k = j
            continue
        if prev == "the" and nxt == "stage":
            prev, prev2 = prev2, line.norm(k - 3)
        if prev == "from":
            k = j
            continue
        if nxt in these("doc document deck meeting call skills by draft tactics process") or (
            nxt in ("from", "to") and lemma_as(line.norm(c.verb_at), "past") in ("send", "email")
        ):
            k = j
            continue
        lemma = c.lemma
        motion = lemma in _MOTION or any(
            lemma_as(line.norm(x), "past", "ing", "s") in _MOTION and x not in line.covered for x in range(c.a, k)
        )
        if (k - 1 < c.a and c.joint in ("->", "=")) or prev == "->":
            found = name
        elif prev in ("to", "into") and (motion or c.subject in ("company", "deal") or (lemma is None and about)):
            if (
                lemma in these("send email get reply listen agree respond look refer speak")
                and c.form in ("past", "base")
                and lemma != "get"
            ):
                k = j
                continue
            if lemma == "go" and c.subject in ("thing", "person"):
                k = j
                continue
            if nxt in w.OBJECTS or nxt in these("us our the other others alternatives"):
                k = j
                continue
            found = name
        elif (
            prev in ("in", "at", "now", "back")
            and (c.subject in these("company deal it they me") or about)
            and (lemma in (None, "be", "sit", "stay", "put") or motion or c.verb_at == k)
            and (nxt not in ("with", "of", "about", "over") or _with_buyer(line, c, j))
        ):
            if prev in ("in", "at") and c.subject in ("person",):
                k = j
                continue
            if nxt in ("us", "other", "alternatives") or (
                prev == "now" and name_words(name)[0] != line.norm(k) and nxt
            ):
                k = j
                continue
            found = name
        elif (
            (
                prev in ("stage", "=", "is")
                and (prev2 in ("stage",) or prev in ("stage", "=") or (prev == "is" and prev2 == "stage"))
            )
            or (line.norm(k - 1) in (":", "=") and line.norm(k - 2) == "stage")
            or (k == c.a and n and _says_stage(line, clauses[n - 1]))
            or (j >= c.b and c.subject in ("company", "deal") and lemma != "be" and prev == "now")
            or (
                j >= c.b
                and c.mentions
                and c.mentions[0].i == c.a
                and c.mentions[0].j == k
                and (c.mentions[0].prospects or c.mentions[0].deals)
            )
            or (nxt == "stage" and (about or motion) and prev not in ("of", "the"))
            or (lemma in ("mark", "reach", "enter") and c.verb_at >= 0 and k > c.verb_at and c.verb_at >= k - 3)
            or (
                k == c.a
                and about
                and n
                and j >= c.b
                and clauses[n - 1].b - clauses[n - 1].a <= 4
                and c.joint in (":", "dash", ",")
                and n == 1
                and clauses[0].lemma is None
                and clauses[0].mentions
                and name_words(name)[0] == line.norm(k)
            )
        ):
            found = name
        k = j
    if found:
        ch.stage = found


def _with_buyer(line, c, j):
    """ "in negotiation with Brae": with whom the line is about, nobody else."""
    m = line.mention_at.get(j + 1)
    return bool(line.norm(j) == "with" and m and (m.prospects or m.deals) and c.subject in ("me", "deal", None))


def _says_stage(line, c):
    N = [line.norm(k) for k in range(c.a, c.b)]
    return bool(N) and N[-1] in ("stage",)
