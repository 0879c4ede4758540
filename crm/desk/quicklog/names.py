"""Finds where a line names somebody on record, or somebody nobody knows.

Longest match first. A name that is an ordinary word ("Will", "Summit") counts only where its place
in the line makes it one; a slip of the finger is forgiven only for a word that is no English.
"""

from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from . import calendar_words as cw
from .directory import FIRST, FULL, INITIAL, LEADING, SURNAME, WORD
from .ordinary import is_ordinary
from .these import these
from .tokens import fold
from .verbs import CALLING, FORMS, MAILING, MEETING, MESSAGING, lemma_as

_LONGEST = 7
_HONORIFICS = these("mam maam ma'am madam sir ji bhai san sensei saheb sahib garu")
TITLES = frozenset("mr mrs ms miss dr prof herr frau mme".split())
COMPANY_PREPS = frozenset({"at", "from", "of"})
_TO_NAME = frozenset("at with from for to re via cc w vs between about by".split())
_PERSON_VERBS = (
    CALLING
    | MAILING
    | MESSAGING
    | these(
        "meet tell ask chase nudge remind try see thank invite catch visit reach introduce "
        "intro hassle pester prod lose win contact show sign cb push poke msg update owe lvm"
    )
)
_PERSON_VERBS = _PERSON_VERBS | these(
    "send give drop shoot forward fwd brief resend followup promise quote help loop get"
)
_DETERMINERS = frozenset(
    ("the a an our my your his her its their this that these those some any no every each one").split()
)
# May follow "at" without being a company.
PLACES = frozenset(
    (
        "starbucks costa pret nero greggs hilton marriott sheraton hyatt novotel ibis "
        "linkedin teams zoom slack whatsapp heathrow gatwick stansted luton schiphol jfk ces "
        "dreamforce excel nec olympia javits"
    ).split()
)
_NOT_NAMES = frozenset(
    (
        "ceo cfo cto coo cio cmo md vp svp evp gm hr it pa fd nda msa sow sla poc rfp rfi rfq "
        "po roi kpi crm erp api sso iso gdpr usb pdf ppt faq q a i ok tbc tbd asap fyi eod "
        "eow eom eoq am pm usd eur gbp uk us eu lvm vm n/a na ooo rna"
    ).split()
)


@dataclass(slots=True)
class Mention:
    """Tokens [i:j) name one of the candidates. `unknown`: "person", "company" or "name" nobody has on record."""

    i: int
    j: int
    prospects: dict = field(default_factory=dict)  # id -> rank
    contacts: dict = field(default_factory=dict)
    deals: dict = field(default_factory=dict)
    unknown: str | None = None
    typo: bool = False
    text: str = ""

    @property
    def rank(self):
        return max([0, *self.prospects.values(), *self.contacts.values(), *self.deals.values()])


def sequence(tokens):
    """[(token position, word)] of what can be part of a name; gaps break a name."""
    out = []
    for k, t in enumerate(tokens):
        if t.kind in ("w", "n"):
            if t.norm == "'s":
                continue
            out.append((k, t.norm.replace("'", "")))
    return out


def _contiguous(tokens, a, b):
    """Nothing but an abbreviation's full stop, a hyphen or a possessive lies between two words."""
    for k in range(a + 1, b):
        t = tokens[k]
        if t.norm not in ("'s", ".") or (t.norm == "." and len(tokens[a].norm) > 4):
            return False
    return True


def caps_tell(tokens):
    """Are capitals worth anything here? Not in a line typed all in them, nor in Title Case throughout."""
    words = [t for t in tokens if t.kind == "w" and len(t.raw) > 1]
    caps = sum(t.raw[0].isupper() for t in words)
    return len(words) > 0 and caps <= 0.6 * len(words)


def starts_sentence(tokens, i):
    if i == 0:
        return True
    p = tokens[i - 1]
    return p.norm in (".", "!", "?", "\n", ":", ";", "dash", "(", '"', "“", "->", "/", "•", "*")


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
        for n in range(min(_LONGEST, len(seq) - p), 1, -1):
            words = seq[p : p + n]
            if any(not _contiguous(tokens, words[x][0], words[x + 1][0]) for x in range(n - 1)):
                continue
            entry = directory.lookup(" ".join(w for _k, w in words))
            if entry and max(entry.values()) >= LEADING:
                hit = n
                taken.update(range(words[0][0], words[-1][0] + 1))
                break
        p += hit or 1
    return taken


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
    for n in range(min(_LONGEST, len(seq) - p), 0, -1):
        words = seq[p : p + n]
        if n > 1 and any(not _contiguous(tokens, words[x][0], words[x + 1][0]) for x in range(n - 1)):
            continue
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
        m = Mention(start, end, typo=typo)
        for (kind, id), rank in entry.items():
            getattr(m, kind + "s")[id] = rank
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
        pool = {c: r for c, r in m.contacts.items() if r in (FIRST, SURNAME)}
        same = {
            c
            for c in pool
            if directory.contacts[c].last
            and word != directory.contacts[c].last
            and len(word) > 3
            and not is_ordinary(word)
            and OSA.distance(word, directory.contacts[c].last) <= (1 if len(word) < 8 else 2)
        }
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


def _verbish(word):
    return bool(FORMS.get(word))


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
