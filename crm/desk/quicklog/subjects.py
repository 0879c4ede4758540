"""The subject of a clause: a name with its company, a noun phrase, "procurement"."""

from . import words as w
from .ordinary import is_ordinary
from .these import these
from .verbs import FORMS, NOUNISH, lemma_as


def _noun_subject(line, k, end):
    """A noun that is also a verb, followed by a verb: "legal says", "procurement will", "deck gone"."""
    x, nxt = line.norm(k), line.norm(k + 1)
    if (
        x in w.ROLES
        and x not in these("head partner champion sponsor office chair group")
        and (nxt in w.AUX or lemma_as(nxt, "past", "s"))
    ):
        return True
    return (
        x in NOUNISH
        and k + 1 < end
        and (
            nxt in these("is was has will 's")
            or lemma_as(nxt, "past")
            in these("go slip cancel bounce book schedule send sign move come confirm agree set")
        )
    )


def _past_origin(line, k, end):
    if line.norm(k) in ("from", "at", "of", "in"):
        k += 1
        if line.norm(k) in w.DETERMINERS:
            k += 1
        m = line.mention_at.get(k)
        if m:
            return m.j
        while k < end and not lemma_as(line.norm(k), "past", "s") and line.norm(k) not in w.AUX:
            k += 1
    return k


def _name_subject(line, c, m, end):
    """A name as subject, with its company, companions and apposition."""
    kind = (
        "deal"
        if m.deals and not m.contacts and not m.prospects
        else "person"
        if m.contacts or m.unknown == "person"
        else "company"
        if m.prospects or m.unknown == "company"
        else "person"
    )
    if m.deals and m.rank == 9 and not m.contacts and max(m.deals.values()) == 9:
        kind = "deal"
    k = m.j
    for _ in range(4):
        x = line.norm(k)
        m2 = line.mention_at.get(k)
        if m2:
            k = m2.j
        elif (x in these("from at of and / ( @ over") and (k + 1) in line.mention_at) or (
            x == "over" and line.norm(k + 1) == "at"
        ):
            k = line.mention_at[k + 1].j if (k + 1) in line.mention_at else k + 2
            if line.norm(k) == ")":
                k += 1
        elif x in ("from", "at") and k + 1 < end and line.tokens[k + 1].capital:
            k += 2
            while k < end and line.tokens[k].capital and not lemma_as(line.norm(k), "past"):
                k += 1
        elif x == "(":
            while k < end and line.norm(k) != ")":
                k += 1
            k += 1
        elif x == "deal" and kind in ("company", "deal"):
            kind, k = "deal", k + 1
        elif x == "'s" and line.tokens[k].glued and not _be(line, k + 1):
            j = k + 1
            stop = j
            while j < end and j < k + 5:
                y = line.norm(j)
                if (
                    y in w.AUX or (lemma_as(y, "past", "s") and y not in ("cost", "set", "needs")) or j in line.dated
                ) and j > k + 1:
                    stop = j
                    break
                j += 1
            else:
                stop = j if j >= end else k + 2
            head = line.norm(stop - 1)
            c.subject = "role" if head in w.ROLES else "deal" if head in ("deal", "renewal", "order") else "thing"
            return min(stop, end)
        else:
            break
    c.subject = kind
    # "trident PO came in", "Larkfield procurement pushed": the name only tells whose
    j = k
    while j < min(end, k + 3) and _plain_noun(line, j):
        j += 1
    if (
        j > k
        and j < end
        and (line.norm(j) in w.AUX or lemma_as(line.norm(j), "past", "s"))
        and kind in ("company", "deal")
    ):
        head = line.norm(j - 1)
        c.subject = (
            "role" if head in w.ROLES else "deal" if head in these("deal renewal contract order po") else "thing"
        )
        return j
    return min(k, end)


def _plain_noun(line, j):
    x = line.norm(j)
    return (
        line.tokens[j].kind == "w"
        and j not in line.covered
        and j not in line.dated
        and x not in w.AUX
        and x not in w.ADVERBS
        and x not in w.LEAD
        and x not in w.SUBJECTS
        and x not in these("to into in at with on for from no not up down back by of re about both all n't 's")
        and not (lemma_as(x, "past", "s") and not is_ordinary(x))
        and (not FORMS.get(x) or x in NOUNISH or x in w.ROLES)
    )


def _be(line, k):
    """After "'s": is it "is"? "Lorna's sending", "Dana's happy", "Piotr's going to"."""
    x = line.norm(k)
    return lemma_as(x, "ing") is not None or x in these(
        "going gonna not on out off in a the very really happy keen still back been just got "
        "away up down to ok fine away sick busy agreed said asked sent gone left moved signed "
        "called emailed good sold ready due interested sorted n't also now only"
    )


def _noun_phrase(line, c, k, end):
    """ "the CFO", "their legal team", "procurement", "deck": as far as the verb, if there is one."""
    j = k + 1 if line.norm(k) in w.DETERMINERS else k
    stop = None
    for y in range(j, min(j + 7, end)):
        x = line.norm(y)
        if y in line.dated and y in line.date_at and y > j:
            break
        if line.tokens[y].kind == "p" and x not in ("(", ")"):
            break
        if y > k and y > j and y not in line.covered:
            if (x in w.AUX and x not in ("'s",)) or (x == "'s" and _be(line, y + 1)) or x == "'ll":
                stop = y
                break
            if x == "to" and lemma_as(line.norm(y + 1), "base") and line.norm(y - 1) in w.ROLES:
                stop = y
                break
            if (
                lemma_as(x, "past", "s")
                and not (
                    lemma_as(x, "s")
                    and x
                    not in these(
                        "says wants needs sends likes loves goes looks comes owes thinks replies signs gets "
                        "works ends starts runs agrees reckons keeps"
                    )
                    and (
                        line.norm(y - 1) in w.DETERMINERS
                        or (is_ordinary(line.norm(y - 1)) and line.norm(y - 1) not in w.ROLES)
                    )
                )
                and not (lemma_as(x, "past") and line.norm(y - 1) in w.DETERMINERS)
            ):
                stop = y
                break
        if x in these("with for about re that which w") and y > j:
            break
    if stop is None:
        return k
    head = [line.norm(y) for y in range(j, stop)]
    last = next((m for m in line.mentions if m.j == stop), None)
    if (
        last
        and (last.contacts or last.unknown == "person")
        and last.i > j
        and line.norm(last.i - 1) not in these("with to for from by of about")
    ):
        c.subject = "person"
        return stop
    inside = [line.mention_at[y] for y in range(j, stop) if y in line.mention_at]
    if any(h in w.STRANGERS for h in head) and line.norm(k) in ("a", "an", "some", "another"):
        c.subject = "stranger"
    elif any(h in ("deal", "opportunity", "opp", "renewal") for h in head) or (
        inside and inside[-1].deals and not inside[-1].contacts
    ):
        c.subject = "deal"
    elif head[-1:] and any(h in w.MEETING_NOUNS for h in head):
        c.subject = "thing"
    elif any(h in w.ROLES for h in head) and line.norm(k) not in ("my", "our"):
        c.subject = "role"
    elif inside and inside[0].prospects:
        c.subject = "company"
    else:
        c.subject = "thing"
    return stop
