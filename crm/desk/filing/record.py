"""Read a line, and keep it: once, whatever is sent twice."""

from accounts.models import Entry
from crm.web import clock

from .chips import chips
from .choices import Choices
from .context import Context
from .planner import plan
from .write import told, write


def record(text, *, uuid, author, context=None, choices=None, finish=None, occurred_at=None, private=False):
    """Store what `text` says as one Entry and return it; a UUID stored before changes nothing.

    Dates are read as of `occurred_at` (an instant; default now) in the seller's zone. `finish`: an open
    Step that this settles, whatever the words are. Empty words store no activity.
    """
    text, context = text.strip(), context or Context()
    at = occurred_at or clock.now()
    found = plan(text, clock.wall(at), context, choices or Choices(), private=private, finish=finish) if text else None
    with Entry.submission(
        uuid,
        author=author,
        kind=Entry.QUICKLOG,
        text=text,
        occurred_at=at,
        result={"context": context.ids, "private": private},
        **(told(found) if found else {}),
    ) as entry:
        if not entry.replayed:
            if finish is not None:
                finish.keep(entry)
            if found:
                write(found, entry)
    return entry


def preview(text, *, context=None, choices=None, private=False):
    """(Plan, hidden fields that keep the answers given) for what `record` would store now."""
    found = plan(text.strip(), clock.wall(), context or Context(), choices or Choices(), private=private)
    return found, _keep(choices or Choices(), found)


def preview_of(entry, choices=None):
    """The same for an entry that is stored already, as of when it was typed."""
    found = _plan_of(entry, _context(entry), choices)
    return found, _keep(choices or Choices(), found)


def refile(entry, choices):
    """File a stored entry anew, with these choices: what it made is taken back and made again.

    Raises ChangedSince when something it changed was changed after it; nothing is changed then.
    """
    with Entry.submission(entry.uuid) as again:
        again.take_back()
        found = _plan_of(again, _context(again), choices)
        write(found, again)
        for name, value in told(found).items():
            setattr(again, name, value)
            setattr(entry, name, value)
        again.save(update_fields=["summary", "pending"])
    return entry


def _plan_of(entry, context, choices=None):
    private = bool(entry.result.get("private"))
    return plan(entry.text, clock.wall(entry.occurred_at), context, choices or Choices(), private=private)


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
