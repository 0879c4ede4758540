"""Everybody on record, indexed for the names people type.

Held in memory by a server process and kept up by upsert and remove; no database in here. Ids are
whatever the caller uses. Each record is entered under every key a seller may type for it, with a
rank that says how much the key tells:

    9  the full name, legal form dropped or not      6  first name and an initial
    8  several leading words of a company            5  a first word, a first name
    4  a nickname, a surname                         3  another word of a company's name, a deal without its company
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from .nicknames import variants
from .tokens import fold, tokenize

FULL, LEADING, INITIAL, FIRST, SURNAME, WORD = 9, 8, 6, 5, 4, 3

_LEGAL = frozenset(
    (
        "ltd limited inc incorporated llc llp lp plc gmbh ag kg kgaa ohg sa sas sarl srl spa "
        "bv nv ab as asa oy oyj aps kk pty co corp corporation company se ug ev sl slu sro "
        "kft zrt doo dd ltda pte pvt pllc pc cie bvba sprl oü ou uab sia"
    ).split()
)
_TITLES = frozenset("mr mrs ms miss dr prof professor sir dame lord lady rev herr frau mme m sr sra".split())
_SUFFIXES = frozenset("jr sr ii iii iv md phd mba esq cpa".split())
_PARTICLES = frozenset("van von der den de del della di da dos la le du el al bin ibn ter ten zu af mac st".split())


@dataclass(slots=True)
class Prospect:
    id: Any
    name: str
    words: tuple = ()


@dataclass(slots=True)
class Contact:
    id: Any
    name: str
    prospect_id: Any
    emails: tuple = ()
    first: str = ""
    last: str = ""


@dataclass(slots=True)
class Deal:
    id: Any
    name: str
    prospect_id: Any
    is_open: bool = True
    words: frozenset = field(default_factory=frozenset)


def name_words(text):
    """Folded words of a name (see `_name_words`), as a list of one's own."""
    return list(_name_words(text))


@lru_cache(maxsize=4096)
def _name_words(text):
    """Folded words of a name: apostrophes gone, "Brendan's" as "brendans"."""
    words = []
    for t in tokenize(text):
        if t.norm == "'s" and words:
            words[-1] += "s"
        elif t.kind in ("w", "n"):
            words.append(t.norm.replace("'", ""))
    return tuple(words)


def _spellings(text):
    """The ways one name may be written word by word: "st brendan", "o malley", "haldenwirth", "wren sparrow"."""
    base = name_words(text)
    out = [tuple(base)]
    if "'" in fold(text):
        split, bare = [], []
        for t in tokenize(text):
            if t.norm == "'s":
                continue
            if t.kind in ("w", "n"):
                split += t.norm.split("'")
                bare.append(t.norm.replace("'", ""))
        out += [tuple(split), tuple(bare)]
    if "and" in base:
        out.append(tuple(w for w in base if w != "and"))
    if base and base[0] in ("st", "saint"):
        out += [tuple(["saint" if w == "st" else "st" if w == "saint" else w for w in s]) for s in list(out)]
    if "ü" in text or "ö" in text or "ä" in text or "Ö" in text or "Ü" in text or "Ä" in text:
        for a, b in (("ü", "ue"), ("ö", "oe"), ("ä", "ae"), ("Ü", "Ue"), ("Ö", "Oe"), ("Ä", "Ae")):
            text = text.replace(a, b)
        out.append(tuple(name_words(text)))
    return list(dict.fromkeys(s for s in out if s))


def _glued_start(text, words):
    """How many leading words one hyphenated first word makes ("Halden-Wirth" is two)."""
    head = text.split()[0] if text.split() else ""
    return len(list(name_words(head))) if "-" in head and len(words) > 1 else 1


class _Entry(dict):
    """{(kind, id): rank} of all that goes by the same words; a common first name has dozens."""

    _parts = None

    def by_kind(self):
        """({id: rank} of prospects, of contacts, of deals), to be copied before they are changed."""
        if self._parts is None:
            found = {"prospect": {}, "contact": {}, "deal": {}}
            for (kind, id), rank in self.items():
                found[kind][id] = rank
            self._parts = tuple(found.values())
        return self._parts


class Directory:
    """See the module. `stages` are the names of the board's columns, in order."""

    def __init__(self, stages=()):
        self.prospects, self.contacts, self.deals = {}, {}, {}
        self.stages = list(stages)
        self.keys = defaultdict(_Entry)  # "words typed" -> {(kind, id): rank}
        self.emails = {}
        self._mine = {}  # (kind, id) -> the keys it was entered under
        self._deals_of = defaultdict(set)
        self._people_of = defaultdict(dict)  # prospect id -> {contact id: None}, in the order they came
        self.starts = defaultdict(int)  # first word of a key of several -> how many keys begin with it
        self._spelling = defaultdict(lambda: defaultdict(int))  # first letter -> {word: how often}, for typos
        self._typos = {}

    # --- keeping it up ---------------------------------------------------------------------

    def set_stages(self, names):
        self.stages = list(names)

    def upsert_prospect(self, id, name):
        self.remove_prospect(id, keep_links=True)
        words = tuple(name_words(name))
        self.prospects[id] = Prospect(id, name, words)
        self._enter(("prospect", id), self._prospect_keys(name))
        for deal_id in list(self._deals_of.get(id, ())):  # a deal's short name depends on its company's
            d = self.deals[deal_id]
            self.upsert_deal(d.id, d.name, d.prospect_id, d.is_open)

    def upsert_contact(self, id, name, prospect_id=None, emails=()):
        self.remove_contact(id)
        keys, first, last = self._contact_keys(name)
        self.contacts[id] = Contact(id, name, prospect_id, tuple(fold(e) for e in emails), first, last)
        for e in self.contacts[id].emails:
            self.emails.setdefault(e, set()).add(id)
        self._people_of[prospect_id][id] = None
        self._enter(("contact", id), keys)

    def upsert_deal(self, id, name, prospect_id=None, is_open=True):
        self.remove_deal(id)
        self.deals[id] = Deal(id, name, prospect_id, is_open, frozenset(name_words(name)))
        self._deals_of[prospect_id].add(id)
        self._enter(("deal", id), self._deal_keys(name, self.prospects.get(prospect_id)))

    def remove_prospect(self, id, keep_links=False):
        if self.prospects.pop(id, None):
            self._drop(("prospect", id))

    def remove_contact(self, id):
        old = self.contacts.pop(id, None)
        if old:
            self._drop(("contact", id))
            self._people_of[old.prospect_id].pop(id, None)
            for e in old.emails:
                self.emails.get(e, set()).discard(id)

    def remove_deal(self, id):
        old = self.deals.pop(id, None)
        if old:
            self._drop(("deal", id))
            self._deals_of[old.prospect_id].discard(id)

    def deals_of(self, prospect_id, only_open=True):
        return [d for d in self._deals_of.get(prospect_id, ()) if self.deals[d].is_open or not only_open]

    def people_of(self, prospect_id):
        return self._people_of.get(prospect_id, ())

    # --- looking up ------------------------------------------------------------------------

    def lookup(self, key):
        return self.keys.get(key)

    def near(self, word):
        """The one known word a slip of the finger away, or None: bounded, and never between two."""
        if len(word) < 4 or len(word) > 30:
            return None
        if word in self._typos:
            return self._typos[word]
        allowed = 1 if len(word) < 8 else 2
        best, best_d, tie = None, allowed + 1, False
        for w in self._spelling.get(word[0], ()):
            if abs(len(w) - len(word)) > allowed:
                continue
            d = OSA.distance(word, w, score_cutoff=allowed)
            if d < best_d:
                best, best_d, tie = w, d, False
            elif d == best_d and d <= allowed:
                tie = True
        found = None if best is None or tie or len(best) < 4 else best
        if len(self._typos) > 5000:
            self._typos.clear()
        self._typos[word] = found
        return found

    # --- keys ------------------------------------------------------------------------------

    def _enter(self, who, keys):
        for key, rank in keys.items():
            entry = self.keys[key]
            entry[who], entry._parts = rank, None
            if " " in key:
                self.starts[key.partition(" ")[0]] += 1
            if " " not in key and rank >= SURNAME and len(key) >= 4:
                self._spelling[key[0]][key] += 1
        self._mine[who] = keys
        self._typos.clear()

    def _drop(self, who):
        for key, rank in self._mine.pop(who, {}).items():
            entry = self.keys.get(key)
            if entry:
                entry.pop(who, None)
                entry._parts = None
                if not entry:
                    del self.keys[key]
            if " " in key:
                self._ends(key.partition(" ")[0])
            if " " not in key and rank >= SURNAME and len(key) >= 4:
                self._spelling[key[0]][key] -= 1
                if self._spelling[key[0]][key] <= 0:
                    del self._spelling[key[0]][key]
        self._typos.clear()

    def _ends(self, word):
        self.starts[word] -= 1
        if not self.starts[word]:
            del self.starts[word]

    @staticmethod
    def _prospect_keys(name):
        keys = {}

        def put(words, rank):
            k = " ".join(words)
            if k and rank > keys.get(k, 0):
                keys[k] = rank

        for words in _spellings(name):
            words = list(words)
            if words[0] == "the" and len(words) > 1:
                put(words, FULL)
                words = words[1:]
            put(words, FULL)
            core = list(words)
            while len(core) > 1 and core[-1] in _LEGAL:
                core.pop()
                if len(core) > 1 and core[-1] == "and":
                    core.pop()
            put(core, FULL)
            head = _glued_start(name, core)
            for n in range(len(core) - 1, 0, -1):
                if core[n - 1] == "and" or (len(core[0]) < 2 and n == 1):
                    continue
                put(core[:n], LEADING if n > 1 else FIRST)
            if head > 1:
                put(["".join(core[:head])], FIRST)
            if len(core) == 2 and core[0] not in ("the",):
                put(["".join(core)], FIRST)
            for w in core[1:]:
                if len(w) > 3 and w != "and":
                    put([w], WORD)
            if core[0] in ("st", "saint") and len(core) > 1:
                put(core[:2], LEADING)
                put([core[1]], WORD)
                keys.pop(core[0], None)
        return keys

    @staticmethod
    def _contact_keys(name):
        keys = {}

        def put(words, rank):
            k = " ".join(words)
            if k and rank > keys.get(k, 0):
                keys[k] = rank

        first = last = ""
        flipped = [p.strip() for p in name.split(",")]
        if len(flipped) == 2 and flipped[1] and not set(name_words(flipped[1])) <= _SUFFIXES:
            name = flipped[1] + " " + flipped[0]
        for words in _spellings(name):
            words = [w for w in words if w not in _TITLES] or list(words)
            while len(words) > 2 and words[-1] in _SUFFIXES:
                words = words[:-1]
            if not words:
                continue
            if len(words) == 1:
                put(words, FULL)
                put(words, FIRST)
                first = first or words[0]
                continue
            cut = len(words) - 1
            while cut > 1 and words[cut - 1] in _PARTICLES:
                cut -= 1
            tail = name.replace("’", "'").split()
            if len(tail) > 1 and "-" in tail[-1] and len(name_words(tail[-1])) == 2 and len(words) > 2:
                cut = min(cut, len(words) - 2)  # "Smyth-Jones" is one surname
            if "'" in tail[-1] and len(words) > 2 and len(words[-2]) == 1:
                cut = min(cut, len(words) - 2)  # "o malley"
            given, sur = words[:cut], words[cut:]
            first, last = first or given[0], last or "".join(sur)
            put(words, FULL)
            put(sur + given, FULL)
            put(given[:1] + sur, FULL)
            put(given[:1] + sur[-1:], FULL)
            put(["".join(words)], FULL)
            put([given[0][0], *sur], INITIAL)
            put([*given[:1], sur[-1][0]], INITIAL)
            put([*given, sur[0][0]], INITIAL)
            put(given, FIRST)
            put(given[:1], FIRST)
            if len(given) > 1:
                put(["".join(given)], FIRST)
            put(sur, SURNAME)
            put(sur[-1:], SURNAME)
            if len(sur) > 1:
                put(["".join(sur)], SURNAME)
            for nick in variants(given[0]):
                put([nick], SURNAME)
                put([nick, *sur], FULL)
                put([nick, sur[-1][0]], INITIAL)
        return keys, first, last

    @staticmethod
    def _deal_keys(name, prospect):
        keys = {}
        for words in _spellings(name):
            words = list(words)
            keys[" ".join(words)] = FULL
            if not prospect:
                continue
            for company in _spellings(prospect.name):
                n = 0
                while n < len(words) - 1 and n < len(company) and words[n] == company[n]:
                    n += 1
                core = [w for w in company if w not in _LEGAL]
                while n < len(words) - 1 and words[n] in _LEGAL | {"and"}:
                    n += 1
                tail = words[n:]
                if not tail or not core:
                    continue
                if n and len(tail) > 1:
                    keys.setdefault(" ".join(tail), WORD)
                    for m in range(len(tail) - 1, 0, -1):  # "vantage furnace" of "Vantage furnace monitoring"
                        keys.setdefault(" ".join(words[:n] + tail[:m]), FULL)
                elif not n and len(tail) > 1:
                    keys.setdefault(" ".join(tail[:2]), LEADING)
                for m in range(1, len(core) + 1):  # "acme rollout", "acme corp rollout"
                    if core[m - 1] != "and":
                        keys.setdefault(" ".join(core[:m] + tail), FULL)
        return keys


def stage_stem(name) -> str | None:
    """What a stage's name shares with its other forms: "negotiat" of Negotiation, negotiating."""
    w = name_words(name)
    if len(w) != 1 or len(w[0]) < 8:
        return None
    for tail in ("ation", "ating", "ing", "ion", "osed", "ed", "al"):
        if w[0].endswith(tail) and len(w[0]) - len(tail) >= 6:
            return w[0][: -len(tail)]
    return None
