"""What follows a name: a surname nobody has, a slip in one, the rest of a company's name."""

from rapidfuzz.distance import OSA

from . import calendar_words as cw
from .directory import FIRST, FULL, LEADING, SURNAME
from .mentions import _NOT_NAMES, Mention, _contiguous, _verbish
from .ordinary import is_ordinary
from .these import these
from .tokens import fold


def _with_rest(tokens, seq, q, m, directory, told):
    """A first name with a surname nobody has is somebody else; so with companies."""
    if q >= len(seq):
        return m
    k, word = seq[q]
    if (
        k < m.j
        or not _contiguous(tokens, m.j - 1, k)
        or any(t.norm == "'s" for t in tokens[m.j : k])
        or tokens[k].kind != "w"
    ):
        return m
    t = tokens[k]
    capital = told and t.capital and word not in _NOT_NAMES and not (t.raw.isupper() and is_ordinary(word))
    if m.contacts and m.rank in (FIRST, SURNAME) and len(word) > 1:
        same = set()
        if len(word) > 3 and not is_ordinary(word):
            lasts = [(c, directory.contacts[c].last) for c, r in m.contacts.items() if r in (FIRST, SURNAME)]
            slip = 1 if len(word) < 8 else 2
            same = {c for c, last in lasts if last and word != last and OSA.distance(word, last) <= slip}
        if len(same) == 1:
            return Mention(m.i, k + 1, contacts={same.pop(): FULL}, typo=True)
        if (
            (
                capital
                and not directory.lookup(word)
                and not _verbish(word)
                and (not is_ordinary(word) or (m.i and _title_run(tokens, m.i, k)))
                and not m.deals
                and (not m.prospects)
            )
            and word not in cw.MONTHS
            and word not in cw.WEEKDAYS
            and not _common_capital(word)
        ):
            return Mention(m.i, k + 1, unknown="person")
    if (
        m.prospects
        and not m.deals
        and m.rank == FIRST
        and capital
        and not directory.lookup(word)
        and not _common_capital(word)
    ):
        same = [p for p in m.prospects if _next_word_near(directory.prospects[p].words, word)]
        if same:
            return Mention(m.i, k + 1, prospects=dict.fromkeys(same, LEADING), typo=True)
        if not _stagey(word, directory):
            return Mention(m.i, _run_end(tokens, seq, q), unknown="company")
    if (
        m.prospects
        and m.rank == FIRST
        and not capital
        and not m.deals
        and len(word) > 4
        and not is_ordinary(word)
        and not directory.lookup(word)
        and not t.capital
    ):
        same = [p for p in m.prospects if _next_word_near(directory.prospects[p].words, word)]
        if same:
            return Mention(m.i, k + 1, prospects=dict.fromkeys(same, LEADING), typo=True)
    return m


def _next_word_near(words, word):
    return len(words) > 1 and any(len(w) > 3 and OSA.distance(word, w) <= (1 if len(w) < 8 else 2) for w in words[1:3])


def _common_capital(word):
    return word in _NOT_NAMES or word in these("deal project pos erp crm team hq group account renewal and")


def _stagey(word, directory):
    return any(fold(s).split()[0][:6] == word[:6] for s in directory.stages if s)


def _title_run(tokens, i, k):
    return tokens[i].capital and tokens[k].capital


def _run_end(tokens, seq, q):
    """Where a run of capitalised words ends."""
    end = seq[q][0] + 1
    while q + 1 < len(seq) and seq[q + 1][0] == end and tokens[seq[q + 1][0]].capital and not _verbish(seq[q + 1][1]):
        q += 1
        end = seq[q][0] + 1
    return end
