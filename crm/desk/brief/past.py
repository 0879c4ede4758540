"""Reads what briefs are made of as it was known by the end of a past day: from known_at and the histories.

Values come from the row of a history that was the newest then; what an Undo has taken back since counts for nothing,
so its change is left out of that row again. Edits of activities, of a deal's people and end, and of a prospect's
parking are turned back by what their entries noted. What went to the trash after that day was there then, unless an
Undo put it there. What is private now is so on every day; names are those of today.
"""

from collections import defaultdict, namedtuple
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts import standing
from accounts.models import Activity, Effect, Entry, Step, StepChange
from accounts.standing import Counted, OpenStep
from crm.web import clock
from deals.models import Deal, DealChange, Milestone

from .facts import Act, DealFacts, Facts, MoveFacts, StepFacts, chosen_of, first_name, later
from .reading import give_unmet, handle_of, tell_acts, visible

_MOVE = ("move", "since_on", "since_at", "why", "rule", "last_on", "last_two_way_on", "attempts", "first_attempt_on")
_STATE = "stage_id amount close_on outcome"
_MONEY = tuple(_STATE.split())
_STEP = ("pk", "handle", "prospect_id", "contact__name", "go_no_go", "private", "position", "known_at", "deal_id")


def read(prospects, audience, day):
    """[Facts] of these prospects, in their order, for that audience, as of the end of that day."""
    ids, end = [prospect.pk for prospect in prospects], clock.day_bounds(day)[1]
    handle, edits = handle_of(audience), _edits(ids, end)
    deals, entered = _deals(ids, end, edits["deal"])
    steps = _steps(ids, audience, end)
    counted, last_two_way = _counted(ids, audience, end, edits["activity"])
    standings = _standings(prospects, audience, counted, steps)
    chosen = [deal for found in deals.values() if (deal := chosen_of(found))]
    proving = {entered[deal.pk]: deal for deal in chosen if entered[deal.pk]}
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


# A row of a deal's history with the stage that it names; and the deal as it is now, which comes with each of them.
_Change = namedtuple("_Change", "pk entry undoes undone_by undone_at on at known_at name rot_days milestone " + _STATE)
_Now = namedtuple("_Now", "pk prospect title ended_on end_reason name rot_days milestone " + _STATE)
_CHANGE = ("pk", "entry_id", "undoes_id", "undone_by", "undone_by__known_at", "on", "at", "known_at")
_NOW = ("pk", "prospect_id", "name", "ended_on", "end_reason")
_STAGE = ("name", "rot_days")


def _histories(ids, end):
    """[(_Now, [_Change, as they became known])] of the deals of these prospects that were there, in their order."""
    texts = Milestone.objects.order_by("position", "pk")
    ours, theirs = (Subquery(texts.filter(stage=OuterRef(of)).values("text")[:1]) for of in ("stage", "deal__stage"))
    rows = DealChange.objects.filter(deal__in=there(Deal, end).filter(prospect__in=ids)).order_by("known_at", "pk")
    rows = rows.annotate(ours=ours, theirs=theirs).values_list(
        *_CHANGE, *(f"stage__{name}" for name in _STAGE), "ours", *_MONEY,
        *(f"deal__{name}" for name in _NOW), *(f"deal__stage__{name}" for name in _STAGE), "theirs",
        *(f"deal__{name}" for name in _MONEY),
    )  # fmt: skip
    found, width = {}, len(_Change._fields)
    for row in rows:
        now = _Now(*row[width:])
        found.setdefault(now.pk, (now, []))[1].append(_Change(*row[:width]))
    return [found[pk] for pk in sorted(found)]


def _deals(ids, end, edits):
    """({prospect: [DealFacts]} of the deals that were known, {deal: entry that moved it into its stage, or None})."""
    found, entered = defaultdict(list), {}
    for now, changes in _histories(ids, end):
        known = [change for change in changes if change.known_at < end]
        if not known:
            continue
        was = edits.get(now.pk, {})
        stage, amount, close_on, outcome = _as_known(now, known, len(known) == len(changes), end)
        place = next(row for row in (now, *known) if row.stage_id == stage)
        counted = [c for c in known if c.undoes is None and c.undone_by is None]
        counted.sort(key=lambda c: (c.on, c.at is not None, c.at or c.known_at, c.pk))
        slips, slipped_days, since = Deal.figures(counted)
        entered[now.pk] = next((c.entry for c in counted if c.stage_id == stage and c.on == since), None)
        changed = (counted[-1].on, counted[-1].at) if counted else (None, None)
        ended = (was.get(field, getattr(now, field)) for field in ("ended_on", "end_reason"))
        found[now.prospect].append(
            DealFacts(
                now.pk, now.title, outcome, place.name, place.rot_days, place.milestone or "", amount, close_on,
                slips, slipped_days, since, *ended, *changed,
            )
        )  # fmt: skip
    return found, entered


def _as_known(now, known, whole, end):
    """Its stage, amount, close date and outcome then."""
    if whole:
        return [getattr(now, name) for name in _MONEY]
    # On one instant the end comes last: a source dates by the day.
    known = sorted(known, key=lambda c: (c.known_at, c.entry is None and c.outcome != "open", c.pk))
    since = [c.undone_at is not None and c.undone_at >= end for c in known]
    return _replayed([[getattr(c, name) for name in _MONEY] for c in known], since)


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
    rows = StepChange.objects.filter(step__in=steps, known_at__lt=end).order_by("known_at", "pk")
    columns = [f"step__{handle_of(audience) if name == 'handle' else name}" for name in _STEP]
    fixed, changes, gone = {}, defaultdict(list), defaultdict(list)
    for undone_at, *row in rows.values_list("entry__undone_at", *StepChange.FIELDS, *columns):
        step = dict(zip(_STEP, row[len(StepChange.FIELDS) :], strict=True))
        fixed[step["pk"]] = step
        changes[step["pk"]].append(row[: len(StepChange.FIELDS)])
        gone[step["pk"]].append(undone_at is not None and undone_at >= end)
    found = defaultdict(list)
    for pk, step in fixed.items():
        step |= dict(zip(StepChange.FIELDS, _replayed(changes[pk], gone[pk]), strict=True))
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
    return StepFacts(*fixed, first_name(step["contact__name"]), step["go_no_go"], step["known_at"])


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
