"""Whom a line is about: prospect, people, deal. Nothing is guessed: two readings left are `unsure`."""

from dataclasses import dataclass, field
from functools import lru_cache

from . import strangers
from . import words as w
from .directory import FIRST, FULL, SURNAME, name_words
from .mentions import TITLES, Mention
from .these import these
from .verbs import lemma_as


@dataclass
class Who:
    prospect: object | None = None
    people: list = field(default_factory=list)
    deal: object | None = None
    unsure: set = field(default_factory=set)
    candidates: dict = field(default_factory=dict)
    unknown: dict = field(default_factory=dict)
    deal_named: bool = False


def resolve(line, directory, context=None):
    who = Who()
    companies, persons = [], []
    for m in line.mentions:
        if m.unknown:
            continue
        firms = set(m.prospects) | {directory.deals[d].prospect_id for d in m.deals} - {None}
        if firms and not _rival(line, m):
            companies.append((m, firms))
        if m.contacts:
            persons.append(m)
    unknown = line.strangers
    _prospect(line, who, companies, persons, unknown, directory, context)
    _people(line, who, companies, persons, unknown, directory)
    _deal(line, who, companies, directory, context)
    return who


@lru_cache(maxsize=20)
def _stages(names):
    """(the words of each column's name, all that are long enough to mean it)"""
    words = [tuple(name_words(name)) for name in names]
    return words, [word for name in words for word in name if len(word) > 3]


def settle(line, directory):
    """Before anything is read: names that are a company and a person as well, and names nobody has on record."""
    for m in line.mentions:
        if not m.unknown:
            _settle(line, m, directory)
    line.stages, line.stage_words = _stages(tuple(directory.stages))
    line.strangers = strangers.find(line)
    known = {m.i for m in line.mentions}
    line.know([Mention(s.i, s.j, unknown=s.kind, text=s.text) for s in line.strangers if s.i not in known])


def _settle(line, m, directory):
    """One word that is a company and a person ("Brückner"): its place decides, else both stay."""
    if not (m.contacts and (m.prospects or m.deals)):
        best = max([0, *m.contacts.values()])
        if best >= FIRST and min(m.contacts.values()) < FIRST:
            m.contacts = {c: r for c, r in m.contacts.items() if r >= FIRST or _nick(directory, c, line, m)}
        return
    prev = line.norm(m.i - 1)
    if prev in TITLES:
        m.prospects, m.deals = {}, {}
        return
    if prev in ("at", "from", "of"):
        m.contacts = {}
        return
    best_person = max(m.contacts.values())
    best_firm = max([0, *m.prospects.values(), *m.deals.values()])
    if best_person == FULL and best_firm < FULL:
        m.prospects, m.deals = {}, {}
        return
    if (best_firm == FULL and best_person < FULL) or (m.deals and not m.prospects):
        m.contacts = {}
        return
    if best_person == SURNAME:
        homes = {directory.contacts[c].prospect_id for c in m.contacts}
        if homes <= set(m.prospects) or lemma_as(prev, "past", "base", "ing") is None:
            m.contacts = {}
            return
    if best_person == FIRST and best_firm <= FIRST:
        nxt = line.norm(m.j)
        if nxt in ("at", "from", "@"):
            m.prospects, m.deals = {}, {}


def _nick(directory, c, line, m):
    """A nickname stands beside first names of the same spelling: neither is preferred."""
    from .nicknames import variants

    word = line.norm(m.i)
    return m.j - m.i == 1 and word in variants(directory.contacts[c].first)


def _rival(line, m):
    """ "went with X", "over X", "lost … to X": somebody else's company."""
    a, b = line.norm(m.i - 1), line.norm(m.i - 2)
    if a in these("vs over against than versus like"):
        return True
    if a == "with" and b in these("went gone going go stay staying stick sticking sign signed stayed stuck"):
        return True
    if (
        a == "to"
        and any(lemma_as(line.norm(k), "past") == "lose" for k in range(max(0, m.i - 8), m.i))
        and any(o is not m and o.i < m.i and (o.prospects or o.deals) for o in line.mentions)
    ):
        return True
    return lemma_as(a, "past") in ("choose", "pick", "select", "prefer") and m.i > 1


def _home(directory, contacts):
    return {directory.contacts[c].prospect_id for c in contacts} - {None}


def _prospect(line, who, companies, persons, unknown, directory, context):
    offered = None
    strange = [s for s in unknown if s.kind == "company" and s.firm]
    maybe = [s for s in unknown if s.kind == "name" and s.firm]
    loose = [s for s in unknown if s.kind in ("company", "name") and not s.firm]
    found = None
    if companies:
        found = set(companies[0][1])
        for _m, firms in companies[1:]:
            if found & firms:
                found &= firms
            else:
                found = _between(line, companies, persons, directory)
                break
        if len(found) > 1 and not strange:
            for m in persons:
                at = {f for f in found if not m.contacts.keys().isdisjoint(directory.people_of(f))}
                if at:
                    found = at
    elif persons:
        sets = [(m, _home(directory, m.contacts)) for m in persons]
        found = set(sets[0][1])
        for _k, (m, homes) in enumerate(sets[1:], 1):
            if found & homes:
                found &= homes
            elif len(found) == 1 and _later(line, m):
                continue
            else:
                found = found | homes
                break
    if strange and not (companies and _known_attached(line, strange, companies)):
        who.unsure |= {"prospect"}
        if persons:
            who.unsure.add("people")
        who.unknown.setdefault("prospect", []).extend(s.text for s in strange)
        return
    if found is None or not found:
        if maybe or loose:
            who.unsure.add("prospect")
            who.unknown.setdefault("prospect", []).extend(s.text for s in maybe + loose)
        elif not persons and not unknown and context and context.prospect_id in directory.prospects:
            who.prospect = directory.prospects[context.prospect_id]
        elif persons or companies:
            who.unsure.add("prospect")
        elif unknown and context and context.prospect_id in directory.prospects:
            who.prospect = directory.prospects[context.prospect_id]
        return
    found = {f for f in found if f in directory.prospects}
    if len(found) > 1 and context and context.prospect_id in found:
        found = {context.prospect_id}
    if len(found) == 1:
        offered = found.pop()
        who.prospect = directory.prospects[offered]
    else:
        who.unsure.add("prospect")
        who.candidates["prospect"] = sorted(found, key=lambda p: directory.prospects[p].name)


def _known_attached(line, strange, companies):
    """The unknown company is only mentioned; a known one leads the line."""
    return companies[0][0].i < strange[0].i and not any(m.contacts and m.j >= strange[0].i - 2 for m in line.mentions)


def _later(line, m):
    """Named only in passing, not as a partner of what happened."""
    if (
        line.norm(m.i - 1) in (":", "dash")
        and m.i > 1
        and all(k in line.covered for k in range(m.i - 1))
        and (lemma_as(line.norm(m.j), "past"))
    ):
        return False  # "Harbour View: Declan emailed"
    return any(
        line.tokens[k].kind == "p"
        or line.norm(k) in w.SUBJECTS
        or line.norm(k) in these("re about from introduced intro knows")
        for k in range(m.i)
        if k not in line.covered
    )


def _between(line, companies, persons, directory):
    """Several companies named: that of a person named beside one of them, or of the heading, else all."""
    everybody = set().union(*(f for _m, f in companies))
    homes = [(_home(directory, m.contacts) & everybody) for m in persons]
    homes = [h for h in homes if h]
    if homes and len(set.intersection(*homes)) == 1:
        return set.intersection(*homes)
    first = companies[0][0]
    if first.i == 0 and (
        line.norm(first.j) in (":", "dash") or lemma_as(line.norm(first.j), "past", "s") or line.norm(first.j) in w.AUX
    ):
        return companies[0][1]
    for m, firms in companies:
        if line.norm(m.i - 1) == "at":
            return firms
    return everybody


def _people(line, who, companies, persons, unknown, directory):
    strange = [s for s in unknown if s.kind in ("person", "name") and s.firm]
    if who.prospect is None:
        if strange or persons:
            who.unsure.add("people")
        if strange:
            who.unknown.setdefault("people", []).extend(s.text for s in strange)
        offer = {c for m in persons for c in m.contacts}
        if offer and "prospect" in who.candidates:
            offer = {c for c in offer if directory.contacts[c].prospect_id in who.candidates["prospect"]} or offer
        if offer and not who.unknown.get("prospect"):
            who.candidates["people"] = sorted(offer, key=lambda c: directory.contacts[c].name)
        if not persons and not strange:
            who.unsure.discard("people")
        return
    linked, doubtful = [], set()
    for m in persons:
        here = {c: m.contacts[c] for c in directory.people_of(who.prospect.id) if c in m.contacts}
        if not here:
            if (companies and not _later_person(line, m)) or (not companies and not _later(line, m)):
                who.unsure.add("people")
                who.unknown.setdefault("people", []).append(m.text)
            continue
        best = max(here.values())
        if best >= FIRST:
            here = {c: r for c, r in here.items() if r >= FIRST or _nick(directory, c, line, m)}
        if best == FULL:
            here = {c: r for c, r in here.items() if r == FULL}
        if len(here) == 1:
            c = next(iter(here))
            if c not in linked:
                linked.append(c)
        else:
            doubtful.add(frozenset(here))
    for group in doubtful:
        if not group & set(linked):
            who.unsure.add("people")
            who.candidates.setdefault("people", []).extend(sorted(group, key=lambda c: directory.contacts[c].name))
    if strange:
        who.unsure.add("people")
        who.unknown.setdefault("people", []).extend(s.text for s in strange)
    who.people = [directory.contacts[c] for c in linked]


def _later_person(line, m):
    return m.rank < FIRST or (_later(line, m) and line.norm(m.j) not in ("at", "from", "@"))


def _deal(line, who, companies, directory, context):
    named = {d for m in line.mentions for d in m.deals}
    if who.prospect is None:
        loose = {d for d in named if directory.deals[d].prospect_id is None}
        if len(loose) == 1 and not companies:
            who.deal, who.deal_named = directory.deals[loose.pop()], True
        return
    here = set(directory.deals_of(who.prospect.id))
    strong = {d for m in line.mentions for d, r in m.deals.items() if r == FULL and d in here}
    pick = strong or named & here
    if len(pick) == 1:
        who.deal, who.deal_named = directory.deals[pick.pop()], True
        return
    pool = pick or here
    if len(pool) > 1:
        said = {t.norm for t in line.tokens}
        own = {}
        for d in pool:
            others = set().union(*(directory.deals[o].words for o in pool if o != d))
            own[d] = {x for x in directory.deals[d].words - others - set(who.prospect.words) if len(x) > 2}
        spoken = [d for d in pool if own[d] & said]
        if len(spoken) == 1:
            who.deal, who.deal_named = directory.deals[spoken[0]], True
            return
        if context and context.deal_id in pool:
            who.deal = directory.deals[context.deal_id]
            return
        who.unsure.add("deal")
        who.candidates["deal"] = sorted(pool, key=lambda d: directory.deals[d].name)
    elif len(pool) == 1:
        who.deal = directory.deals[next(iter(pool))]
