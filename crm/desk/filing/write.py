"""Store a Plan: the records one line makes, all noted on its entry."""

from accounts.models import Activity, Contact, Prospect, Step
from crm.web import clock
from crm.web.templatetags.callback import day, money
from deals.models import Deal, Stage


def write(plan, entry):
    """Write what the plan says. Everything is noted on `entry`, so that one Undo takes it all back."""
    prospect = plan.prospect
    if plan.new_prospect and prospect is None:
        prospect = Prospect(name=plan.new_prospect[:200])
        prospect.write(entry)
    people = list(plan.people)
    for name in plan.new_people if prospect else ():
        contact = Contact(prospect=prospect, name=name[:200])
        contact.write(entry)
        people.append(contact)
    deal = _deal(plan, prospect, people, entry)
    for draft in plan.activities:
        _activity(draft, plan, prospect, people, deal, entry)
    for step in plan.finishes:
        step.keep(entry, on=plan.activities[0].on if plan.activities else None)
    for draft in plan.steps:
        _step(draft, plan, prospect, people, deal, entry)
    if plan.call and plan.call.outcome == "wrong_number":
        _mark_number(plan.call.number, people[:1], prospect, entry)


def _mark_number(number, people, prospect, entry):
    """Whoever has that number, the person called or their prospect, is not reached on it."""
    for model, record in ((Contact, people and people[0]), (Prospect, prospect)):
        if record:
            model.objects.get(pk=record.pk).number_is_wrong(entry, number)


def told(plan):
    """What the entry itself keeps of a plan: its summary in words, and what is still to be checked."""
    return {"summary": plan.call.summary(plan) if plan.call else _summary(plan), "pending": plan.pending}


def _summary(plan):
    """What the toast says was logged: "Call with Dana, Halden Freight; now Proposal, $45,000; 1 done; 2 steps"."""
    prospect = plan.prospect or plan.new_prospect
    first = plan.activities[0] if plan.activities else None
    kind = first.kind if first else "note"
    names = [contact.name for contact in plan.people] + plan.new_people
    who = " and ".join(name.split(" ")[0] for name in names[:2])
    what = {"call": "Call", "email": "Email", "meeting": "Meeting", "message": "Message", "note": "Note"}[kind]
    parts = [
        " with ".join(p for p in (what, who) if p) if kind != "note" else "Note",
        str(prospect) if prospect else "",
    ]
    said = [", ".join(part for part in parts if part)]
    if plan.deal or plan.new_deal:
        said.append(_changed(plan.changes))
    if plan.finishes:
        said.append(f"{len(plan.finishes)} done")
    if plan.steps:
        said.append(f"{len(plan.steps)} step{'s' if len(plan.steps) > 1 else ''}")
    return "; ".join(part for part in said if part)[:300]


def _changed(changes):
    """Money and ends are named, as whoever reads the toast has to notice a wrong one."""
    parts = [
        f"now {changes.stage}" if changes.stage else "",
        str(money(changes.amount)) if changes.amount is not None else "",
        f"closing {day(changes.close_on)}" if changes.close_on else "",
        {"won": "won", "lost": "lost", "walked": "walked away"}.get(changes.outcome, ""),
    ]
    return ", ".join(part for part in parts if part)


def _deal(plan, prospect, people, entry):
    deal = plan.deal
    if deal is None and plan.new_deal:
        stage = plan.changes.stage or Stage.objects.in_order().first()
        deal = Deal(prospect=prospect, name=plan.new_deal[:200], stage=stage)
    if deal is None:
        return None
    changes = plan.changes
    if changes.stage:
        deal.stage = changes.stage
    if changes.amount is not None:
        deal.amount = changes.amount
    if changes.close_on:
        deal.close_on = changes.close_on
    if changes.outcome:
        # Everybody sees a deal's changes, but not the words of a private line.
        deal.outcome, deal.end_reason = changes.outcome, "" if plan.private else changes.reason[:300]
        deal.ended_on = plan.activities[0].on if plan.activities else plan.wall.date()
    known = deal._read_people() if deal.pk else []
    new = _new(known, () if plan.private else people)
    if new or changes or deal.pk is None:
        deal.write(entry, **({"people": sorted(known + new)} if new else {}))
    return deal


def _new(known, people):
    """Those who took part and are not among the deal's people yet; they have no role so far."""
    ids = {pk for pk, _ in known}
    return [[contact.pk, ""] for contact in people if contact.pk not in ids]


def _activity(draft, plan, prospect, people, deal, entry):
    activity = Activity(
        entry=entry,
        prospect=prospect,
        deal=deal,
        kind=draft.kind,
        direction=draft.direction,
        outcome=draft.outcome,
        on=draft.on,
        at=_instant(draft, plan),
        minutes=draft.minutes,
        text=plan.text,
        private=plan.private,
    )
    activity.write(entry, contacts=sorted(contact.pk for contact in people))


def _instant(draft, plan):
    """When it happened. "Now" is when it was typed, so that an hour which occurs twice is the right one of the two."""
    if plan.call and draft.at == clock.wall(plan.call.at, plan.zone):
        return plan.call.at
    if draft.at is None or (draft.at == plan.wall and plan.moment):
        return draft.at and plan.moment
    return clock.instant(draft.at.date(), draft.at.time(), plan.zone)


def _step(draft, plan, prospect, people, deal, entry):
    if draft.moves is not None:
        draft.moves.reschedule(entry, draft.due_on, draft.due_time)
        return
    contact = draft.contact or (people[0] if len(people) == 1 else None)
    Step(
        entry=entry,
        prospect=prospect,
        deal=deal if deal is None or deal.is_open else None,
        contact=contact,
        owner=draft.owner,
        kind=draft.kind,
        what=(draft.what[:1].upper() + draft.what[1:])[:300],
        due_on=draft.due_on,
        due_time=draft.due_time,
        private=plan.private,
    ).write(entry)
