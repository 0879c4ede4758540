"""Which prospect somebody means, by the names and ranks of the quick log's directory; nothing is guessed."""

from crm.desk import filing
from crm.desk.filing.names import directory
from crm.desk.quicklog.directory import SURNAME, name_words
from crm.web import clock

_KINDS = ("prospect", "contact", "deal")


def prospects_named(text):
    """The ids of the prospects that a typed name may mean: one when it is certain, none for an unknown name.

    A company's own name comes before the name of somebody there, and that before a deal's; a fuller name before a part.
    """
    with directory() as names:
        found = names.lookup(" ".join(name_words(text))) or {}
        for kind in _KINDS:
            ranks = {pk: rank for (of, pk), rank in found.items() if of == kind}
            # A word from the middle of a company's name tells less than the name of a person.
            if ranks and (kind != "prospect" or max(ranks.values()) >= SURNAME or len(ranks) == len(found)):
                best = max(ranks.values())
                ids = [pk for pk, rank in ranks.items() if rank == best]
                return _owners(names, kind, ids)
    reading = filing.read(text, clock.wall())
    if reading.prospect:
        return [reading.prospect.id]
    people = reading.people or reading.candidates.get("people", ())
    ids = [one.id for one in reading.candidates.get("prospect", ())] or [one.prospect_id for one in people]
    return list(dict.fromkeys(pk for pk in ids if pk))


def _owners(names, kind, ids):
    if kind == "prospect":
        return sorted(ids)
    records = names.contacts if kind == "contact" else names.deals
    return sorted({records[pk].prospect_id for pk in ids} - {None})
