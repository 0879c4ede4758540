"""Reads what briefs are made of as things are now, from stored standings: a fixed number of queries for any number."""

from collections import defaultdict

from django.db.models import F, OuterRef, Q, Subquery

from accounts.models import Activity, Standing, Step
from crm.web import clock
from deals.models import Deal, DealChange, Milestone

from .facts import Act, DealFacts, Facts, MoveFacts, StepFacts, chosen_of, first_name, later
from .reading import give_changes, give_unmet, handle_of, tell_acts, visible

_STEP = ("owner", "what", "due_on", "due_time", "contact__name", "go_no_go")
_MOVE = ("move", "since_on", "since_at", "why", "rule", "last_on", "last_two_way_on", "attempts", "first_attempt_on")
_DEAL = ("pk", "name", "outcome", "stage__name", "stage__rot_days")
_MONEY = ("amount", "close_on", "slips", "slipped_days", "stage_since", "ended_on", "end_reason")


def read(prospects, audience):
    """[Facts] of these prospects, in their order, for that audience."""
    ids = [prospect.pk for prospect in prospects]
    standings, acts, kept = _standings(ids, audience)
    deals = _deals(ids)
    chosen = [chosen_of(found) for found in deals.values()]
    proving = give_changes(chosen, DealChange.objects.counted())
    activities, handle = visible(Activity.objects, audience), handle_of(audience)
    wanted = Q(pk__in=acts.values()) | Q(entry__in=proving, two_way=True)
    told = tell_acts(activities.filter(wanted), proving, handle)
    steps = _kept(kept, handle)
    give_unmet(chosen, activities)
    return [
        Facts(
            prospect,
            prospect.parked_until,
            prospect.about,
            prospect.source,
            clock.day_of(prospect.created_at),
            prospect.created_at,
            standings.get(prospect.pk) or nothing(prospect, audience),
            deals.get(prospect.pk, []),
            later(told.get(acts.get(prospect.pk)), steps.get(kept.get(prospect.pk))),
        )
        for prospect in prospects
    ]


def nothing(prospect, audience):
    """The standing of a prospect that has none stored, as for a moment after it was made."""
    made = clock.day_of(prospect.created_at)
    why = "nobody has been in touch yet"
    return MoveFacts("mine", made, prospect.created_at, why, "nothing", None, None, 0, None, None, None)


def _standings(ids, audience):
    """({prospect: MoveFacts}, {prospect: last two-way activity}, {prospect: last step of theirs that was done})."""
    handle = handle_of(audience)
    here = visible(Activity.objects, audience).filter(prospect=OuterRef("prospect"))
    source = here.exclude(kind="note").exclude(outcome__in=["auto_reply", "bounced"]).filter(on=OuterRef("since_on"))
    source = source.filter(Q(at=OuterRef("since_at")) | Q(at=None)).order_by(F("at").desc(nulls_last=True), "uuid")
    done = visible(Step.objects, audience).theirs().filter(prospect=OuterRef("prospect"), state=Step.State.DONE)
    rows = Standing.objects.filter(prospect__in=ids, deal=None, audience=audience)
    rows = rows.values_list(
        "prospect_id",
        *_MOVE,
        *(f"{step}__{name}" for step in ("next_step", "their_step") for name in (handle, *_STEP)),
        Subquery(source.values(handle)[:1]),
        Subquery(here.filter(two_way=True).newest_first().values("pk")[:1]),
        Subquery(done.exclude(done_on=None).order_by("-done_on", "-pk").values("pk")[:1]),
    )
    found, acts, kept, width = {}, {}, {}, len(_STEP) + 1
    for pk, *row in rows:
        move, steps, (source, act, step) = row[: len(_MOVE)], row[len(_MOVE) : -3], row[-3:]
        source = None if move[4] in ("step", "nothing") else source
        found[pk] = MoveFacts(*move, step_facts(*steps[:width]), step_facts(*steps[width:]), source)
        if act:
            acts[pk] = act
        if step:
            kept[pk] = step
    return found, acts, kept


def step_facts(handle, owner, what, due_on, due_time, contact, go_no_go):
    return StepFacts(handle, owner, what, due_on, due_time, first_name(contact), go_no_go) if handle else None


def _deals(ids):
    """{prospect: [DealFacts]}"""
    texts = Milestone.objects.filter(stage=OuterRef("stage")).order_by("position", "pk").values("text")[:1]
    rows = Deal.objects.filter(prospect__in=ids).order_by("pk")
    found = defaultdict(list)
    for prospect, milestone, *row in rows.values_list("prospect_id", Subquery(texts), *_DEAL, *_MONEY):
        found[prospect].append(DealFacts(*row[: len(_DEAL)], milestone or "", *row[len(_DEAL) :]))
    return found


def _kept(ids, handle):
    """{id: Act} of these done steps of theirs."""
    if not ids:
        return {}
    rows = Step.objects.filter(pk__in=ids.values())
    rows = rows.values_list("pk", handle, "what", "done_on", "due_on", "contact__name", "deal_id")
    return {pk: kept_act(*row) for pk, *row in rows}


def kept_act(handle, what, done_on, due_on, contact, deal):
    names = [contact] if contact else []
    return Act(handle, "step", done_on, None, text=what, names=names, due_on=due_on, deal_id=deal)
