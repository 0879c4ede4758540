"""Read a line, and keep it: once, whatever is sent twice."""

from accounts.models import Entry, StepChange
from crm.web import clock

from .called import Call
from .chips import chips
from .choices import Choices
from .context import Context
from .plan import Changes
from .planner import plan
from .write import told, write


def record(
    text,
    *,
    uuid,
    author,
    context=None,
    choices=None,
    finish=None,
    occurred_at=None,
    zone="",
    private=False,
    doubts=(),
    kind=Entry.QUICKLOG,
    result=None,
    call=None,
):
    """Store what `text` says as one Entry and return it; a UUID stored before changes nothing.

    Dates are read as of `occurred_at` (an instant; default now) in the IANA `zone` it was typed in (default the
    seller's). `finish`: an open Step that this settles, whatever the words are. Without words or a tapped `call` no
    activity is stored.
    `doubts`: fields to be checked on Today although they were read ("prospect" only where there is none).
    """
    text, context, choices = text.strip(), context or Context(), choices or Choices()
    at = occurred_at or clock.now()
    found = None
    if text or call:
        wall = clock.wall(at, zone)
        found = _as_of(at, zone, plan(text, wall, context, choices, private=private, finish=finish, call=call))
        _doubt(found, doubts)
        if occurred_at:
            _hold_back(found)
    with Entry.submission(
        uuid,
        author=author,
        kind=kind,
        text=text,
        occurred_at=at,
        zone=zone,
        result={
            "context": context.ids,
            "private": private,
            **({"call": call.as_json()} if call else {}),
            **(result or {}),
        },
        **(told(found) if found else {}),
    ) as entry:
        if not entry.replayed:
            if finish is not None:
                finish.keep(entry, on=clock.wall(at, zone).date())
            if found:
                write(found, entry)
    return entry


def preview(text, *, context=None, choices=None, private=False):
    """(Plan, hidden fields that keep the answers given) for what `record` would store now."""
    found = plan(text.strip(), clock.wall(), context or Context(), choices or Choices(), private=private)
    return found, _keep(choices or Choices(), found)


def preview_of(entry, choices=None, private=None):
    """The same for an entry that is stored already, as of when it was typed; `private` None: as it is."""
    found = _plan_of(entry, _context(entry), choices, private)
    return found, _keep(choices or Choices(), found)


def refile(entry, choices, private=None):
    """File a stored entry anew, with these choices: what it made is taken back and made again.

    `private`: whether it is from now on; None: as it was.

    Raises ChangedSince when something it changed was changed after it; nothing is changed then.
    """
    with Entry.submission(entry.uuid) as again:
        again.take_back()
        found = _plan_of(again, _context(again), choices, private)
        again.result["private"] = found.private
        write(found, again)
        for name, value in told(found).items():
            setattr(again, name, value)
            setattr(entry, name, value)
        again.save(update_fields=["summary", "pending", "result"])
    return entry


def _plan_of(entry, context, choices=None, private=None):
    private, zone = bool(entry.result.get("private")) if private is None else private, entry.zone
    wall, call = clock.wall(entry.occurred_at, zone), Call.of_json(entry.result.get("call"), zone)
    found = plan(entry.text, wall, context, choices or Choices(), private=private, call=call)
    return _as_of(entry.occurred_at, zone, found)


def _as_of(at, zone, found):
    found.moment, found.zone = at, zone
    return found


def _doubt(found, fields):
    for name in fields:
        if name != "prospect" or (found.prospect is None and not found.new_prospect):
            found.unsure.setdefault(name, [])


def _hold_back(found):
    """A line that arrives late changes no deal and no step that was changed after it was typed: Today asks about it."""
    if found.changes and found.deal and found.deal.changes.counted().filter(at__gt=found.moment).exists():
        found.changes = Changes()
        found.unsure.setdefault("deal_changes", [])
    touched = [*found.finishes, *(draft.moves for draft in found.steps if draft.moves is not None)]
    held = StepChange.objects.newer(touched, found.moment) if touched else ()
    if held:
        found.finishes = [step for step in found.finishes if step.pk not in held]
        found.steps = [draft for draft in found.steps if draft.moves is None or draft.moves.pk not in held]
        found.unsure.setdefault("next_steps", [])


def _context(entry):
    from accounts.models import Contact, Prospect
    from deals.models import Deal

    models = {"prospect": Prospect, "contact": Contact, "deal": Deal}
    ids = entry.result.get("context", {})
    return Context(**{n: m.objects.filter(pk=ids[f"{n}_id"]).first() for n, m in models.items() if f"{n}_id" in ids})


def _keep(choices, found):
    """Answers that were taken go along as hidden fields, so that the next preview still knows them."""
    found.was, kept = choices.was, []
    drawn = {name for chip in chips(found) for name, _ in chip.was}
    # What was left out has no chip any more.
    for name in choices.changed.keys() - drawn:
        kept += [(name, choices.changed[name]), (f"was-{name}", choices.was[name])]
    if choices.prospect and "prospect" not in found.unsure:
        kept.append(("prospect", choices.prospect))
    if "people" not in found.unsure:
        kept += [("person", value) for value in choices.people]
    if choices.deal and "deal" not in found.unsure:
        kept.append(("deal", choices.deal))
    return kept
