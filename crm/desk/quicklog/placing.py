"""Does a word stand where a name would? Ordinary words are names only in their place."""

from . import calendar_words as cw
from .directory import FIRST, FULL, SURNAME, WORD
from .mentions import _DETERMINERS, _NOT_NAMES, _PERSON_VERBS, _TO_NAME, TITLES, starts_sentence
from .ordinary import is_ordinary
from .these import these
from .verbs import CALLING, FORMS, MAILING, MEETING, lemma_as


def _placed(tokens, k, told):
    """Does a single word stand where a name would?"""
    t = tokens[k]
    prev = tokens[k - 1] if k else None
    nxt = tokens[k + 1] if k + 1 < len(tokens) else None
    if (
        nxt is not None
        and nxt.norm in these("deal account renewal opp opportunity contract project order")
        and not t.glued
    ):
        return True
    if prev is not None and prev.norm in _DETERMINERS:
        return False
    if told and t.capital and not starts_sentence(tokens, k):
        return True
    if prev is not None:
        if prev.norm in TITLES:
            return True
        if prev.norm in _TO_NAME:
            return True
        if lemma_as(prev.norm, "past", "base", "ing") in _PERSON_VERBS:
            return True
        if (
            prev.norm in ("and", ",", "/")
            and k >= 2
            and (tokens[k - 2].capital or _placed(tokens, k - 2, told))
            and not is_ordinary(tokens[k - 2].norm)
        ):
            return True
        if prev.norm in ("lvm", "back"):
            return True
    if starts_sentence(tokens, k) or (prev is not None and prev.norm in these(", and but so then because that")):
        return _subject_like(tokens, k)
    return prev is not None and prev.kind == "w" and lemma_as(prev.norm, "past") in CALLING | MAILING | MEETING


_STAGE_HEADS = frozenset("propos negoti evalua diagno conver goal".split())


def _subject_like(tokens, k):
    """Something follows that only a subject or a heading takes."""
    if k + 1 >= len(tokens):
        return k == 0
    nxt = tokens[k + 1]
    if nxt.norm in these(
        ": dash at from 's 'll -> ( is was has will wants still just both no now moved to "
        "into and said says on by didn't did does had back would could might may should can "
        "want need have are were think like prefer agree won't , @ gone down up off worth "
        "closing signed"
    ):
        if nxt.norm == "to":
            after = tokens[k + 2] if k + 2 < len(tokens) else None
            return after is not None and (lemma_as(after.norm, "base") is not None or after.norm[:6] in _STAGE_HEADS)
        return True
    if tokens[k].capital and lemma_as(nxt.norm, "ing"):
        return True
    return lemma_as(nxt.norm, "past", "s") is not None


def _single_ok(tokens, m, word, dated, told, found, directory):
    """May this one word count as the name?"""
    k = m.i
    t = tokens[k]
    if t.kind == "n" or (word in _NOT_NAMES and m.rank != FULL):
        return False
    prev = tokens[k - 1].norm if k else ""
    after_at = prev in ("at", "from")
    if (
        m.rank == WORD
        and len(m.prospects) == 1
        and not m.deals
        and len(word) > 4
        and not is_ordinary(word)
        and prev not in _DETERMINERS
    ):
        return True
    if m.rank == WORD:  # a later word of a company's name: only "at Castellane"
        return not is_ordinary(word) and (
            prev in _TO_NAME
            or (told and t.capital and not starts_sentence(tokens, k))
            or (starts_sentence(tokens, k) and _subject_like(tokens, k) and t.capital)
        )
    weak = (is_ordinary(word) and t.raw.isascii()) or len(word) <= 2
    if k in dated and not (
        prev in ("with", "from")
        or lemma_as(prev, "past", "base") in _PERSON_VERBS
        or (prev == "to" and k >= 2 and lemma_as(tokens[k - 2].norm, "past") in these("speak talk chat write reply"))
        or (
            prev == "to"
            and not any(
                lemma_as(tokens[x].norm, "past", "ing", "s", "base") in _SHIFTS for x in range(max(0, k - 6), k)
            )
        )
        or (starts_sentence(tokens, k) and _subject_like(tokens, k))
    ):
        return False
    if k in dated and (word in cw.WEEKDAYS or (any(w in dated for w in (k + 1,)) and tokens[k + 1].kind == "n")):
        return False
    if not weak:
        if m.rank == SURNAME and not m.prospects and len(word) < 4:
            return _placed(tokens, k, told)
        return True
    nxt = tokens[k + 1].norm if k + 1 < len(tokens) else ""
    if m.prospects and nxt in these("deal account renewal opp opportunity"):
        return True
    if prev in _DETERMINERS:
        return False
    if m.rank == SURNAME and not m.prospects:  # "Price", "Close", "Bell": only written as a name
        firsts = [c for c in m.contacts.values() if c >= FIRST]
        if not firsts and not ((told and t.capital and not starts_sentence(tokens, k)) or prev in TITLES):
            nick_ok = word not in cw.MONTHS and prev in ("with", "to", "from") and not is_ordinary(word)
            from .nicknames import variants

            if variants(word) and _placed(tokens, k, told):
                nick_ok = True
            if not nick_ok:
                return False
    nxt = tokens[k + 1].norm if k + 1 < len(tokens) else ""
    if after_at and m.prospects:
        return not (
            nxt
            and tokens[k + 1].kind == "w"
            and is_ordinary(nxt)
            and not FORMS.get(nxt)
            and not t.capital
            and nxt not in _FOLLOW
            and nxt not in cw.WEEKDAYS
        )
    if (
        prev == "to"
        and FORMS.get(word)
        and not t.capital
        and not (
            k >= 2
            and lemma_as(tokens[k - 2].norm, "past", "base", "ing") in these("speak talk chat write reply email send")
        )
    ):
        return False
    if prev in these("about by of for via") and not t.capital:
        return False
    if word == "will" and not t.capital and lemma_as(nxt, "base") and not lemma_as(nxt, "past"):
        return False
    if (
        lemma_as(word, "base")
        and not t.capital
        and k
        and prev not in these("with from to and at")
        and lemma_as(prev, "past", "base") not in _PERSON_VERBS
    ):
        return False
    if (
        starts_sentence(tokens, k)
        and not t.capital
        and lemma_as(word, "base")
        and not lemma_as(nxt, "past", "s")
        and nxt not in these(": dash from at 's")
    ):
        return False
    if (
        starts_sentence(tokens, k)
        and t.capital
        and lemma_as(word, "base")
        and word in these("call ring chase mark will close bill drew grant rob pat sue skip jack art faith grace hope")
        and not _subject_like(tokens, k)
    ):
        return False
    if prev == "and" and not t.capital and found and found[-1].j == k - 1:
        return True
    if prev == "and" and not t.capital and FORMS.get(word):
        return False
    return _placed(tokens, k, told) or (t.capital and k == 0 and m.rank >= FIRST and _subject_like(tokens, k))


_SHIFTS = frozenset("push slip move delay postpone pull shift bump close slide defer extend go drag".split())


_FOLLOW = frozenset(
    (
        "and then about re to on by for no not he she they we i it with said says wants want "
        "has had is was will again today tomorrow yesterday this last next over via left but "
        "so who at from , . lvm vm"
    ).split()
)


def _initial_ok(tokens, m, told):
    """ "Oliver P", "R Delgado": the initial has to look like one."""
    a, b = tokens[m.i], tokens[m.j - 1]
    single = a if len(a.norm) == 1 else b
    other = b if single is a else a
    if single.norm in ("a", "i") and not (single is b and single.capital):
        return False
    if single.kind == "n" or single.glued:
        return False
    return single.capital or (single is b and not is_ordinary(other.norm) and _boundary(tokens, m.j))


def _boundary(tokens, j):
    return j >= len(tokens) or tokens[j].kind != "w" or tokens[j].norm in _FOLLOW or bool(FORMS.get(tokens[j].norm))
