"""Read a line, and keep it: once, whatever is sent twice."""

from accounts.models import Entry
from crm.web import clock

from .choices import Choices
from .context import Context
from .planner import plan
from .write import write


def record(text, *, uuid, author, context=None, choices=None, finish=None, occurred_at=None, private=False):
    """Store what `text` says as one Entry and return it; a UUID stored before changes nothing.

    Dates are read as of `occurred_at` (an instant; default now) in the seller's zone. `finish`: an open
    Step that this settles, whatever the words are. Empty words store no activity.
    """
    text = text.strip()
    with Entry.submission(
        uuid, author=author, kind=Entry.QUICKLOG, text=text, occurred_at=occurred_at or clock.now()
    ) as entry:
        if not entry.replayed:
            context = context or Context()
            entry.result = {"context": context.ids, "private": private}
            if finish is not None:
                finish.keep(entry)
            if text:
                write(_plan_of(entry, context, choices, finish), entry)
            entry.save(update_fields=["result", "pending", "summary"])
    return entry


def preview(text, *, context=None, choices=None, private=False):
    """(Plan, hidden fields that keep the answers given) for what `record` would store now."""
    found = plan(text.strip(), clock.wall(), context or Context(), choices or Choices(), private=private)
    return found, _kept(choices or Choices(), found)


def preview_of(entry, choices=None):
    """The same for an entry that is stored already, as of when it was typed."""
    found = _plan_of(entry, _context(entry), choices)
    return found, _kept(choices or Choices(), found)


def refile(entry, choices):
    """File a stored entry anew, with these choices: what it made is taken back and made again.

    Raises ChangedSince when something it changed was changed after it; nothing is changed then.
    """
    with Entry.submission(entry.uuid) as again:
        again.take_back()
        write(_plan_of(again, _context(again), choices), again)
        entry.summary, entry.pending = again.summary, again.pending
    return entry


def _plan_of(entry, context, choices=None, finish=None):
    private = bool(entry.result.get("private"))
    wall = clock.wall(entry.occurred_at)
    return plan(entry.text, wall, context, choices or Choices(), private=private, finish=finish)


def _context(entry):
    from accounts.models import Contact, Prospect
    from deals.models import Deal

    models = {"prospect": Prospect, "contact": Contact, "deal": Deal}
    ids = entry.result.get("context", {})
    return Context(**{n: m.objects.filter(pk=ids[f"{n}_id"]).first() for n, m in models.items() if f"{n}_id" in ids})


def _kept(choices, found):
    """Answers that were taken go along as hidden fields, so that the next preview still knows them."""
    kept = []
    if choices.prospect and "prospect" not in found.unsure:
        kept.append(("prospect", choices.prospect))
    if "people" not in found.unsure:
        kept += [("person", value) for value in choices.people]
    if choices.deal and "deal" not in found.unsure:
        kept.append(("deal", choices.deal))
    return kept
