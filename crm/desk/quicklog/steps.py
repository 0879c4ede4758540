"""What is to happen next: my own plans, what they promised, steps that are moved."""

from . import words as w
from .making import FUTURE, _pick, _place
from .orders import _mine, _thing
from .plans import _loose_date, _moved, _noun_step, _todo_heading
from .promises import _booked, _promise, _several
from .reading import Step
from .these import these
from .verbs import NOUNISH


def read(line, clauses, events, at, changed):
    """(steps, unsure): `changed` are the indexes of clauses that only change the deal."""
    steps, unsure = [], set()
    told = {n for e in events for n in e.clauses}
    last_date, heading, owner = None, None, None
    for n, c in enumerate(clauses):
        if c.joint in (".", ";") or (n and clauses[n - 1].joint in ("",) and c.joint != ":" and heading is None):
            heading = None
        heads = n + 1 < len(clauses) and clauses[n + 1].joint in (":", "dash") and n not in told
        if heads and clauses[n + 1].joint == ":" and len(c.norms(line.tokens)) <= 2:
            owner = _OWNERS.get(line.norm(c.a), owner if line.norm(c.a) in ("and",) else None)
        if heads and (_loose_date(line, c) or (_todo_heading(line, c) and c.dates)) and n not in changed:
            heading = c  # "thurs: send Megan pricing": the day stands before what is due
            continue
        got = None
        if n not in changed:
            got = _step(line, c, clauses, n, events, told, at)
        shared = _same_again(line, c, clauses, n, steps, at)
        if shared is not None:
            got = shared
        if got is None:
            if (
                steps
                and n not in changed
                and steps[-1][1] == n - 1
                and (
                    _loose_date(line, c)
                    or (c.dates and (c.lemma == "promise" or (c.lemma == "be" and c.subject in (None, "it", "thing"))))
                )
            ):
                _late_date(line, c, steps[-1][0], at)
            for d in c.dates:
                day = d.due(at)
                if day and not d.owned:
                    last_date = day[0]
            continue
        step, doubt = got
        if doubt:
            unsure.add("next_steps")
        if owner and c.subject is None:
            step.owner = owner
        if step.due_on is None and not doubt and _says_then(line, c) and last_date:
            step.due_on = last_date
        if step.due_on is None and not doubt and heading is not None:
            _late_date(line, heading, step, at)
        elif (
            step.due_on is None
            and not doubt
            and n
            and _loose_date(line, clauses[n - 1])
            and (n - 1) not in told
            and clauses[n - 1].joint in ("", ".")
        ):
            _late_date(line, clauses[n - 1], step, at)
        if n and c.joint == ":" and clauses[n - 1].lemma is None and " it " in f" {step.what} ":
            before = clauses[n - 1]
            topic = line.text[line.tokens[before.a].start : line.tokens[before.b - 1].end]
            if not before.mentions and n - 1 not in told:
                step.what = f"{step.what} ({topic})"  # "Credentials pack: send it to Daniel"
        if n and c.joint in (",", "dash", "and", "so", ".", ";", "implicit") and step.what.lower() in _BARE_DEEDS:
            wanted = _wanted(line, clauses[n - 1])
            if wanted:
                step.what = f"{step.what} ({wanted})"  # "wants the tender pack, send tmrw"
        if step.due_on:
            last_date = step.due_on
        steps.append((step, n))
    return [s for s, _n in steps], unsure


_OWNERS = {
    "me": "me",
    "us": "me",
    "mine": "me",
    "her": "them",
    "him": "them",
    "them": "them",
    "they": "them",
    "theirs": "them",
    "she": "them",
    "he": "them",
    "i": "me",
    "we": "me",
}


def _same_again(line, c, clauses, n, steps, at):
    """ "call Dale tues and Nadia wed": the same deed for somebody else on another day."""
    if not steps or steps[-1][1] != n - 1 or c.joint not in ("and", ",", "then", "&") or not c.mentions or not c.dates:
        return None
    before = clauses[n - 1]
    if before.lemma is None or before.form != "base" or before.subject is not None or steps[-1][0].owner != "me":
        return None
    if not all(
        k in line.covered
        or k in line.dated
        or line.tokens[k].kind == "p"
        or line.norm(k) in ("and", "then", "also", "on")
        for k in range(c.a, c.b)
    ):
        return None
    picked, doubt, _d = _pick(line, c, at)
    if not picked or doubt:
        return None
    who = line.text[line.tokens[c.mentions[0].i].start : line.tokens[c.mentions[-1].j - 1].end]
    deed = line.text[line.tokens[before.verb_at].start : line.tokens[before.verb_at].end]
    step = Step("me", steps[-1][0].kind, f"{deed} {who}", picked[0], picked[1], span=_place(line, c))
    return step, False


_BARE_DEEDS = these("send email forward share resend quote") | {
    f"{deed} {what}" for deed in ("send", "email", "forward") for what in ("it", "them", "over", "that", "it over")
}


def _wanted(line, c):
    """What the clause before says they want, if it is a thing and nothing but one."""
    if c.lemma not in these("want need ask request") or c.verb_at < 0 or c.negative or c.conditional:
        return ""
    k = c.verb_at + 1
    while k < c.b and line.norm(k) in these("for a an the to see get our some"):
        k += 1
    stop = next((x for x in range(k, c.b) if x in line.dated or line.norm(x) in these("to by before and so")), c.b)
    return line.text[line.tokens[k].start : line.tokens[stop - 1].end] if k < stop <= k + 6 else ""


def _late_date(line, c, step, at):
    picked = _pick(line, c, at)
    if not picked or not picked[0]:
        return
    day, clock = picked[0]
    d = picked[2]
    if step.due_on is None:
        step.due_on, step.due_time = day, clock
    elif step.due_time is None and d.day is None:
        step.due_time = clock


def _says_then(line, c):
    return any(
        line.norm(k) == "then" and k > c.a and (k + 1 >= c.b or line.tokens[k + 1].kind == "p") for k in range(c.a, c.b)
    )


def _step(line, c, clauses, n, events, told, at):
    N = c.norms(line.tokens)
    set(N)
    if c.conditional:
        return None
    if n + 1 < len(clauses) and clauses[n + 1].joint == ":" and len(N) <= 2 and not c.dates and not c.mentions:
        return None  # "Call: Harriet Moss", "Next: …": a heading
    moved = _moved(line, c, N, at, told, n)
    if moved is not None:
        return moved
    subject, lemma, form, aux = c.subject, c.lemma, c.form, set(c.aux)
    if subject is None and c.inherits is not None and lemma and form == "base" and not aux and c.inherits.lemma:
        parent = c.inherits
        while (
            parent.subject is None
            and parent.inherits is not None
            and parent.form == "base"
            and parent.lemma
            and parent.joint == "and"
        ):
            parent = parent.inherits
        if (
            parent.buyer
            and (set(parent.aux) & (FUTURE | {"to", "should", "must"}) or parent.form == "s")
            and c.joint == "and"
        ):
            subject, aux = parent.subject, set(parent.aux)
            return _promise(line, c, N, at, subject, aux, lemma, form, events)
    if n in told:
        return _booked(line, c, N, at, events, told_here=True) if c.lemma not in w.RETRY else None
    if (
        (subject in (None, "thing", "person", "company", "role", "deal") and c.verb_at < 0)
        or (subject == "person" and form == "base" and not aux and (lemma in NOUNISH) and not _several(line, c))
        or (subject in ("person", "company") and lemma == "meet" and form == "ing" and not aux)
    ):
        return _noun_step(line, c, N, at, clauses, n)
    if subject in ("me", None):
        return _mine(line, c, N, at, subject, aux, lemma, form, events, clauses, n)
    if subject in ("they", "person", "company", "role"):
        return _promise(line, c, N, at, subject, aux, lemma, form, events)
    if subject in ("thing", "it", "deal"):
        return _thing(line, c, N, at, aux, lemma, form)
    return None
