"""Finds where a line names somebody on record, or somebody nobody knows.

Longest match first. A name that is an ordinary word ("Will", "Summit") counts only where its place
in the line makes it one; a slip of the finger is forgiven only for a word that is no English.
"""

from .directory import FIRST, FULL, INITIAL, LEADING, SURNAME, WORD
from .mentions import _HONORIFICS, _NOT_NAMES, Mention, _contiguous, caps_tell, sequence
from .ordinary import is_ordinary
from .placing import _initial_ok, _placed, _single_ok
from .surnames import _with_rest

_LONGEST = 7


def find(tokens, directory, dates):
    """(mentions, spans) of known names. `dates` are the date phrases found so far."""
    seq = sequence(tokens)
    told = caps_tell(tokens)
    dated = {k for w in dates for k in range(w.i, w.j)}
    found, n, p = [], len(seq), 0
    while p < n:
        m = _longest(tokens, seq, p, directory, dated, told, found)
        if m is None:
            t = tokens[seq[p][0]]
            m = _address(t, seq[p][0], directory) if t.kind == "a" else None
        if m:
            found.append(m)
            while p < n and seq[p][0] < m.j:
                p += 1
        else:
            p += 1
    for k, t in enumerate(tokens):
        if t.kind == "a":
            m = _address(t, k, directory)
            if m:
                found.append(m)
    found.sort(key=lambda m: m.i)
    for m in found:
        m.text = _raw(tokens, m.i, m.j)
    return found


def multiword(tokens, directory):
    """Token positions of names of two words and more in full: these beat a date ("Hannah Friday", "Grant March")."""
    seq = sequence(tokens)
    taken, p = set(), 0
    while p < len(seq):
        hit = 0
        for n in range(_together(tokens, seq, p, directory), 1, -1):
            words = seq[p : p + n]
            entry = directory.lookup(" ".join(w for _k, w in words))
            if entry and max(entry.values()) >= LEADING:
                hit = n
                taken.update(range(words[0][0], words[-1][0] + 1))
                break
        p += hit or 1
    return taken


def _together(tokens, seq, p, directory):
    """How many words from the p-th on stand together, with nothing between that ends a name; at most _LONGEST.

    One where no name of several words begins so.
    """
    if seq[p][1] not in directory.starts:
        return 1
    n, most = 1, min(_LONGEST, len(seq) - p)
    while n < most and _contiguous(tokens, seq[p + n - 1][0], seq[p + n][0]):
        n += 1
    return n


def _raw(tokens, i, j):
    return " ".join(t.raw for t in tokens[i:j] if t.norm != "'s").replace(" .", ".")


def _address(t, k, directory):
    """An e-mail address on record, or one that spells a name at its company."""
    ids = directory.emails.get(t.norm)
    if ids:
        return Mention(k, k + 1, contacts=dict.fromkeys(ids, FULL))
    if "@" in t.norm:
        local, _, domain = t.norm.partition("@")
        words = " ".join(local.replace("_", ".").replace("-", ".").split("."))
        entry = directory.lookup(words) or {}
        people = {c: r for (kind, c), r in entry.items() if kind == "contact" and r >= INITIAL}
        label = domain.split(".")[0].replace("-", "")
        at = directory.lookup(label) or {}
        firms = {c: r for (kind, c), r in at.items() if kind == "prospect" and r >= FIRST}
        if people and (firms or len(people) == 1):
            inside = {c: r for c, r in people.items() if directory.contacts[c].prospect_id in firms}
            return Mention(k, k + 1, contacts=inside or people)
        if firms:
            return Mention(k, k + 1, prospects=firms)
    return None


def _longest(tokens, seq, p, directory, dated, told, found):
    start = seq[p][0]
    for n in range(_together(tokens, seq, p, directory), 0, -1):
        words = seq[p : p + n]
        key = " ".join(w for _k, w in words)
        entry = directory.lookup(key)
        end = words[-1][0] + 1
        if not entry and n == 1:
            entry, end, typo = _single_other(tokens, start, key, directory, told)
            if not entry:
                return None
        else:
            typo = False
        if not entry:
            continue
        m = Mention(start, end, *map(dict, entry.by_kind()), typo=typo)
        if n == 1 and not _single_ok(tokens, m, key, dated, told, found, directory):
            continue
        if n > 1 and m.rank <= WORD and not (m.deals and m.rank == WORD):
            continue
        if n == 2 and m.rank == INITIAL and not _initial_ok(tokens, m, told):
            continue
        if n > 1 and m.rank < FULL and dated & set(range(start, end)) and m.rank < LEADING:
            continue
        if (
            n > 1
            and not m.prospects
            and not m.deals
            and m.rank == SURNAME
            and any(is_ordinary(w) for _k, w in words)
            and not tokens[start].capital
        ):
            continue
        if m.contacts and end < len(tokens) and tokens[end].norm in _HONORIFICS and not tokens[end].glued:
            m.j = end + 1  # "Lakshmi mam", "Rao sir"
            return m
        return _with_rest(tokens, seq, p + n, m, directory, told)
    return None


def _single_other(tokens, k, word, directory, told):
    """Without a plural s, or with a typing slip mended."""
    if tokens[k].kind != "w" or len(word) < 4 or is_ordinary(word) or word in _NOT_NAMES:
        return None, k + 1, False
    if word.endswith("s"):
        entry = directory.lookup(word[:-1])
        if entry:
            return entry, k + 1, False
    if word.endswith("s") is False:
        entry = directory.lookup(word + "s")
        if entry and any(kind == "prospect" for kind, _ in entry):
            return entry, k + 1, False
    if not _placed(tokens, k, told):
        return None, k + 1, False
    close = directory.near(word)
    if close is None or (is_ordinary(close) and len(close) < 6):
        return None, k + 1, False
    return directory.lookup(close), k + 1, True
