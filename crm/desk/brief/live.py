"""Reads what briefs are made of as things are now, from stored standings: a fixed number of queries for any number."""

from collections import defaultdict

from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import Activity, Standing, Step
from crm.web import clock
from deals.models import Deal, DealChange, DealContact, Milestone

from .facts import Act, DealFacts, Facts, MoveFacts, StepFacts

_STEP = ("pk", "owner", "what", "due_on", "due_time", "contact__name", "go_no_go", "known_at")
_MOVE = ("move", "since_on", "since_at", "why", "rule", "last_on", "last_two_way_on", "attempts", "first_attempt_on")
_DEAL = (
    "prospect_id", "pk", "name", "outcome", "stage__name", "stage__rot_days", "amount", "close_on", "slips",
    "slipped_days", "stage_since", "opened_on", "ended_on", "end_reason",
)  # fmt: skip
ACT = ("pk", "kind", "on", "at", "direction", "outcome", "text", "subject", "deal_id", "minutes")
DECIDE = ("decides", "pays")


def read(prospects, audience):
    """[Facts] of these prospects, in their order, for that audience."""
    ids = [prospect.pk for prospect in prospects]
    standings, acts, kept = _standings(ids, audience)
    deals = _deals(ids)
    chosen = [deal for found in deals.values() if (deal := chosen_of(found))]
    entries = give_changes(chosen, DealChange.objects.counted())
    visible = _visible(Activity.objects, audience)
    told = tell_acts(visible.filter(Q(pk__in=acts.values()) | Q(entry__in=entries, two_way=True)), entries, chosen)
    steps = kept_steps(Step.objects.filter(pk__in=kept.values())) if kept else {}
    give_unmet(chosen, _visible(Activity.objects, audience).filter(two_way=True))
    return [
        Facts(
            prospect,
            prospect.parked_until,
            clock.day_of(prospect.created_at),
            prospect.created_at,
            standings.get(prospect.pk),
            deals[prospect.pk],
            later(told.get(acts.get(prospect.pk)), steps.get(kept.get(prospect.pk))),
        )
        for prospect in prospects
    ]


def _visible(rows, audience):
    return rows.all() if audience == Standing.Audience.SELLER else rows.public()


def _standings(ids, audience):
    """({prospect: MoveFacts}, {prospect: last two-way activity}, {prospect: last step of theirs that was done})."""
    here = _visible(Activity.objects, audience).filter(prospect=OuterRef("prospect"))
    same = Q(at=OuterRef("since_at")) | Q(at=None)
    source = here.exclude(kind="note").filter(same, on=OuterRef("since_on")).order_by(F("at").desc(nulls_last=True))
    done = _visible(Step.objects, audience).theirs().filter(prospect=OuterRef("prospect"), state=Step.State.DONE)
    rows = Standing.objects.filter(prospect__in=ids, deal=None, audience=audience)
    rows = rows.values_list(
        "prospect_id",
        *_MOVE,
        *(f"{step}__{name}" for step in ("next_step", "their_step") for name in _STEP),
        Subquery(source.values("pk")[:1]),
        Subquery(here.filter(two_way=True).newest_first().values("pk")[:1]),
        Subquery(done.exclude(done_on=None).order_by("-done_on", "-pk").values("pk")[:1]),
    )
    found, acts, kept = {}, {}, {}
    for pk, *row in rows:
        move, steps, (source, act, step) = row[: len(_MOVE)], row[len(_MOVE) : -3], row[-3:]
        mine, theirs = step_facts(*steps[: len(_STEP)]), step_facts(*steps[len(_STEP) :])
        found[pk] = MoveFacts(*move, mine, theirs, source if move[4] not in ("step", "nothing") else None)
        if act:
            acts[pk] = act
        if step:
            kept[pk] = step
    return found, acts, kept


def step_facts(pk, owner, what, due_on, due_time, contact, go_no_go, known_at):
    if pk is None:
        return None
    return StepFacts(pk, owner, what, due_on, due_time, first_name(contact), go_no_go, known_at)


def first_name(name):
    return (name or "").split(" ")[0]


def _deals(ids):
    milestone = Milestone.objects.filter(stage=OuterRef("stage")).order_by("position", "pk").values("text")[:1]
    rows = Deal.objects.filter(prospect__in=ids).order_by("pk").values_list(*_DEAL, Subquery(milestone))
    found = defaultdict(list)
    for prospect, pk, name, outcome, stage, rot, amount, close, slips, days, since, opened, ended, why, text in rows:
        deal = DealFacts(
            pk, name, outcome, stage, rot, text or "", amount, close, slips, days, since, opened, ended_on=ended,
            end_reason=why,
        )  # fmt: skip
        found[prospect].append(deal)
    return found


# Shared with the reader of the past ------------------------------------------------------------------


def chosen_of(deals):
    """The deal that matters: the largest open one, without one the one that ended last; None for no deal."""
    opened = [deal for deal in deals if deal.is_open]
    if opened:
        return min(opened, key=weight)
    ended = [deal for deal in deals if not deal.is_open]
    return max(ended, key=lambda deal: (str(deal.ended_on or ""), deal.pk), default=None)


def weight(deal):
    """Sorts open deals, the weightiest first: by amount (unknown last), the nearest close date, the first made."""
    return deal.amount is None, -(deal.amount or 0), str(deal.close_on or "9"), deal.pk


def give_changes(deals, changes):
    """Gives each deal when it changed last; returns {entry that moved it into its stage: deal}."""
    by_id, last, entered = {deal.pk: deal for deal in deals}, {}, {}
    rows = changes.filter(deal__in=by_id).values_list("deal_id", "stage_id", "on", "at", "entry_id")
    for pk, stage, on, at, entry in rows:
        if last.get(pk) != stage:
            entered[pk] = entry
        last[pk] = stage
        by_id[pk].changed_on, by_id[pk].changed_at = on, at
    return {entry: by_id[pk] for pk, entry in entered.items() if entry}


def tell_acts(activities, entries, deals):
    """{id: Act} of these activities; those of an entry that moved a deal into its stage become the deal's proof."""
    found, proofs = {}, []
    for (
        entry,
        pk,
        kind,
        on,
        at,
        direction,
        outcome,
        text,
        subject,
        deal,
        minutes,
    ) in activities.newest_first().values_list("entry_id", *ACT):
        found[pk] = Act(pk, kind, on, at, direction, outcome, subject or text, [], None, deal, minutes)
        if entry in entries:
            proofs.append((entry, found[pk]))
    through = Activity.contacts.through.objects.filter(activity__in=found)
    for pk, name in through.order_by("contact__folded", "contact").values_list("activity", "contact__name"):
        found[pk].names.append(name)
    for entry, act in proofs:
        entries[entry].proof = entries[entry].proof or act
    return found


def kept_steps(steps):
    """{id: Act} of done steps of theirs."""
    rows = steps.values_list("pk", "what", "done_on", "due_on", "contact__name", "deal_id")
    return {
        pk: Act(pk, "step", done_on, None, text=what, names=[name] if name else [], due_on=due_on, deal_id=deal)
        for pk, what, done_on, due_on, name, deal in rows
    }


def later(act, step):
    """Of an activity and a kept step the later one; on one day the activity, which has their words."""
    if act is None or step is None:
        return act or step
    return step if step.on > act.on else act


def give_unmet(deals, two_way):
    """Gives open deals the person who decides or pays, where nobody who does ever took part in anything."""
    by_id = {deal.pk: deal for deal in deals if deal.is_open}
    if not by_id:
        return
    talks = two_way.filter(contacts=OuterRef("contact"))
    people = DealContact.objects.filter(deal__in=by_id, role__in=DECIDE, contact__trashed_at=None)
    met = set()
    for deal, name, talked in people.order_by("pk").values_list("deal_id", "contact__name", Exists(talks)):
        if talked:
            met.add(deal)
        by_id[deal].unmet = by_id[deal].unmet or name
    for deal in met:
        by_id[deal].unmet = ""
