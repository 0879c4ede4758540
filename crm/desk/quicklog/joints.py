"""Where a clause begins without punctuation: a connector, a new subject and verb, an order to oneself."""

from . import words as w
from .clauses import REPORTING, outcome_at
from .ordinary import is_ordinary
from .these import these
from .verbs import CALLING, FORMS, MAILING, MEETING, MESSAGING, NOUNISH, TALKING, lemma_as

_CONTACT = CALLING | MAILING | MESSAGING | MEETING | TALKING | these("try reach catch leave get send lvm")


def _head(line, a, k):
    """Has the clause so far said something: a verb, an event, a name?"""
    return any(x in line.covered or lemma_as(line.norm(x), "past", "s", "base") for x in range(a, k)) or any(
        line.norm(x) in w.MEETING_NOUNS or line.norm(x) in w.VOICEMAIL for x in range(a, k)
    )


def _verb_head(line, a, k):
    return (
        any(
            (
                x not in line.covered
                and x not in line.dated
                and (
                    lemma_as(line.norm(x), "past", "s")
                    or line.norm(x) in w.AUX
                    or (
                        lemma_as(line.norm(x), "base")
                        and (line.norm(x) not in NOUNISH or x == a or line.norm(x - 1) in w.AUX | w.LEAD)
                    )
                )
            )
            or line.norm(x) in ("lvm", "vm")
            for x in range(a, k)
        )
        or outcome_at(line, a) is not None
    )


def _verb_at(line, k):
    """A verb or auxiliary at k, adverbs skipped."""
    for _ in range(3):
        if line.norm(k) in w.ADVERBS and line.norm(k + 1):
            k += 1
    if k in line.covered:
        return False
    return line.norm(k) in w.AUX or line.norm(k) in FORMS or line.norm(k) in ("wanna",)


def _predicate_at(line, k):
    """A promise, plan or report at k: "will send", "'ll", "to send", "is going to", "says", "agreed"."""
    x = line.norm(k)
    for _ in range(2):
        if x in w.ADVERBS:
            k += 1
            x = line.norm(k)
    if x in these("will 'll should owes gonna wants needs has is was 's can must had"):
        return x != "'s" or line.norm(k + 1) in these("going sending getting checking not happy keen to")
    if x == "to":
        return lemma_as(line.norm(k + 1), "base") is not None and line.norm(k + 1) not in w.DETERMINERS
    return (lemma_as(x, "s") is not None and x not in NOUNISH) or lemma_as(x, "past") in REPORTING


def _joint(line, a, k):
    """Does a clause begin at k without punctuation? The joint's name or None."""
    x, prev, nxt = line.norm(k), line.norm(k - 1), line.norm(k + 1)
    if all(
        (y in line.dated and y not in line.covered) or line.norm(y) in w.LEAD or line.tokens[y].kind == "p"
        for y in range(a, k)
    ):
        return None  # "thursday email Derek": the day leads its own clause
    if x in w.CONNECTORS:
        return _connected(line, a, k)
    if line.norm(a) in w.CONNECTORS and k == a + 1:
        return None
    if (
        x in w.ME | w.THEM
        and prev not in w.SUBORDINATE
        and prev not in ("that", "of")
        and (_verb_at(line, k + 1) or k + 1 in line.dated)
    ):
        if prev in these("did do does will would can could should has have is was are") and (True) and k - 1 == a:
            return None
        return "implicit" if _head(line, a, k) or _verb_head(line, a, k) or k - 1 in line.dated or k - a >= 2 else None
    if x in ("please", "pls", "remind") and _head(line, a, k) and lemma_as(nxt, "base"):
        return None if prev in ("please", "pls", "to") else "implicit"
    if (
        lemma_as(x, "past") in MEETING | CALLING | MAILING | MESSAGING
        and not lemma_as(x, "base")
        and k - 1 in line.covered
        and k not in line.covered
        and lemma_as(line.norm(a), "ing")
    ):
        return "implicit"  # "driving back from Pike met Grant"
    m = line.mention_at.get(k)
    if (
        m
        and _verb_head(line, a, k)
        and prev not in w.DETERMINERS
        and not _takes_object(line, k - 1)
        and prev not in these("and with to at from for re of about in on cc or via by")
    ) and _predicate_at(line, m.j):
        return "implicit"
    if ((m and prev == "that") or (m and lemma_as(prev, "past", "s") in ("say", "reckon", "confirm"))) and (
        _predicate_at(line, m.j) or _verb_at(line, m.j)
    ):
        return "implicit"
    if (
        x in w.ROLES
        and lemma_as(prev, "past", "s") in ("say", "reckon", "think", "confirm")
        and _predicate_at(line, k + 1)
    ):
        return "implicit"
    if x in these("the their his her its") and lemma_as(prev, "past", "s") in ("say", "reckon") and k - a >= 1:
        return "implicit"
    if (
        prev == "that"
        and x in these("the their his her its he she they it we i")
        and any(lemma_as(line.norm(y), "past", "s") in REPORTING for y in range(max(a, k - 6), k - 1))
        and any(
            line.norm(y) in these("will 'll would has have is are")
            for y in range(k + 1, min(k + (2 if x in w.SUBJECTS else 5), len(line.tokens)))
        )
    ):
        return "implicit"  # "confirmed by email that his team will …"
    if (
        x in ("need", "gotta", "must", "needs")
        and nxt == "to"
        and prev not in w.SUBJECTS
        and k - 1 not in line.covered
        and prev not in ROLE_OR_AUX
        and _verb_head(line, a, k)
        and x == "need"
    ):
        return "implicit"
    if (
        x == "will"
        and k not in line.covered
        and lemma_as(nxt, "base")
        and prev not in w.SUBJECTS
        and (
            _contact_object(line, a, k)
            or (
                prev
                in these(
                    "instead again anyway though tho vm voicemail msg back off yet today him them there "
                    "tonight earlier now first lunch leave holiday hols already"
                )
                and _verb_head(line, a, k)
            )
            or (k - 1 in line.dated and k - 1 not in line.covered and _verb_head(line, a, k))
        )
    ):
        return "implicit"
    if x in ("he'll", "she'll"):
        return "implicit"
    lemma = lemma_as(x, "base")
    if (
        x in these("cb callback followup fu retry redial rebook")
        and k not in line.covered
        and (k - 1 in line.covered or prev in w.VOICEMAIL or k - 1 in line.dated)
        and (_head(line, a, k) or _verb_head(line, a, k))
        and prev not in these("for to from about re asked wants")
    ):
        return "implicit"  # "dale friesen lvm cb mon"
    if lemma and k not in line.covered and k not in line.dated and _order(line, a, k, x, prev, nxt):
        return "implicit"
    if x in ("lvm",) and _verb_head(line, a, k):
        return "implicit"
    if (
        x == "left"
        and prev not in w.SUBJECTS
        and prev not in w.AUX
        and _verb_head(line, a, k)
        and prev not in w.ADVERBS
        and not (k - 1 in line.covered and not _contact_object(line, a, k))
        and any(line.norm(y) in w.LEFT_THINGS for y in range(k + 1, min(k + 6, len(line.tokens))))
    ):
        return "implicit"
    return None


ROLE_OR_AUX = w.AUX | w.ROLES | {"to", "not"}


def _contact_object(line, a, k):
    """The name right before k is the object of a contact verb: "rang Liam" + "will try again"."""
    m = next((m for m in line.mentions if m.j == k), None)
    if not m:
        return False
    return any(lemma_as(line.norm(x), "past", "base") in _CONTACT for x in range(a, m.i)) or line.norm(a) == "lvm"


def _takes_object(line, k):
    x = line.norm(k)
    return k not in line.covered and (
        (lemma_as(x, "base", "past", "ing") is not None and x not in w.LEAD) or x in ("lvm", "and", ",")
    )


_TASKS = CALLING | MAILING | MESSAGING | these("check visit review demo quote follow contact update followup")


def _order(line, a, k, x, prev, nxt):
    """Is the base form at k an order to oneself that begins a clause?"""
    if not _head(line, a, k) and not _verb_head(line, a, k) and k - 1 not in line.dated:
        return False
    if (
        prev in these("to n't not please pls don't never and or")
        or prev in w.MODALS
        or prev in w.DETERMINERS
        or prev in w.SUBJECTS
        or (prev in w.OBJECTS and _lets(line, a, k))
        or prev in these("do did does let help make go come s")
    ):
        return False
    if prev in w.LEAD and k - 1 == a:
        return False
    if prev in w.ADVERBS and line.norm(k - 2) in w.MODALS and k - 2 >= a:
        return False  # "will hopefully send"
    if prev == "'s" or (k - a == 1 and prev in NOUNISH and k - 1 not in line.dated):
        return False
    if not _verb_head(line, a, k) and k - 1 not in line.dated:
        return False
    follows = (
        nxt in w.OBJECTS
        or (k + 1) in line.mention_at
        or nxt in ("again", "back", "up", "over")
        or nxt in w.DETERMINERS
        or (k + 1) in line.date_at
    )
    if x in NOUNISH and x not in _TASKS and k - 1 not in line.dated:
        return False
    if x in NOUNISH:
        if lemma_as(prev, "base", "ing") or prev in these(
            "with for of on in at from a about by next first good quick the re via"
        ):
            return False
        if k - 1 in line.covered or (is_ordinary(prev) and k - 1 not in line.dated):
            return (
                nxt in w.OBJECTS
                or (k + 1) in line.mention_at
                or nxt in ("again", "back")
                or (nxt in ("up",) and x == "follow")
            )
        return follows
    if x in these(
        "send try chase follow remind book schedule prepare arrange confirm ask tell get "
        "nudge bring revisit regroup prep"
    ):
        if x in these("get ask tell bring book") and not follows:
            return False
        return prev not in these("with for of on in at from about re will would") and (
            not lemma_as(prev, "base") or prev in NOUNISH
        )
    return follows and k - 1 in line.dated


def _lets(line, a, k):
    """ "asked her to", "let me know", "help us find": the pronoun before is the verb's subject."""
    return line.norm(k - 2) in these("let make help have had made lets")


def _first(line, a):
    while line.norm(a) in w.LEAD:
        a += 1
    return a


def _connected(line, a, k):
    """A clause that begins with and, then, but, so, also, plus."""
    x, nxt = line.norm(k), line.norm(k + 1)
    if k + 1 >= len(line.tokens):
        return None
    if x == "so" and nxt in these("far much many that good long on keen happy"):
        return None
    if line.norm(k - 1) in w.CONNECTORS:
        return None
    j = k + 1
    while line.norm(j) in w.LEAD and j < k + 4:
        j += 1
    y = line.norm(j)
    if j in line.dated and j in line.date_at:
        j = line.date_at[j].j
        y = line.norm(j)
        if lemma_as(y, "base", "past") or y in w.SUBJECTS:
            return x
    if y in w.SUBJECTS and _verb_at(line, j + 1):
        return x
    if outcome_at(line, j):
        return x
    if y in w.MODALS | these("need must gotta left lvm") and j not in line.covered:
        return x
    m = line.mention_at.get(j)
    if (
        m
        and x in ("and", "then")
        and m.j in line.date_at
        and lemma_as(line.norm(_first(line, a)), "base")
        and any(y in line.date_at for y in range(a, k))
    ):
        return x  # "call Dale tues and Nadia wed"
    if m:
        return (
            x
            if (
                (
                    _predicate_at(line, m.j)
                    or lemma_as(line.norm(m.j), "past") is not None
                    or line.norm(m.j) in ("from",)
                )
                and x != "and"
            )
            or (_predicate_at(line, m.j) and line.norm(m.j) != "to")
            or _predicate_at(line, m.j)
            else None
        )
    if lemma_as(y, "past") and y not in ("set", "left") and not (x == "and" and y in ("read", "put", "cut", "let")):
        return x if not _adjective(line, j) else None
    if lemma_as(y, "base") and y not in ("back", "like", "last", "need"):
        if x in these("then so but also plus"):
            return x
        after = line.norm(j + 1)
        if y not in NOUNISH:
            return x
        if (
            after in w.OBJECTS
            or (j + 1) in line.mention_at
            or after in ("again", "back", "up", "on")
            or after in w.DETERMINERS
            or (j + 1) in line.date_at
            or after in ("in",)
        ):
            return x
    if (lemma_as(y, "ing") and x in ("then", "but", "so")) or (x in ("then", "but") and y and is_ordinary(y)):
        return x
    if (
        y in these("the their his her our my")
        and x in ("but", "so", "and")
        and any(line.norm(z) in w.AUX for z in range(j + 1, min(j + 5, len(line.tokens))))
    ):
        return x
    if x == "and" and y == "to" and lemma_as(line.norm(j + 1), "base"):
        return x
    return None


def _adjective(line, j):
    """ "and updated pricing": a participle before a noun."""
    nxt = line.norm(j + 1)
    return (
        lemma_as(line.norm(j), "past") in these("update revise sign agree amend print design price")
        and is_ordinary(nxt)
        and nxt not in w.DETERMINERS
        and nxt not in w.OBJECTS
        and (j + 1) not in line.covered
    )
