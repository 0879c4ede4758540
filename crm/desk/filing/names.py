"""All names on record, in the memory of this process, kept up with the database.

Building takes a moment with thousands of names, so a process does it once and then reads only what
`NameChange` lists since. One lock covers reading and bringing up to date: a line takes milliseconds.
"""

import threading
from contextlib import contextmanager

from django.db.models import Max, Min

from accounts.models import Contact, NameChange, Prospect
from crm.desk.quicklog.directory import Directory
from deals.models import Deal, Stage

_lock = threading.Lock()
# Names changed at once beyond which building anew is quicker.
_MANY = 500


class _Names:
    directory = None
    seen = 0
    database = None


_names = _Names()


@contextmanager
def directory():
    """The Directory, up to date with the database, for the length of the block."""
    with _lock:
        _bring_up_to_date()
        yield _names.directory


def forget():
    """Build anew at the next use (another database, in tests)."""
    with _lock:
        _names.directory = None


def _bring_up_to_date():
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if _names.directory is None or _names.database != name:
        _names.database = name
        return _build()
    changes = list(NameChange.objects.filter(pk__gt=_names.seen).order_by("pk")[: _MANY + 1])
    if not changes:
        # A restored or emptied database begins counting again.
        return None if _names.seen == 0 or NameChange.objects.filter(pk=_names.seen).exists() else _build()
    if len(changes) > _MANY or any(c.record_type == "*" for c in changes) or _gap(changes[0].pk):
        return _build()
    for kind in {c.record_type for c in changes}:
        _read_again(kind, {c.record_id for c in changes if c.record_type == kind})
    _names.seen = changes[-1].pk


def _gap(first):
    """Whether lines between the last one seen and `first` were trimmed away."""
    return first > _names.seen + 1 and (NameChange.objects.aggregate(low=Min("pk"))["low"] or 0) > _names.seen + 1


def _build():
    _names.seen = NameChange.objects.aggregate(top=Max("pk"))["top"] or 0
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
