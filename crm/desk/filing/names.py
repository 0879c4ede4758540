"""All names on record, in the memory of this process, kept up with the database.

Building takes a moment with thousands of names, so a process does it once and then reads only what
`NameChange` lists since. One lock covers reading and bringing up to date: a line takes milliseconds.
"""

import threading
from contextlib import contextmanager

from accounts.models import Contact, NameChange, Prospect
from crm.desk.quicklog import Directory
from crm.web.prepared import Prepared
from deals.models import Deal, Stage

_lock = threading.Lock()
# Names changed at once beyond which building anew is quicker.
_MANY = 500
_since = Prepared(
    lambda pk: (
        NameChange.objects.filter(pk__gte=pk)
        .order_by("pk")
        .values_list("pk", "mark", "record_type", "record_id")[: _MANY + 1]
    )
)


class _Names:
    directory = None
    last = None  # (id, mark) of the last NameChange taken in; None for none


_names = _Names()


@contextmanager
def directory():
    """The Directory, up to date with the database, for the length of the block."""
    with _lock:
        _bring_up_to_date()
        yield _names.directory


def _bring_up_to_date():
    if _names.directory is None:
        return _build()
    changes = _since(_names.last[0] if _names.last else 0)
    if _names.last:
        # The last one seen must still be there: else lines were trimmed, or this is another database.
        if not changes or changes[0][:2] != _names.last:
            return _build()
        changes = changes[1:]
    if len(changes) >= _MANY or any(kind == "*" for *_, kind, _id in changes):
        return _build()
    for kind in {kind for *_, kind, _id in changes}:
        _read_again(kind, {pk for *_, changed, pk in changes if changed == kind})
    if changes:
        _names.last = changes[-1][:2]


def _build():
    _names.last = NameChange.objects.order_by("-pk").values_list("pk", "mark").first()
    found = Directory([stage.name for stage in Stage.objects.in_order()])
    for pk, name in Prospect.objects.filter(merged_into=None).values_list("pk", "name"):
        found.upsert_prospect(pk, name)
    emails = {}
    for pk, email in Contact.objects.values_list("pk", "emails__folded"):
        if email:
            emails.setdefault(pk, []).append(email)
    for pk, name, owner in Contact.objects.values_list("pk", "name", "prospect_id"):
        found.upsert_contact(pk, name, owner, emails.get(pk, ()))
    for pk, name, owner, outcome in Deal.objects.values_list("pk", "name", "prospect_id", "outcome"):
        found.upsert_deal(pk, name, owner, outcome == Deal.Outcome.OPEN)
    _names.directory = found


def _read_again(kind, ids):
    found = _names.directory
    if kind == "stage":
        found.set_stages([stage.name for stage in Stage.objects.in_order()])
    elif kind == "prospect":
        rows = dict(Prospect.objects.filter(pk__in=ids, merged_into=None).values_list("pk", "name"))
        for pk in ids:
            found.upsert_prospect(pk, rows[pk]) if pk in rows else found.remove_prospect(pk)
    elif kind == "contact":
        rows = {c.pk: c for c in Contact.objects.filter(pk__in=ids).prefetch_related("emails")}
        for pk in ids:
            if pk in rows:
                emails = [e.folded for e in rows[pk].emails.all()]
                found.upsert_contact(pk, rows[pk].name, rows[pk].prospect_id, emails)
            else:
                found.remove_contact(pk)
    elif kind == "deal":
        rows = {d.pk: d for d in Deal.objects.filter(pk__in=ids)}
        for pk in ids:
            if pk in rows:
                found.upsert_deal(pk, rows[pk].name, rows[pk].prospect_id, rows[pk].is_open)
            else:
                found.remove_deal(pk)
