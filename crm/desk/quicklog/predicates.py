"""Auxiliaries, negation and main verb of a clause."""

from . import words as w
from .these import these
from .verbs import FORMS, MESSAGING, NOUNISH, lemma_as


def _predicate(line, c, k, end):
    """Auxiliaries, negation and main verb from k on."""
    aux = list(c.aux)
    while k < end:
        x = line.norm(k)
        if k in line.covered and not (x in w.MODALS and not line.tokens[k].capital and c.subject):
            break
        if x in ("n't", "not", "never"):
            c.negative = True
        elif x in w.AUX and not (
            x in these("has have had 've do does did need needs is was be are") and not _verb_follows(line, k + 1, end)
        ):
            aux.append(x)
        elif x == "to" and (c.subject or aux or c.lemma is None) and lemma_as(line.norm(k + 1), "base"):
            aux.append("to")
        elif x == "going" and line.norm(k + 1) == "to":
            aux.append("going")
        elif (
            x in these("meant supposed due able about ready happy keen hoping planning looking trying")
            and line.norm(k + 1) == "to"
        ):
            aux.append(x)
        elif x in w.ADVERBS and (aux or c.subject):
            pass
        elif x in ("gonna", "gotta"):
            aux.append(x)
        elif (
            x == "got" and line.norm(k + 1) == "to" and lemma_as(line.norm(k + 2), "base") and c.subject in (None, "me")
        ):
            aux.append("gotta")
            k += 1
        elif k in line.date_at and k not in line.covered:
            k = line.date_at[k].j
            if line.norm(k) == "not":
                break  # "close date is 4/30 not 3/31"
            continue
        else:
            break
        k += 1
    done = aux[-2:] == ["had", "to"] and not c.negative and not c.conditional
    if done:
        aux = aux[:-2]
    c.aux = tuple(aux)
    if k >= end:
        return
    if done and lemma_as(line.norm(k), "base"):
        c.lemma, c.form, c.verb_at = lemma_as(line.norm(k), "base"), "past", k  # "had to cancel our meeting"
        return
    x = line.norm(k)
    if k in line.covered and c.subject is None:
        return
    found = FORMS.get(x)
    if not found:
        # a verb in no table: what follows "will" or "to" can be nothing else
        if (
            these("will 'll to going gonna") & set(aux[-1:])
            and line.tokens[k].kind == "w"
            and k not in line.covered | line.dated
            and x not in w.DETERMINERS | w.OBJECTS
            and len(x) > 2
            and x not in these("back then there here also call1")
        ):
            c.lemma, c.form, c.verb_at = x, "base", k
        return
    kinds = {kind: lemma for lemma, kind in found}
    modal = any(a in w.MODALS | these("to do does did gonna gotta") for a in aux) and not (
        "have" in aux or "'ve" in aux
    )
    if modal and "base" in kinds:
        form = "base"
    elif any(a in these("is are was were 's 're 'm am be been") for a in aux) and "ing" in kinds:
        form = "ing"
    elif any(a in these("has have had 've 's 'd is was been are were") for a in aux) and "past" in kinds:
        form = "past"
    elif c.subject is None and not aux and "base" in kinds and "past" in kinds:
        form = "past" if x in these("read hit quit put cost beat") else "base"
    elif "past" in kinds:
        form = "past"
    elif c.subject in these("they person company role thing it deal") and "s" in kinds:
        form = "s"
    elif "base" in kinds and (c.subject in (None, "me", "they", "you", "role", "person", "company") or aux):
        form = "base"
    elif "ing" in kinds:
        form = "ing"
    elif "s" in kinds and c.subject is None:
        form = "s"
    else:
        form = next(iter(kinds))
    if c.subject is None and not aux and form == "base" and x in NOUNISH and _noun_here(line, k, end):
        return
    c.lemma, c.form, c.verb_at = kinds[form], form, k
    if line.norm(k + 1) in ("n't", "not") or (line.norm(k + 1) == "no" and c.lemma in ("get", "have")):
        c.negative = c.negative or line.norm(k + 1) != "no"


def _noun_here(line, k, end):
    """ "call with Dana", "email from Lena", "demo booked", "order form mon": a noun at the head of the clause."""
    x, nxt = line.norm(k), line.norm(k + 1)
    if x in ("call", "ring") and nxt == "to" and line.norm(k - 1) in these("quick short brief a phone another"):
        return True
    if x in ("phone", "zoom", "intro", "demo", "followup", "email", "check") and nxt in ("call", "calls"):
        return True
    if x == "close" and (nxt in these("for is of date on") or (k + 1) in line.dated):
        return True
    if x in w.MEETING_NOUNS | w.CALL_NOUNS and any(
        line.norm(y) in these("was went is were has") for y in range(k + 1, end)
    ):
        return True  # "demo for Sunita on Friday was a hit"
    if k + 1 < end and line.tokens[k + 1].kind == "n" and (k + 1) not in line.dated and x in ("call", "visit", "demo"):
        return True  # "call 20m"
    if k + 1 >= end:
        return False
    if nxt in these(
        "with from scheduled booked is was of w done sent in confirmed set agreed cancelled moved went bounced"
    ):
        return (
            x not in these("followup follow check touch work talk chat look help call sync catch")
            or (nxt == "from" and x in ("call", "email", "text", "message"))
            or (nxt in ("with",) and x in ("call", "chat", "demo", "talk"))
            or nxt in these("scheduled booked is was done confirmed set cancelled moved went")
            or (x == "call" and nxt == "in")
        )
    if x in MESSAGING and nxt in w.MESSAGE_NOUNS | w.CALL_NOUNS | {"request", "note", "connection"}:
        return True
    if nxt in ("to",) and x in these("email mail text message msg dm reply"):
        return True
    return bool(
        x
        in these(
            "demo visit trial pilot tender budget sample spec order price quote invoice test plan "
            "review print process design record"
        )
        and k + 1 not in line.mention_at
        and nxt not in w.OBJECTS
        and nxt not in w.DETERMINERS
        and nxt not in ("for", "up")
    )


def _verb_follows(line, k, end):
    for y in range(k, min(k + 4, end)):
        x = line.norm(y)
        if (
            x in w.ADVERBS
            or x in these("n't not to been be meant supposed")
            or (x == "going" and line.norm(y + 1) == "to")
        ):
            continue
        return y not in line.covered and (lemma_as(x, "past", "ing", "base") is not None) and x not in w.DETERMINERS
    return False
