"""From the grammar's reading and the seller's choices to a Plan with records in it."""

import logging
import re
from datetime import datetime

from django.db.models import prefetch_related_objects

from accounts.models import Contact, Prospect, Step
from crm.desk import quicklog
from crm.web import locale
from crm.web.prepared import Prepared
from deals.models import Deal, Stage

from .names import directory
from .plan import ActivityDraft, Changes, Option, Plan, StepDraft
from .settles import moved, settled

log = logging.getLogger(__name__)
# Who it was and where they work is written nowhere, so that little of it is needed.
_WHO = ("name", "batch", "prospect__name", "prospect__batch__kind")
_contacts = Prepared(
    lambda ids: Contact.objects.filter(pk__in=ids).order_by().select_related("prospect__batch").only(*_WHO)
)
_prospect_with = Prepared(lambda pk: Prospect.objects.filter(pk=pk).order_by())
_deal_with = Prepared(lambda pk: Deal.objects.filter(pk=pk).order_by())
_open_deals = Prepared(lambda pk: Deal.objects.open().filter(prospect=pk).select_related("batch").by_close())
_open_steps = Prepared(lambda pk: Step.objects.open().filter(prospect=pk).by_due())
NONE, NEW = "none", "new"


def read(text, wall, context=None):
    """The grammar's Reading of a line as of that wall-clock time, with all names on record.

    `context`: {"prospect_id", "contact_id", "deal_id"} of the page it was typed on, for what it leaves out.
    """
    current = locale.current()
    page = quicklog.Context(**context) if context else None
    settings = quicklog.Settings(current.date_order, current.currency)
    with directory() as names:
        try:
            return quicklog.parse(text, wall, names, context=page, settings=settings)
        except Exception:
            # A line is never refused: what breaks the grammar is kept as a note, and we hear of it.
            log.exception("The quick log could not read a line of %d characters.", len(text))
            return quicklog.Reading(text=text, activity=quicklog.Activity(at=wall))


def plan(text, wall, context, choices, *, private=False, finish=None, call=None):
    """What the line records. Nothing is written. `finish`: an open step settled already, whatever the words.

    `call`: the Call that was tapped and that the line is about; the line may be empty then.
    """
    reading = read(text, wall, context.ids)
    made = Plan(text=text, wall=wall, private=private, call=call)
    _who(made, reading, context, choices)
    if call:
        call.settle_who(made, context)
    _deal(made, reading, context, choices)
    if call:
        call.settle_deal(made)
    _activities(made, reading, choices, call)
    _changes(made, reading, choices)
    _steps(made, reading, choices, finish, call)
    if "at" in reading.unsure and not call:
        made.unsure["at"] = []
    made.warnings = [_warning(code, detail) for code, detail in reading.warnings]
    return made


def _warning(code, detail):
    """What to say about something that was read, but may not be what was meant."""
    if code == "currency":
        return f"{detail} kept as {locale.current().currency}: the number is not converted"
    return detail


# Who ---------------------------------------------------------------------------------------------


def _who(made, reading, context, choices):
    """Prospect and people: read, chosen among the candidates, or the page's."""
    candidates = _people(reading.candidates.get("people", ()))
    picked = _people_picked(candidates, reading, choices)
    people = picked or _people(reading.people)
    _prospect(made, reading, context, choices, picked, people)
    at_it = [c for c in candidates if made.prospect and c.prospect_id == made.prospect.pk]
    if "people" in reading.unsure and not picked and choices.prospect and len(at_it) == 1:
        picked = at_it
    if picked or "people" not in reading.unsure:
        made.people = picked or people
    if not reading.people and not picked and "people" not in reading.unsure and context.contact:
        made.people = [context.contact] if made.prospect == context.prospect else []
    unknown = reading.unknown.get("people", ())
    made.new_people = [name for name in unknown if f"{NEW}:{name}" in choices.people]
    if "people" in reading.unsure and not picked and not made.new_people and NONE not in choices.people:
        options = [Option(str(c.pk), c.name, c.prospect.name) for c in (at_it or candidates)]
        options += [Option(f"{NEW}:{name}", f"New contact: {name}") for name in unknown]
        made.unsure["people"] = [*options, Option(NONE, "Nobody")]
    made.people = [c for c in made.people if not choices.left_out(f"person-{c.pk}")]


def _people(named):
    ids = [person.id for person in named]
    found = {contact.pk: contact for contact in _contacts(ids)}
    return [found[pk] for pk in ids if pk in found]


def _people_picked(candidates, reading, choices):
    if "people" not in reading.unsure:
        return []
    return [contact for contact in candidates if str(contact.pk) in choices.people]


def _prospect(made, reading, context, choices, picked, people):
    options = {str(p.id): p for p in reading.candidates.get("prospect", ())}
    unknown = (reading.unknown.get("prospect") or [""])[0]
    unsure = "prospect" in reading.unsure
    if choices.left_out("with"):
        return
    if picked:
        made.prospect = picked[0].prospect
    elif unsure and choices.prospect in options:
        made.prospect = _prospect_with.first(options[choices.prospect].id)
    elif unsure and choices.prospect == NEW and unknown:
        made.new_prospect = unknown
    elif reading.prospect:
        theirs = (contact.prospect for contact in people if contact.prospect_id == reading.prospect.id)
        made.prospect = next(theirs, None) or _prospect_with.first(reading.prospect.id)
    elif not unsure:
        made.prospect = context.prospect
    elif choices.prospect != NONE:
        made.unsure["prospect"] = [Option(value, p.name) for value, p in options.items()]
        if unknown:
            made.unsure["prospect"].append(Option(NEW, f"New prospect: {unknown}"))
        made.unsure["prospect"].append(Option(NONE, "Nobody"))


# Deal --------------------------------------------------------------------------------------------


def _deal(made, reading, context, choices):
    if choices.left_out("for"):
        return
    says = bool(reading.deal_changes)
    mine = _open_deals(made.prospect.pk) if made.prospect else []
    for deal in mine:
        deal.prospect = made.prospect
    offered = {str(deal.pk): deal for deal in mine}
    offered |= {str(d.id): None for d in reading.candidates.get("deal", ()) if str(d.id) not in offered}
    if choices.deal in offered:
        made.deal = offered[choices.deal] or _deal_with.first(int(choices.deal))
    elif choices.deal == NEW and (made.prospect or made.new_prospect):
        name = (reading.unknown.get("deal") or [""])[0]
        made.new_deal = name or f"{made.prospect or made.new_prospect} deal"
    elif choices.deal == NONE:
        return
    elif reading.deal:
        made.deal = offered.get(str(reading.deal.id)) or _deal_with.first(reading.deal.id)
    elif context.deal and context.deal.prospect == made.prospect and "deal" not in reading.unsure:
        made.deal = context.deal
    elif "deal" in reading.unsure or says:
        if len(mine) == 1 and "deal" not in reading.unsure:
            made.deal = mine[0]
            return
        prefetch_related_objects(mine, "stage")
        options = [Option(str(d.pk), d.name, str(d.stage)) for d in mine]
        if made.prospect or made.new_prospect:
            options.append(Option(NEW, "New deal"))
        made.unsure["deal"] = [*options, Option(NONE, "Neither")] if options else []
    elif len(mine) == 1:
        made.deal = mine[0]


def _changes(made, reading, choices):
    said = reading.deal_changes
    left = {name for name in ("stage", "amount", "close", "end") if choices.left_out(f"change-{name}")}
    made.changes = Changes(
        amount=None if "amount" in left else said.amount,
        close_on=None if "close" in left else said.close_on,
        stage=Stage.objects.filter(name=said.stage).first() if said.stage and "stage" not in left else None,
        outcome="" if "end" in left else said.outcome or "",
        reason=_reason(made.text) if said.outcome else "",
    )


def _reason(text):
    """Why it ended, in the seller's words: what follows the first pause of the line, unless that is but a figure."""
    rest = re.split(r"[,;:]\s|\s[-–—]\s|\sbecause\s|\. ", text, maxsplit=1)[1:]
    return rest[0].strip() if rest and re.search(r"[^\W\d_]{3}", rest[0]) else ""


# What happened, and what is next -------------------------------------------------------------------


def _activities(made, reading, choices, call=None):
    drafts = _drafts(made, reading)
    made.activities = call.first(drafts) if call else drafts
    for n, draft in enumerate(made.activities):
        _choose_activity(draft, f"-{n}" if n else "", choices)


def _drafts(made, reading):
    drafts = []
    for read_activity in [reading.activity, *reading.more_activities]:
        draft = ActivityDraft(
            kind=read_activity.kind,
            direction=read_activity.direction or "",
            outcome=read_activity.outcome or "",
            minutes=read_activity.minutes,
        )
        at = read_activity.at
        if isinstance(at, datetime):
            draft.at, draft.on = at, at.date()
        else:
            draft.on = at or made.wall.date()
        drafts.append(draft)
    return drafts


def _choose_activity(draft, suffix, choices):
    from .chips import ACTS

    act = choices.changed.get(f"act{suffix}")
    if act in dict(ACTS):
        draft.kind, draft.direction, draft.outcome = act.split(":")
    day, time = choices.day(f"on{suffix}"), choices.clock(f"time{suffix}")
    draft.on = day or draft.on
    if time is not None:
        draft.at = datetime.combine(draft.on, time)
    elif draft.at:
        # The time box emptied: only the day is known.
        draft.at = None if choices.changed.get(f"time{suffix}") == "" else datetime.combine(draft.on, draft.at.time())


def _steps(made, reading, choices, finish, call=None):
    steps = _open_steps(made.prospect.pk) if made.prospect else []
    steps = [step for step in steps if finish is None or step.pk != finish.pk]
    for n, said in enumerate(reading.next_steps):
        if choices.left_out(f"step-{n}-keep"):
            continue
        draft = StepDraft(said.owner, said.kind, said.what, said.due_on, said.due_time, number=n)
        owner = choices.changed.get(f"step-{n}-owner")
        draft.owner = owner if owner in ("me", "them") else draft.owner
        draft.due_on = choices.day(f"step-{n}-on") or draft.due_on
        if f"step-{n}-time" in choices.changed:
            draft.due_time = choices.clock(f"step-{n}-time")
        draft.contact = made.people[0] if len(made.people) == 1 else None
        draft.moves = moved(draft, steps, made.people) if said.moves else None
        made.steps.append(draft)
    if call:
        call.plan_next(made, steps)
    moving = {draft.moves.pk for draft in made.steps if draft.moves}
    done = settled(reading, made, [step for step in steps if step.pk not in moving])
    made.finishes = [step for step in done if not choices.left_out(f"done-{step.pk}")]
