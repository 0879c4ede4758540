"""Reads what briefs are made of as it was known by the end of a past day: from known_at and the histories.

Values come from the row of a history that was the newest then; what an Undo has taken back since counts for nothing,
so its change is left out of that row again. Edits of activities, of a deal's people and end, and of a prospect's
parking are turned back by what their entries noted. What went to the trash after that day was there then, unless an
Undo put it there. What is private now is so on every day; names are those of today.
"""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts import standing
from accounts.models import Activity, Effect, Entry, Step, StepChange
from accounts.standing import Counted, OpenStep
from crm.web import clock
from deals.models import Deal, DealChange, Milestone

from .facts import Act, DealFacts, Facts, MoveFacts, StepFacts, chosen_of, first_name, later
from .reading import give_changes, give_unmet, handle_of, tell_acts, visible

_MOVE = ("move", "since_on", "since_at", "why", "rule", "last_on", "last_two_way_on", "attempts", "first_attempt_on")
_MONEY = ("stage_id", "amount", "close_on", "outcome")
_STEP = ("pk", "handle", "prospect_id", "contact__name", "go_no_go", "private", "position", "known_at", "deal_id")


def read(prospects, audience, day):
    """[Facts] of these prospects, in their order, for that audience, as of the end of that day."""
    ids, end = [prospect.pk for prospect in prospects], clock.day_bounds(day)[1]
    handle, edits = handle_of(audience), _edits(ids, end)
    deals, stage_of = _deals(ids, end, edits["deal"])
    steps = _steps(ids, audience, end)
    counted, last_two_way = _counted(ids, audience, end, edits["activity"])
    standings = _standings(prospects, audience, counted, steps)
    chosen = [deal for found in deals.values() if (deal := chosen_of(found))]
    proving = give_changes(chosen, DealChange.objects.counted().filter(known_at__lt=end), stage_of)
    known = visible(there(Activity, end), audience).filter(known_at__lt=end)
    wanted = Q(pk__in=last_two_way.values()) | Q(entry__in=proving, two_way=True)
    told = tell_acts(known.filter(wanted), proving, handle, edits["activity"])
    give_unmet(chosen, known, {pk: e["people"] for pk, e in edits["deal"].items() if "people" in e})
    found = []
    for prospect in prospects:
        was = edits["prospect"].get(prospect.pk, {})
        kept = max((s for s in steps[prospect.pk] if s["done"]), key=lambda s: (s["done_on"], s["pk"]), default=None)
        found.append(
            Facts(
                prospect,
                was.get("parked_until", prospect.parked_until),
                was.get("about", prospect.about),
                was.get("source", prospect.source),
                clock.day_of(prospect.created_at),
                prospect.created_at,
                standings[prospect.pk],
                deals.get(prospect.pk, []),
                later(told.get(last_two_way.get(prospect.pk)), kept and _kept(kept)),
            )
        )
    return found


def there(model, end):
    """The records of it that were not in the trash then; one that an Undo put there since never was."""
    undone = Entry.objects.filter(uuid=OuterRef("trash_id"), undone_at__isnull=False)
    return model.everything.filter(Q(trashed_at=None) | Q(trashed_at__gte=end) & ~Exists(undone))


# What was changed since ------------------------------------------------------------------------------


def _edits(ids, end):
    """{"activity"|"deal"|"prospect": {id: {field: its value before the first change since}}}; undone ones left out."""
    owned = Q(record_type="accounts.prospect", record_id__in=ids)
    owned |= Q(record_type="accounts.activity", record_id__in=Activity.everything.filter(prospect__in=ids).values("pk"))
    owned |= Q(record_type="deals.deal", record_id__in=Deal.everything.filter(prospect__in=ids).values("pk"))
    effects = Effect.objects.filter(owned, action=Effect.CHANGED, entry__received_at__gte=end, entry__undone_at=None)
    found = {"activity": {}, "deal": {}, "prospect": {}}
    for kind, pk, before in effects.order_by("-pk").values_list("record_type", "record_id", "before"):
        found[kind.split(".")[1]].setdefault(pk, {}).update({name: _value(name, v) for name, v in before.items()})
    return found


def _value(name, value):
    """A value as its field has it, from what was noted as JSON."""
    if value is None:
        return None
    if name in ("on", "parked_until", "ended_on", "opened_on"):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if name == "at" else value


# Deals -----------------------------------------------------------------------------------------------


def _deals(ids, end, edits):
    """({prospect: [DealFacts]} of the deals that were known, {deal: its stage's id})."""
    texts = Milestone.objects.filter(stage=OuterRef("pk")).order_by("position", "pk").values("text")[:1]
    stages = Deal._meta.get_field("stage").related_model.everything
    stages = {pk: row for pk, *row in stages.values_list("pk", "name", "rot_days", Subquery(texts))}
    changes = defaultdict(list)
    rows = DealChange.objects.filter(deal__prospect__in=ids)
    rows = rows.select_related("undone_by").order_by("known_at", "pk")
    for change in rows:
        changes[change.deal_id].append(change)
    found, stage_of = defaultdict(list), {}
    for deal in there(Deal, end).filter(prospect__in=ids).order_by("pk"):
        known = [change for change in changes[deal.pk] if change.known_at < end]
        if not known:
            continue
        was = edits.get(deal.pk, {})
        stage, amount, close_on, outcome = _as_known(deal, known, len(known) == len(changes[deal.pk]), end)
        counted = [c for c in known if c.undoes_id is None and getattr(c, "undone_by", None) is None]
        counted.sort(key=lambda c: (c.on, c.at is not None, c.at or c.known_at, c.pk))
        stage_of[deal.pk] = stage
        name, rot_days, milestone = stages[stage]
        ended = (was.get(field, getattr(deal, field)) for field in ("ended_on", "end_reason"))
        found[deal.prospect_id].append(
            DealFacts(
                deal.pk, deal.name, outcome, name, rot_days, milestone or "", amount, close_on,
                *deal.history_figures(counted), *ended,
            )
        )  # fmt: skip
    return found, stage_of


def _as_known(deal, known, whole, end):
    """Its stage, amount, close date and outcome then."""
    if whole:
        return [getattr(deal, name) for name in _MONEY]
    # On one instant the end comes last: a source dates by the day.
    known = sorted(known, key=lambda c: (c.known_at, c.entry_id is None and c.outcome != "open", c.pk))
    since = [getattr(c, "undone_by", None) is not None and c.undone_by.known_at >= end for c in known]
    state = _replayed([[getattr(c, name) for name in _MONEY] for c in known], since)
    return state


def _replayed(rows, taken_back):
    """The last of these rows, without what those that were taken back later had changed."""
    state = before = None
    for row, gone in zip(rows, taken_back, strict=True):
        if state is None:
            state = list(row)
        elif not gone:
            state = [new if new != old else kept for new, old, kept in zip(row, before, state, strict=True)]
        before = row
    return state


# Steps -----------------------------------------------------------------------------------------------


def _steps(ids, audience, end):
    """{prospect: [steps as they were, each a dict; `done` marks those that they kept]}."""
    steps = visible(there(Step, end), audience).filter(prospect__in=ids, known_at__lt=end)
    handle = handle_of(audience)
    columns = [handle if name == "handle" else name for name in _STEP]
    fixed = {row[0]: dict(zip(_STEP, row, strict=True)) for row in steps.values_list(*columns)}
    changes, gone = defaultdict(list), defaultdict(list)
    rows = StepChange.objects.filter(step__prospect__in=ids, known_at__lt=end)
    fields = StepChange.FIELDS
    for pk, undone_at, *row in rows.order_by("known_at", "pk").values_list("step_id", "entry__undone_at", *fields):
        changes[pk].append(row)
        gone[pk].append(undone_at is not None and undone_at >= end)
    found = defaultdict(list)
    for pk, step in fixed.items():
        if not changes[pk]:
            continue
        step |= dict(zip(fields, _replayed(changes[pk], gone[pk]), strict=True))
        step["done"] = step["owner"] == Step.Owner.THEM and step["state"] == Step.State.DONE and step["done_on"]
        found[step["prospect_id"]].append(step)
    return found


def _by_due(step):
    """The order of StepQuerySet.by_due."""
    due, time = step["due_on"], step["due_time"]
    return due is None, str(due), time is not None, str(time), step["position"], step["pk"]


# Activities and the standing -------------------------------------------------------------------------


def _counted(ids, audience, end, edits):
    """({prospect: [Counted], oldest first}, {prospect: its last two-way activity})."""
    counted, two_way = defaultdict(list), {}
    rows = visible(there(Activity, end), audience).filter(prospect__in=ids, known_at__lt=end)
    rows = rows.filter(~Q(kind="note") | Q(pk__in=edits)).values_list("prospect_id", *Counted._fields)
    for prospect, *row in rows:
        one = Counted(*row)
        if one.pk in edits:
            one = one._replace(**{name: v for name, v in edits[one.pk].items() if name in _TURNED})
            spoke, tried = Activity(kind=one.kind, direction=one.direction, outcome=one.outcome).classify()
            one = one._replace(two_way=spoke, attempt=tried)
        if one.kind != "note" and one.outcome not in ("auto_reply", "bounced"):
            counted[prospect].append(one)
    for prospect, found in counted.items():
        found.sort(key=lambda a: (a.on, a.at is not None, a.at and a.at.timestamp(), a.uuid.hex))
        two_way[prospect] = next((a.pk for a in reversed(found) if a.two_way), None)
    return counted, two_way


_TURNED = ("kind", "direction", "outcome", "on", "at")


def _standings(prospects, audience, counted, steps):
    """{prospect: MoveFacts}"""
    opened = defaultdict(list)
    for pk, found in steps.items():
        opened[pk] = sorted((s for s in found if s["state"] == Step.State.OPEN), key=_by_due)
    plain = defaultdict(list)
    for pk, found in opened.items():
        for s in found:
            plain[pk].append(
                OpenStep(s["pk"], s["owner"], s["what"], s["due_on"], s["known_at"], s["private"], s["contact__name"])
            )
    made = {prospect.pk: prospect.created_at for prospect in prospects}
    rows = standing.derive(made, counted, plain, [audience])
    shown = {s["pk"]: s for found in opened.values() for s in found}
    sources, found = _handles(rows, counted, audience), {}
    for (pk, _), values in rows.items():
        steps = (shown.get(values[f"{name}_id"]) for name in ("next_step", "their_step"))
        found[pk] = MoveFacts(*(values[name] for name in _MOVE), *map(_facts, steps), sources.get(pk))
    return found


def _facts(step):
    if step is None:
        return None
    fixed = (step[name] for name in ("handle", "owner", "what", "due_on", "due_time"))
    return StepFacts(*fixed, first_name(step["contact__name"]), step["go_no_go"])


def _kept(step):
    names = [step["contact__name"]] if step["contact__name"] else []
    return Act(
        step["handle"], "step", step["done_on"], None, text=step["what"], names=names, due_on=step["due_on"],
        deal_id=step["deal_id"],
    )  # fmt: skip


def _handles(rows, counted, audience):
    """{prospect: the handle of the activity that its standing follows from}."""
    field, found = handle_of(audience), {}
    for (pk, _), values in rows.items():
        if values["rule"] in ("step", "nothing"):
            continue
        same = [a for a in counted[pk] if a.on == values["since_on"] and a.at == values["since_at"]]
        if same:
            found[pk] = getattr(min(same, key=lambda a: a.uuid.hex), field)
    return found
