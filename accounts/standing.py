"""Whose move it is, since when and why, and the silence: the rules, and the one function that stores them.

docs/standing.md says the same in prose. Nothing here asks what day it is: a standing stays true until a
record changes, and what depends on today (late, silent for n days) is worked out when it is shown.

The rules, first match wins. Notes, auto-replies and bounces do not count; `open` steps only.

1. They wrote or rang (not: spoke with you), nothing went out since, and no step was made since → yours,
   since then: they wait for an answer.
2. The earliest open step, by due date (undated last; yours before theirs on the same day): its owner's,
   since it was made.
3. No open step, and the last thing was
   a. nothing at all → yours, since the record was made;
   b. two-way → yours, since then: nothing was agreed next;
   c. a try of yours → theirs, since the first try after the last two-way activity;
   d. a meeting not held, a wrong number → yours, since then.

Days in `why` are written {2026-03-18}, so that the text does not depend on how dates are shown
(`in_words` replaces them).
"""

import re
from collections import defaultdict, namedtuple
from datetime import date, time

from django.apps import apps
from django.db.models import CharField, FilteredRelation, Q
from django.db.models.functions import Cast

from accounts.models import Activity, Prospect, Standing, Step
from crm.web import bulk, clock
from crm.web.prepared import Prepared, together

AUDIENCES = (Standing.Audience.SELLER, Standing.Audience.OTHERS)
# What one row holds besides its key; `check_derived` compares these.
FIELDS = (
    "move",
    "since_on",
    "since_at",
    "why",
    "rule",
    "last_on",
    "last_at",
    "last_two_way_on",
    "last_two_way_at",
    "attempts",
    "attempts_by_kind",
    "first_attempt_on",
    "next_step_id",
    "their_step_id",
    "next_due_on",
    "their_due_on",
)
_CHUNK = 400
# Records refreshed at once up to which each is looked at from its end, rather than all their activities being read.
_FEW = 8
# How many of the latest activities are looked at, until one of these numbers is enough to tell.
_LATEST = (6, 64, None)

# What the rules look at of an activity.
Counted = namedtuple("Counted", "pk on at uuid kind direction outcome two_way attempt private known_at")
# And of an open step.
OpenStep = namedtuple("OpenStep", "pk owner what due_on known_at private contact")
_STEP = ("pk", "owner", "what", "due_on", "known_at", "private", "contact__name")


def refresh(prospect_ids=(), deal_ids=()):
    """Store the standings of these prospects and deals, for both audiences; drop those of gone ones."""
    if len(prospect_ids) + len(deal_ids) <= _FEW:
        _refresh({"prospect": sorted(prospect_ids), "deal": sorted(deal_ids)})
        return
    for name, ids in (("prospect", sorted(prospect_ids)), ("deal", sorted(deal_ids))):
        for start in range(0, len(ids), _CHUNK):
            _refresh({name: ids[start : start + _CHUNK]})


def compute(name, ids):
    """{(id, audience): values of FIELDS} for live prospects or deals (`name`) with these ids."""
    return derive(*_read({name: list(ids)})[name])


def _refresh(asked):
    """`asked`: {"prospect": ids, "deal": ids}, or one of them."""
    for name, read in _read(asked).items():
        _store(name, asked[name], derive(*read))


# Reading ---------------------------------------------------------------------------------------------

_MODELS = {"prospect": lambda: Prospect, "deal": lambda: apps.get_model("deals.Deal")}


def _prepared(name):
    """(live records with their open steps, [activities, latest first, by each number of _LATEST])."""
    key = f"{name}_id"
    of_open = Q(steps__state=Step.State.OPEN, steps__trashed_at=None)
    columns = [f"due__{column}" for column in ("due_time", "position", *_STEP)]
    # As text, which sorts the same: a UUID is made of it in Python, at some cost, and only to break ties.
    given = [Cast("uuid", CharField()) if column == "uuid" else column for column in Counted._fields]

    def latest(number):
        return Prepared(lambda pk: _rows().filter(**{key: pk}).newest_first().values_list(*given)[:number])

    return (
        Prepared(
            lambda ids: (
                _MODELS[name]()
                .objects.filter(pk__in=ids)
                .order_by()
                .annotate(due=FilteredRelation("steps", condition=of_open))
                .values_list("pk", "created_at", *columns)
            )
        ),
        [latest(number) for number in _LATEST],
    )


def _rows():
    """The activities that count."""
    return Activity.objects.exclude(kind="note").exclude(outcome__in=["auto_reply", "bounced"])


_PREPARED = {name: _prepared(name) for name in _MODELS}


def _read(asked):
    """{name: ({id: made at}, {id: [Counted], oldest first}, {id: [OpenStep], due first})} of those that are live."""
    live = together(*((_PREPARED[name][0], ids) for name, ids in asked.items()))
    made = {name: {row[0]: row[1] for row in rows} for name, rows in zip(asked, live, strict=True)}
    activities = _counted(made)
    return {name: (made[name], activities[name], _by_due(rows)) for name, rows in zip(asked, live, strict=True)}


def _by_due(rows):
    """{id: its open steps in the order of `StepQuerySet.by_due`}"""
    due = []
    for owner, _created, at, position, *step in rows:
        step = OpenStep(*step)
        if step.pk is not None:
            on = step.due_on
            due.append(((on is None, on or date.max, at is not None, at or time.min, position, step.pk), owner, step))
    found = defaultdict(list)
    for _place, owner, step in sorted(due):
        found[owner].append(step)
    return found


def _counted(asked):
    """{name: {id: its counted activities, oldest first}} of {name: ids}; what decides nothing any more may lack."""
    found = {name: defaultdict(list) for name in asked}
    if sum(map(len, asked.values())) <= _FEW:
        wanted = [(name, pk) for name, ids in asked.items() for pk in ids]
        for n, number in enumerate(_LATEST):
            parts = together(*((_PREPARED[name][1][n], pk) for name, pk in wanted))
            undecided = []
            for (name, pk), rows in zip(wanted, parts, strict=True):
                found[name][pk] = sorted((Counted(*row) for row in rows), key=_in_order)
                if len(rows) == number and not _enough(found[name][pk]):
                    undecided.append((name, pk))
            wanted = undecided
        return found
    for name, ids in asked.items():
        key = f"{name}_id"
        for owner, *row in _rows().filter(**{f"{key}__in": ids}).in_order().values_list(key, *Counted._fields):
            found[name][owner].append(Counted(*row))
    return found


def _in_order(activity):
    """As `ActivityQuerySet.in_order`."""
    return activity.on, activity.at is not None, activity.at and activity.at.timestamp(), activity.uuid


def _enough(activities):
    """Whether what came before these cannot matter, not even to those who do not see the private ones."""
    public = [activity for activity in activities if not activity.private]
    return any(a.two_way for a in public) and any(_spoke(a) or a.direction == "out" for a in public)


def _first_names(ids):
    """{activity id: first name of its first contact} of these activities."""
    ids, found = sorted(ids), {}
    through = Activity.contacts.through.objects
    for start in range(0, len(ids), _CHUNK):
        pairs = through.filter(activity_id__in=ids[start : start + _CHUNK]).order_by("contact_id")
        for pk, name in pairs.values_list("activity_id", "contact__name"):
            found.setdefault(pk, name.split(" ")[0])
    return found


# The rules -------------------------------------------------------------------------------------------

# What decided: the rule, the activity or step it speaks of, the tries since the last talk, and whose move since when.
_Decision = namedtuple("_Decision", "rule subject tries move since_on since_at")


def derive(made, activities, steps, audiences=AUDIENCES):
    """As `compute`, from what is in hand: {id: made at}, {id: [Counted], oldest first}, {id: [OpenStep], due first}."""
    found = {}
    for pk, created_at in made.items():
        rows, due = activities.get(pk, ()), steps.get(pk, ())
        whole = None
        for audience in audiences:
            blind = audience != "seller"
            shown = [a for a in rows if not (blind and a.private)], [s for s in due if not (blind and s.private)]
            if whole is None or (len(shown[0]), len(shown[1])) != (len(rows), len(due)):
                whole = _standing(created_at, *shown)
            found[pk, audience] = whole
    named = {d.subject.pk for d, _ in found.values() if d.rule in ("waiting", "spoke")}
    names = _first_names(named) if named else {}
    return {
        (pk, audience): {**values, "why": _why(decision, names, "you" if audience == "seller" else "the seller")[:400]}
        for (pk, audience), (decision, values) in found.items()
    }


def _spoke(activity):
    """Whether the two talked: neither owes the other an answer for what was before."""
    return activity.outcome in ("connected", "held")


def in_words(why):
    """The stored reason with its {days} written as this installation writes days."""
    from crm.web.templatetags.callback import day

    return re.sub(r"\{(\d{4}-\d\d-\d\d)\}", lambda m: day(date.fromisoformat(m[1])), why)


def _standing(created_at, activities, steps):
    """(decision, a row's values but for its words), from counted activities (oldest first), open steps (due first)."""
    after, last_two_way = [], None
    for activity in activities:
        if activity.two_way:
            last_two_way, after = activity, []
        elif activity.attempt:
            after.append(activity)
    last = activities[-1] if activities else None
    mine = next((s for s in steps if s.owner == Step.Owner.ME), None)
    theirs = next((s for s in steps if s.owner == Step.Owner.THEM), None)
    by_kind = defaultdict(int)
    for attempt in after:
        by_kind[attempt.kind] += 1
    decision = _decide(created_at, activities, after, steps)
    return decision, {
        "move": decision.move,
        "since_on": decision.since_on,
        "since_at": decision.since_at,
        "rule": decision.rule,
        "last_on": last and last.on,
        "last_at": last and last.at,
        "last_two_way_on": last_two_way and last_two_way.on,
        "last_two_way_at": last_two_way and last_two_way.at,
        "attempts": len(after),
        "attempts_by_kind": dict(sorted(by_kind.items())),
        "first_attempt_on": after[0].on if after else None,
        "next_step_id": mine and mine.pk,
        "their_step_id": theirs and theirs.pk,
        "next_due_on": mine and mine.due_on,
        "their_due_on": theirs and theirs.due_on,
    }


def _decide(created_at, activities, after, steps):
    """The _Decision by the rules above."""
    tries = len(after)
    waiting = _unanswered(activities, steps)
    if waiting is not None:
        return _Decision("waiting", waiting, tries, "mine", waiting.on, waiting.at)
    if steps:
        first = min(steps, key=lambda s: (s.due_on is None, s.due_on or clock.day_of(s.known_at), s.owner != "me"))
        move = "mine" if first.owner == Step.Owner.ME else "theirs"
        return _Decision("step", first, tries, move, clock.day_of(first.known_at), first.known_at)
    if not activities:
        return _Decision("nothing", None, tries, "mine", clock.day_of(created_at), created_at)
    last = activities[-1]
    if last.attempt:
        return _Decision("tried", after[0], tries, "theirs", after[0].on, after[0].at)
    return _Decision("spoke" if last.two_way else "unheld", last, tries, "mine", last.on, last.at)


def _why(decision, names, you):
    """The reason in words; `you`: what the row's readers call the seller."""
    rule, subject = decision.rule, decision.subject
    if rule == "waiting":
        verb = {"call": "rang", "meeting": "asked to meet"}.get(subject.kind, "wrote")
        return f"{names.get(subject.pk, 'They')} {verb} on {{{subject.on}}} and waits for an answer"
    if rule == "step":
        by = f" by {{{subject.due_on}}}" if subject.due_on else ""
        theirs = subject.contact.split(" ")[0] if subject.contact else "they"
        return f"{you if decision.move == 'mine' else theirs} promised: {subject.what}{by}"
    if rule == "nothing":
        return "nobody has been in touch yet"
    if rule == "tried":
        your = "your" if you == "you" else f"{you}’s"
        count = f"{your} try" if decision.tries == 1 else f"{your} {decision.tries} tries"
        return f"no answer to {count} since {{{subject.on}}}"
    if rule == "spoke":
        who = names.get(subject.pk, "them")
        met = f"{you} met {who}" if subject.kind == "meeting" else f"{you} spoke with {who}"
        return f"{met} on {{{subject.on}}} and agreed no next step"
    if subject.outcome == "wrong_number":
        return "the number was wrong"
    return f"the meeting of {{{subject.on}}} was not held"


def _unanswered(activities, steps):
    """The first of their messages that nothing of yours followed, or None."""
    waiting = None
    for activity in activities:
        if activity.direction == "in" and not _spoke(activity):
            waiting = waiting or activity
        elif _spoke(activity) or activity.direction == "out":
            waiting = None
    if waiting is None or any(step.known_at >= waiting.known_at for step in steps):
        return None
    return waiting


def _store(name, ids, computed):
    gone = set(ids) - {pk for pk, _ in computed}
    if gone:
        Standing.objects.filter(**{f"{name}_id__in": gone}).delete()
    rows = [{f"{name}_id": pk, "audience": audience, **values} for (pk, audience), values in computed.items()]
    # The conditions are those of the unique indexes of Standing.
    where = "deal_id IS NULL" if name == "prospect" else "NOT (deal_id IS NULL)"
    bulk.put(Standing, rows, key=(f"{name}_id", "audience"), where=where)
