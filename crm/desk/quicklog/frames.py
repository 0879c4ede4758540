"""Who does what in a clause: subject, auxiliaries, main verb, and whether it is so at all."""

from . import words as w
from .clauses import REPORTING
from .ordinary import is_ordinary
from .these import these
from .verbs import FORMS, MESSAGING, NOUNISH, lemma_as


def analyse(line, clauses):
    prev = None
    for c in clauses:
        c.dates = [d for d in line.dates if c.a <= d.i < c.b]
        c.money = [m for m in line.money if c.a <= m.i < c.b]
        c.mentions = [m for m in line.mentions if c.a <= m.i < c.b]
        frame(line, c)
        if c.joint in these("and then so but also plus , &") and c.subject is None and prev is not None and c.lemma:
            c.inherits = prev
        if (
            prev is not None
            and prev.lemma in REPORTING
            and prev.verb_at >= 0
            and c.joint in ("implicit", "and", ":", ",")
            and (prev.buyer or prev.subject in ("me", None))
        ):
            c.reported = c.joint == "implicit" or prev.reported
        prev = c


def frame(line, c):
    """Subject, auxiliaries, verb of one clause."""
    k, end = c.a, c.b
    while k < end and (
        (line.norm(k) in w.LEAD and k not in line.covered)
        or line.tokens[k].kind == "p"
        or (k in line.dated and k not in line.covered)
    ):
        if line.norm(k) in ("will",):
            break
        if k in line.date_at:
            k = max(k + 1, line.date_at[k].j)
            continue
        if line.norm(k) in ("next", "call") and line.norm(k + 1) in ("step", "steps"):
            k += 1
        k += 1
    k = _past_adverbial(line, k, end)
    if k >= end:
        return
    if (
        line.norm(k) in these("if unless provided assuming whether")
        or (line.norm(k) == "in" and line.norm(k + 1) == "case")
        or (line.norm(k) in ("had", "were") and line.norm(k + 1) in w.SUBJECTS)
    ):
        c.conditional = True
        k += 1
    if k >= end:
        return
    if any(line.norm(x) in these("if unless whether assuming provided") for x in range(k, end)):
        c.conditional = c.conditional or not _if_nothing(line, c)
    start = k
    x = line.norm(k)
    if x in these("did do does is are has have will can could should") and line.norm(k + 1) in w.THEM | {"they"} | w.ME:
        c.conditional = True  # a question
    m = line.mention_at.get(k)
    if x in w.ME:
        c.subject, k = "me", k + 1
    elif x in w.THEM:
        c.subject, k = "they", k + 1
        if line.norm(k) == "both":
            k += 1
    elif x == "it":
        c.subject, k = "it", k + 1
    elif x == "you":
        c.subject, k = "you", k + 1
    elif x == "let" and line.norm(k + 1) in ("'s", "us"):
        c.subject, k = "me", k + 2
        c.aux = ("will",)
    elif m and line.tokens[k].kind != "a":
        k = _name_subject(line, c, m, end)
    elif x in ("me", "us") and line.norm(k + 1) == "to" and lemma_as(line.norm(k + 2), "base"):
        c.subject, k = "me", k + 1
    elif x in ("nobody", "noone", "none") or (x == "no" and line.norm(k + 1) == "one"):
        c.subject, c.negative, k = "role", True, k + (2 if x == "no" else 1)
        k = _past_origin(line, k, end)
    elif x in ("someone", "somebody", "everyone", "everybody"):
        c.subject, k = "role", k + 1
        if line.norm(k) == "else":
            c.subject, k = "stranger", k + 1
        k = _past_origin(line, k, end)
    elif (
        x in w.DETERMINERS
        or (not lemma_as(x, "base", "past", "ing") and x not in w.AUX and x != "to" and line.tokens[k].kind == "w")
        or _noun_subject(line, k, end)
    ):
        k = _noun_phrase(line, c, k, end)
    if c.subject:
        c.subject_at = (start, k)
    _predicate(line, c, k, end)
    if c.lemma is None and c.subject is None:
        _inner(line, c, start, end)
    if c.subject is None and c.form == "s" and c.lemma in _OF_THEM:
        c.subject = "they"  # "wants a demo next wed": nobody writes so of himself


_OF_THEM = these("want need say ask think prefer like reckon promise owe hope expect love insist agree")
_ADVERBIALS = [
    tuple(x.split())
    for x in (
        "out of the blue|in the meantime|on the way|as promised|as agreed|as discussed|by the way|"
        "for now|to be fair|good news|bad news|"
        "at last|at long last|in the end|in fact|in principle|no surprise|big news|great news|sad "
        "news|just in|on second thoughts|"
        "after all that|long story short|fingers crossed|as expected|per his request|per her request|"
        "end of the day|so far"
    ).split("|")
]


def _past_adverbial(line, k, end):
    for words in _ADVERBIALS:
        if k + len(words) < end and all(line.norm(k + x) == words[x] for x in range(len(words))):
            k += len(words)
            while k < end and line.tokens[k].kind == "p":
                k += 1
    return k


def _inner(line, c, start, end):
    """No verb where one was looked for: a name and its verb further on ("out of the blue Hannah phoned")."""
    for m in line.mentions:
        if (
            start < m.i < end
            and lemma_as(line.norm(m.j), "past")
            and line.norm(m.i - 1) not in these("with to for at by from re about of")
        ):
            k = _name_subject(line, c, m, end)
            c.subject_at = (m.i, k)
            _predicate(line, c, k, end)
            return


def _if_nothing(line, c):
    """ "chase if no reply", "if nothing by friday, call him": a plan all the same."""
    for x in range(c.a, c.b):
        if line.norm(x) in ("if", "unless"):
            rest = [line.norm(y) for y in range(x + 1, min(x + 6, c.b))]
            return (
                bool(these("no nothing not n't none haven't silence needed necessary poss possible") & set(rest))
                and x > c.a
            )
    return False


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
