"""Reads what briefs are made of as things are now: stored standings and deals, two queries for any number.

An activity or a step that a row names comes with it as JSON, so that a brief costs a page no more queries.
"""

import json
import uuid
from collections import defaultdict, namedtuple
from datetime import UTC, date, datetime
from functools import lru_cache

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat, JSONObject

from accounts.models import Activity, Prospect, Standing, Step
from crm.web import clock
from deals.models import Deal, DealChange, DealContact, Milestone

from .facts import Act, DealFacts, Facts, MoveFacts, StepFacts, first_name, later
from .reading import DECIDE, handle_of, names, visible

_STOOD = ("move", "since_on", "since_at", "why", "rule", "last_on", "last_two_way_on", "attempts", "first_attempt_on")
_STEP = ("owner", "what", "due_on", "due_time", "go_no_go", "known_at", "pk", "uuid", "contact__name")
_DEAL = ("pk", "name", "outcome", "stage__name", "stage__rot_days")
_MONEY = ("amount", "close_on", "slips", "slipped_days", "stage_since", "ended_on", "end_reason")


# What is read of a prospect: of several as bare values, since records of them would cost more than all the rest.
_OWN = ("pk", "parked_until", "about", "source", "created_at", "brief_source", "brief_act", "brief_kept")
_Row = namedtuple("_Row", (*_OWN, "standing", "mine", "theirs"))
_PARTS = (("", _OWN), ("standing__", _STOOD), ("standing__next_step__", _STEP), ("standing__their_step__", _STEP))
_READ = [f"{of}{name}" for of, columns in _PARTS for name in columns]


def read(prospects, audience):
    """[Facts] of these prospects, in their order, for that audience."""
    ids = [prospect.pk for prospect in prospects]
    if all(getattr(prospect, "brief_for", None) == audience for prospect in prospects):
        rows = ([_reached(prospect, path) for path in _READ] for prospect in prospects)
    else:
        rows = marked(audience).filter(pk__in=ids).values_list(*_READ)
    rows = {row[0]: _row(row) for row in rows}
    deals = _deals(ids, audience)
    found = []
    for prospect in prospects:
        row = rows[prospect.pk]
        act, kept = _act(row.brief_act, audience), _act(row.brief_kept, audience)
        about = (row.parked_until, row.about, row.source)
        made = (clock.day_of(row.created_at), row.created_at)
        found.append(Facts(prospect, *about, *made, _move(row, audience), deals[prospect.pk], later(act, kept)))
    return found


def _row(values):
    """The _Row of values in the order of _READ."""
    parts, start = [], 0
    for _of, columns in _PARTS:
        parts.append(values[start : start + len(columns)])
        start += len(columns)
    own, *others = parts
    return _Row(*own, *others)


def _reached(record, path):
    """The value of a path like "standing__next_step__what", None where it leads to nothing."""
    for name in path.split("__"):
        record = getattr(record, name, None)
    return record


def marked(audience):
    """All prospects, in the trash or not, with what `read` needs of each but its deals."""
    return _marked(audience).all()


# Building these querysets costs more than their answers, so each is built once.
@lru_cache
def _marked(audience):
    handle = handle_of(audience)
    ours = FilteredRelation("all_standings", condition=Q(all_standings__audience=audience, all_standings__deal=None))
    here = visible(Activity.objects, audience).filter(prospect=OuterRef("pk"))
    source = here.exclude(kind="note").exclude(outcome__in=["auto_reply", "bounced"])
    # Within the day that the standing names: sorting all of a prospect's activities costs more than the rest.
    two_way = here.filter(two_way=True, on=OuterRef("standing__last_two_way_on"))
    source = source.filter(Q(at=OuterRef("standing__since_at")) | Q(at=None), on=OuterRef("standing__since_on"))
    source = source.order_by(F("at").desc(nulls_last=True), "uuid")
    done = visible(Step.objects, audience).theirs().filter(prospect=OuterRef("pk"), state=Step.State.DONE)
    return Prospect.everything.annotate(
        standing=ours,
        brief_for=Value(str(audience)),
        brief_source=Subquery(source.values(handle)[:1]),
        brief_act=_as_json(two_way.newest_first(), audience),
        brief_kept=Subquery(
            done.exclude(done_on=None)
            .order_by("-done_on", "-pk")
            .values(
                told=_Object(
                    handle=handle, kind=Value("step"), on="done_on", text="what", due_on="due_on", deal_id="deal_id",
                    name="contact__name",
                )
            )[:1]
        ),
    ).select_related("standing__next_step__contact", "standing__their_step__contact")  # fmt: skip


class _Object(JSONObject):
    """As Django's, which asks each new connection to SQLite, in a transaction that writes, whether it knows JSON."""

    def as_sqlite(self, compiler, connection, **extra):
        return Func.as_sql(self, compiler, connection, **extra)


def _as_json(activities, audience):
    """The first of these activities, as a subquery."""
    told = _Object(
        handle=handle_of(audience), kind="kind", on="on", at="at", direction="direction", outcome="outcome",
        text="text", subject="subject", deal_id="deal_id", names=names(),
    )  # fmt: skip
    return Subquery(activities.values(told=told)[:1])


def _act(told, audience):
    """The Act of what `_as_json` gave."""
    if told is None:
        return None
    told = json.loads(told) if isinstance(told, str) else told
    who = told.get("names") or [name for name in [told.get("name")] if name]
    who = json.loads(who) if isinstance(who, str) else who
    at, due_on = told.get("at"), told.get("due_on")
    if at is not None:
        at = datetime.fromisoformat(at)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Act(
        told["handle"] if audience == Standing.Audience.SELLER else uuid.UUID(told["handle"]),
        told["kind"],
        date.fromisoformat(told["on"]),
        at,
        told.get("direction", ""),
        told.get("outcome", ""),
        told.get("subject") or told["text"],
        sorted(who, key=str.casefold),
        due_on and date.fromisoformat(due_on),
        told["deal_id"],
    )


def _move(row, audience):
    """The standing; of a prospect that has none stored (for a moment after it was made) that nothing happened."""
    move, since_on, since_at, why, rule, *figures = row.standing
    if move is None:
        made, why = clock.day_of(row.created_at), "nobody has been in touch yet"
        return MoveFacts("mine", made, row.created_at, why, "nothing", None, None, 0, None, None, None)
    steps = (_step(values, audience) for values in (row.mine, row.theirs))
    source = None if rule in ("step", "nothing") else row.brief_source
    return MoveFacts(move, since_on, since_at, why, rule, *figures, *steps, source)


def _step(values, audience):
    owner, what, due_on, due_time, go_no_go, made_at, pk, public, contact = values
    if pk is None:
        return None
    handle = pk if audience == Standing.Audience.SELLER else public
    return StepFacts(handle, owner, what, due_on, due_time, first_name(contact), go_no_go, made_at)


@lru_cache
def _deal_rows(audience):
    """All deals with their prospect, milestone, last change, proof, who was not met, and the fields of DealFacts."""
    texts = Milestone.objects.filter(stage=OuterRef("stage")).order_by("position", "pk").values("text")[:1]
    counted = DealChange.objects.counted().filter(deal=OuterRef("pk"))
    entered = counted.filter(stage=OuterRef("stage"), on=OuterRef("stage_since")).values("entry")[:1]
    last = counted.order_by("-on", F("at").desc(nulls_last=True), "-pk")
    activities = visible(Activity.objects, audience).filter(two_way=True)
    people = DealContact.objects.filter(deal=OuterRef("pk"), role__in=DECIDE, contact__trashed_at=None).order_by("pk")
    who = Concat("contact__name", Value(" "), "role")
    met = people.filter(Exists(activities.filter(contacts=OuterRef("contact"))))
    rows = Deal.objects.order_by("pk").annotate(entered=Subquery(entered))
    proof = activities.filter(entry=OuterRef("entered")).newest_first()
    return rows.values_list(
        "prospect_id",
        Subquery(texts),
        Subquery(last.values("on")[:1]),
        Subquery(last.values("at")[:1]),
        _as_json(proof, audience),
        Case(When(Exists(met), then=Value("")), default=Subquery(people.values(one=who)[:1])),
        *_DEAL,
        *_MONEY,
    )


def _deals(ids, audience):
    """{prospect: [DealFacts]}"""
    found = defaultdict(list)
    rows = _deal_rows(audience).filter(prospect__in=ids)
    for prospect, milestone, on, at, proof, unmet, *row in rows:
        deal = DealFacts(*row[: len(_DEAL)], milestone or "", *row[len(_DEAL) :], on, at, _act(proof, audience))
        deal.unmet = unmet or "" if deal.is_open else ""
        found[prospect].append(deal)
    return found
