"""Which open steps a line finishes or moves."""

from crm.web.text import fold

# Words that say nothing about what a step is about.
_EMPTY = frozenset(
    "a an and again at back by call called for from get got him her his in it me my of off on our over re send sending"
    " sent sends spoke that the their them they this to try up us we with you your out about email emailed mail ring"
    " rang phone meet met meeting message follow chase tell told ask asked".split()
)
_TOUCHES = ("call", "email", "meeting", "message")
_UNREACHED = ("no_answer", "busy", "wrong_number", "no_show", "cancelled", "bounced")


def settled(reading, made, steps):
    """The open steps that what happened finishes: a touch that was due by then, or the same thing in words."""
    found = []
    for activity in made.activities:
        step = _due_touch(activity, made, steps)
        if step:
            found.append(step)
    names = {word for who in [*made.people, made.prospect] if who for word in telling(who.name)}
    for done in reading.done:
        step = _same_words(done, [s for s in steps if s not in found], names)
        if step:
            found.append(step)
    return found


def _due_touch(activity, made, steps):
    """Your earliest step of that kind that was due by the day it happened, with the same person or nobody named.

    A try that reached nobody leaves the step open, unless the line names the next try.
    """
    if activity.kind not in _TOUCHES or activity.direction == "in":
        return None
    again = any(draft.owner == "me" and draft.kind == activity.kind for draft in made.steps)
    if activity.outcome in _UNREACHED and not again:
        return None
    people = {contact.pk for contact in made.people}
    for step in steps:
        due = step.due_on is not None and step.due_on <= activity.on
        same = step.contact_id is None or not people or step.contact_id in people
        if step.owner == "me" and step.kind == activity.kind and due and same:
            return step
    return None


def _same_words(done, steps, names):
    """The step of that side that shares most telling words with what was done; None when none is shared.

    Who it is with tells nothing about what it is.
    """
    words = telling(done.words) - names
    best, most = None, 0
    for step in steps:
        shared = len(words & telling(step.what))
        if step.owner == done.owner and shared > most:
            best, most = step, shared
    return best


def telling(text):
    """The words of a text that say what it is about, cut to a stem: "pricing", "prices" → "pric"."""
    return {word[: max(4, len(word) - 3)] for word in fold(text).split() if len(word) > 2 and word not in _EMPTY}


def moved(draft, steps, people):
    """The open step that "moved the meeting to Thursday" speaks of: your earliest of that kind; None without one."""
    ids = {contact.pk for contact in people}
    for step in steps:
        if (
            step.owner == "me"
            and step.kind == draft.kind
            and (step.contact_id is None or not ids or step.contact_id in ids)
        ):
            return step
    return None
