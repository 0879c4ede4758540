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

from django.apps import apps

from accounts.models import Activity, Prospect, Standing, Step
from crm.web import bulk, clock

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
# Rows changed at once beyond which one statement is quicker than one a row.
_FEW = 8

# What the rules look at of an activity.
Counted = namedtuple("Counted", "pk on at uuid kind direction outcome two_way attempt private known_at")
# Of those, how many of the latest are looked at first where a few records are refreshed.
_LATEST = 40
# And of an open step.
OpenStep = namedtuple("OpenStep", "pk owner what due_on known_at private contact")
_STEP = ("pk", "owner", "what", "due_on", "known_at", "private", "contact__name")


def refresh(prospect_ids=(), deal_ids=()):
    """Store the standings of these prospects and deals, for both audiences; drop those of gone ones."""
    for name, ids in (("prospect", sorted(prospect_ids)), ("deal", sorted(deal_ids))):
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            _store(name, chunk, compute(name, chunk))


def compute(name, ids):
    """{(id, audience): values of FIELDS} for live prospects or deals (`name`) with these ids."""
    model = Prospect if name == "prospect" else apps.get_model("deals.Deal")
    made = dict(model.objects.filter(pk__in=ids).values_list("pk", "created_at"))
    key = f"{name}_id"
    activities = _counted(key, list(made))
    steps = defaultdict(list)
    rows = Step.objects.open().filter(**{f"{key}__in": list(made)}).by_due()
    for owner, *row in rows.values_list(key, *_STEP):
        steps[owner].append(OpenStep(*row))
    return derive(made, activities, steps)


def derive(made, activities, steps, audiences=AUDIENCES):
    """As `compute`, from what is in hand: {id: made at}, {id: [Counted], oldest first}, {id: [OpenStep], due first}."""
    names = _first_names(activities, steps)
    return {
        (pk, audience): _standing(
            created_at,
            [a for a in activities[pk] if audience == "seller" or not a.private],
            [s for s in steps[pk] if audience == "seller" or not s.private],
            names,
            "you" if audience == "seller" else "the seller",
        )
        for pk, created_at in made.items()
        for audience in audiences
    }


def _counted(key, ids):
    """{id: its counted activities, oldest first}; what is older than the last talk decides nothing and may lack."""
    found = defaultdict(list)
    rows = Activity.objects.exclude(kind="note").exclude(outcome__in=["auto_reply", "bounced"])
    if len(ids) <= _FEW:
        for pk in ids:
            newest = rows.filter(**{key: pk}).newest_first().values_list(*Counted._fields)
            latest = [Counted(*row) for row in newest[:_LATEST]]
            if len(latest) == _LATEST and not any(_spoke(a) and not a.private for a in latest):
                latest = [Counted(*row) for row in newest]
            found[pk] = latest[::-1]
        return found
    for owner, *row in rows.filter(**{f"{key}__in": ids}).in_order().values_list(key, *Counted._fields):
        found[owner].append(Counted(*row))
    return found


def _spoke(activity):
    """Whether the two talked: neither owes the other an answer for what was before."""
    return activity.outcome in ("connected", "held")


def in_words(why):
    """The stored reason with its {days} written as this installation writes days."""
    from datetime import date

    from crm.web.templatetags.callback import day

    return re.sub(r"\{(\d{4}-\d\d-\d\d)\}", lambda m: day(date.fromisoformat(m[1])), why)


def _standing(created_at, activities, steps, names, you):
    """One row's values, from counted activities (oldest first) and open steps (earliest due first).

    `you`: what the row's readers call the seller.
    """
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
    rule, move, since_on, since_at, why = _move(created_at, activities, after, steps, names, you)
    return {
        "move": move,
        "since_on": since_on,
        "since_at": since_at,
        "why": why[:400],
        "rule": rule,
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


def _move(created_at, activities, after, steps, names, you):
    """(rule, move, since_on, since_at, why) by the rules above."""
    waiting = _unanswered(activities, steps)
    if waiting is not None:
        who = names.get(waiting.pk, "They")
        verb = {"call": "rang", "meeting": "asked to meet"}.get(waiting.kind, "wrote")
        return "waiting", "mine", waiting.on, waiting.at, f"{who} {verb} on {{{waiting.on}}} and waits for an answer"
    if steps:
        first = min(steps, key=lambda s: (s.due_on is None, s.due_on or clock.day_of(s.known_at), s.owner != "me"))
        since = clock.day_of(first.known_at)
        by = f" by {{{first.due_on}}}" if first.due_on else ""
        if first.owner == Step.Owner.ME:
            return "step", "mine", since, first.known_at, f"{you} promised: {_lower(first.what)}{by}"
        who = first.contact.split(" ")[0] if first.contact else "they"
        return "step", "theirs", since, first.known_at, f"{who} promised: {_lower(first.what)}{by}"
    if not activities:
        return "nothing", "mine", clock.day_of(created_at), created_at, "nobody has been in touch yet"
    last = activities[-1]
    if last.attempt:
        first, tries = after[0], len(after)
        your = "your" if you == "you" else f"{you}’s"
        count = f"{your} try" if tries == 1 else f"{your} {tries} tries"
        return "tried", "theirs", first.on, first.at, f"no answer to {count} since {{{first.on}}}"
    if last.two_way:
        who = names.get(last.pk, "them")
        met = f"{you} met {who}" if last.kind == "meeting" else f"{you} spoke with {who}"
        return "spoke", "mine", last.on, last.at, f"{met} on {{{last.on}}} and agreed no next step"
    what = "the number was wrong" if last.outcome == "wrong_number" else f"the meeting of {{{last.on}}} was not held"
    return "unheld", "mine", last.on, last.at, what


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


def _first_names(activities, steps):
    """{activity id: first name of its first contact} for those whose person the reason may name.

    That is what came in without a talk; and, where no step decides, the last one for either audience.
    """
    wanted = set()
    for owner, rows in activities.items():
        wanted.update(a.pk for a in rows if a.direction == "in" and not _spoke(a))
        if all(step.private for step in steps[owner]):
            wanted.update(a.pk for a in (rows[-1:] + [a for a in rows if not a.private][-1:]))
    wanted = sorted(wanted)
    found = {}
    through = Activity.contacts.through.objects
    for start in range(0, len(wanted), _CHUNK):
        pairs = through.filter(activity_id__in=wanted[start : start + _CHUNK]).order_by("contact_id")
        for pk, name in pairs.values_list("activity_id", "contact__name"):
            found.setdefault(pk, name.split(" ")[0])
    return found


def _lower(what):
    """ "Send the price" → "send the price", but "NDA to legal" as it is."""
    return what[:1].lower() + what[1:] if what[1:2].islower() else what


def _store(name, ids, computed):
    key = f"{name}_id"
    # A row of a deal names no prospect. Asking for `deal=None` as well would read all rows by that index.
    rows = Standing.objects.filter(**{f"{key}__in": ids})
    stored = {(getattr(row, key), row.audience): row for row in rows}
    gone = [row.pk for pair, row in stored.items() if pair not in computed]
    if gone:
        Standing.objects.filter(pk__in=gone).delete()
    new, changed = [], []
    for pair, values in computed.items():
        row = stored.get(pair)
        if row is None:
            new.append({key: pair[0], "audience": pair[1], **values})
        elif any(getattr(row, field) != values[field] for field in FIELDS):
            changed.append((row, {field: values[field] for field in FIELDS if getattr(row, field) != values[field]}))
    bulk.insert(Standing, new)
    if len(changed) <= _FEW:
        alike = defaultdict(list)  # both audiences mostly change alike
        for row, values in changed:
            alike[repr(values)].append((row.pk, values))
        for rows in alike.values():
            Standing.objects.filter(pk__in=[pk for pk, _ in rows]).update(**rows[0][1])
    else:
        for row, values in changed:
            for field, value in values.items():
                setattr(row, field, value)
        Standing.objects.bulk_update([row for row, _ in changed], [f.removesuffix("_id") for f in FIELDS])
