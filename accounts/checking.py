"""Whether what is stored for speed equals what follows from the records.

Each check goes through the records in chunks, each in a transaction of its own (so that a write in between
is no difference), and yields a Difference; with `fix` it stores what follows.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass
from itertools import chain, islice

from django.apps import apps
from django.db import transaction

from accounts import standing
from accounts.models import Activity, Contact, EmailAddress, PhoneNumber, Prospect, Standing
from accounts.numbers import e164
from crm.web import textindex
from crm.web.text import fold

_CHUNK = 400


@dataclass(frozen=True)
class Difference:
    """`record` is written "deal 12"; `stored` and `derived` are as text, "" for nothing there."""

    what: str
    record: str
    field: str
    stored: str
    derived: str

    def __str__(self):
        return f"{self.what} of {self.record}: {self.field} is {self.stored or 'missing'}, not {self.derived or 'gone'}"

    def as_dict(self):
        return asdict(self)


def differences(*, fix=False):
    """All of them, check by check; what others are derived from comes first."""
    return chain(
        _activities(fix),
        _standings("prospect", Prospect, fix),
        _standings("deal", apps.get_model("deals.Deal"), fix),
        _deals(fix),
        _names(fix),
        _index(fix),
    )


def follow_locale():
    """Store anew what depends on the seller's zone (the day somebody's move began) or on the region of numbers."""
    found = chain(
        _standings("prospect", Prospect, True),
        _standings("deal", apps.get_model("deals.Deal"), True),
        _folded(PhoneNumber.objects.all(), lambda row: {"e164": e164(row.raw)}, True),
        _documents("contact", True),
    )
    for _ in found:
        pass


def _chunks(queryset):
    """Lists of its rows in order of id, each read within a transaction that lasts until the next is asked for."""
    last = 0
    while True:
        with transaction.atomic():
            rows = list(queryset.filter(pk__gt=last).order_by("pk")[:_CHUNK])
            if not rows:
                return
            yield rows
            last = rows[-1].pk


def _differing(what, record, stored, derived):
    for field, value in derived.items():
        if stored.get(field) != value:
            yield Difference(what, record, field, _text(stored.get(field)), _text(value))


def _text(value):
    return "" if value is None else str(value)


def _standings(name, model, fix):
    key = f"{name}_id"
    for rows in _chunks(model.everything.all()):
        ids = [row.pk for row in rows]
        derived = standing.compute(name, ids)
        stored = {(getattr(s, key), s.audience): s for s in Standing.objects.filter(**{f"{key}__in": ids})}
        found = []
        for pair in sorted(set(derived) | set(stored)):
            record = f"{name} {pair[0]} for {pair[1]}"
            if pair not in derived or pair not in stored:
                found.append(Difference("standing", record, "row", *_presence(pair in stored, pair in derived)))
                continue
            values = {field: getattr(stored[pair], field) for field in standing.FIELDS}
            found += _differing("standing", record, values, derived[pair])
        if found and fix:
            standing.refresh(**{f"{name}_ids": ids})
        yield from found


def _presence(stored, derived):
    return ("there" if stored else "", "there" if derived else "")


def _activities(fix):
    for rows in _chunks(Activity.everything.all()):
        wrong = []
        for row in rows:
            two_way, attempt = row.classify()
            stored = {"two_way": row.two_way, "attempt": row.attempt}
            found = list(_differing("kind", f"activity {row.pk}", stored, {"two_way": two_way, "attempt": attempt}))
            if found:
                row.two_way, row.attempt = two_way, attempt
                wrong.append(row)
            yield from found
        if fix:
            Activity.everything.bulk_update(wrong, ["two_way", "attempt"])


def _deals(fix):
    fields = ("slips", "slipped_days", "stage_since")
    model, history = apps.get_model("deals.Deal"), apps.get_model("deals.DealChange")
    for rows in _chunks(model.everything.all()):
        changes = defaultdict(list)
        for change in history.objects.counted().filter(deal__in=[row.pk for row in rows]):
            changes[change.deal_id].append(change)
        for deal in rows:
            derived = dict(zip(fields, deal.history_figures(changes[deal.pk]), strict=True))
            stored = {field: getattr(deal, field) for field in fields}
            found = list(_differing("history", f"deal {deal.pk}", stored, derived))
            if found and fix:
                deal.derive()
            yield from found


def _names(fix):
    """Folded names and addresses, and numbers in the form they are matched by."""
    deal = apps.get_model("deals.Deal")
    for model in (Prospect, Contact, deal):
        yield from _folded(model.everything.all(), lambda row: {"folded": fold(row.name)[:200]}, fix)
    yield from _folded(EmailAddress.objects.all(), lambda row: {"folded": row.raw.casefold()}, fix)
    yield from _folded(PhoneNumber.objects.all(), lambda row: {"e164": e164(row.raw)}, fix)


def _folded(queryset, derive, fix):
    kind = queryset.model._meta.verbose_name
    for rows in _chunks(queryset):
        wrong = []
        for row in rows:
            derived = derive(row)
            found = list(_differing("name", f"{kind} {row.pk}", vars(row), derived))
            if found:
                vars(row).update(derived)
                wrong.append(row)
            yield from found
        if wrong and fix:
            queryset.bulk_update(wrong, list(derive(wrong[0])))


def _index(fix):
    """The full-text index: a document for each live record, and none for what is in the trash or gone."""
    for kind in textindex.KINDS:
        yield from _documents(kind, fix)
    yield from _left_over(fix)


def _documents(kind, fix):
    records = apps.get_model("deals" if kind == "deal" else "accounts", kind).objects.all()
    if kind in ("contact", "deal"):
        records = records.select_related("prospect")
    if kind == "contact":
        records = records.prefetch_related("emails", "phones")
    for rows in _chunks(records):
        documents = {(kind, row.pk): (kind, row.pk, *row.document()) for row in rows}
        wrong = textindex.differing(documents.values())
        if wrong and fix:
            textindex.put(documents[key] for key in wrong)
        yield from (Difference("index", f"{kind} {pk}", "words", "other", "its words") for _, pk in sorted(wrong))


def _left_over(fix):
    stored = iter(textindex.keys())
    while chunk := list(islice(stored, _CHUNK)):
        for kind in textindex.KINDS:
            model = apps.get_model("deals" if kind == "deal" else "accounts", kind)
            ids = {pk for name, pk in chunk if name == kind}
            gone = ids - set(model.objects.filter(pk__in=ids).values_list("pk", flat=True))
            if gone and fix:
                textindex.drop((kind, pk) for pk in gone)
            yield from (Difference("index", f"{kind} {pk}", "words", "there", "") for pk in sorted(gone))
