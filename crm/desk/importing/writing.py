"""Stores what was planned: new records in bulk, changed ones through their own verbs, all of one Batch."""

from collections import Counter

from django.db import transaction

from accounts import standing
from accounts.models import (
    Activity,
    Contact,
    Entry,
    ExternalRef,
    NameChange,
    Prospect,
    Step,
)
from deals.models import Deal, DealContact

from .fresh import Fresh
from .known import differences

TABLES = {"prospect": Prospect, "contact": Contact, "deal": Deal, "activity": Activity, "step": Step}


class Writer:
    """Writes Chunks. `entry_uuid` is the import's: its changes of known records are noted on that entry."""

    def __init__(self, planner, batch, entry_uuid, author=None, dry=False):
        self.planner, self.book, self.batch = planner, planner.book, batch
        self.entry_uuid, self.author, self.dry = entry_uuid, author, dry
        self.new, self.changed, self.kept = Counter(), Counter(), Counter()
        self.met, self.made = set(), set()
        self.changed_records = set()
        self.fresh = Fresh(planner, batch)

    def carry_on(self):
        """An earlier run of the same import was cut short: what it made counts, and its standings are due."""
        for kind, model in TABLES.items():
            ids = list(model.everything.filter(batch=self.batch).values_list("pk", flat=True))
            self.new[kind] += len(ids)
            self.made.update((kind, pk) for pk in ids)
            if kind in ("prospect", "deal"):
                getattr(self.fresh, f"{kind}s").update(ids)

    @property
    def unchanged(self):
        return Counter(kind for kind, _ in self.met - self.made - self.changed_records)

    def write(self, rows_):
        """Plan and store these rows in one transaction. Returns the Chunk."""
        if self.dry:
            return self._write(rows_, None)
        with Entry.submission(
            self.entry_uuid, author=self.author, kind="import", text=f"Import of {self.batch.label}"
        ) as entry:
            return self._write(rows_, entry)

    def _write(self, rows_, entry):
        self.planner.ids.refresh() if not self.dry else None
        chunk = self.planner.plan(rows_)
        for kind, found in chunk.new.items():
            self.new[kind] += len(found)
        self._change(chunk, entry)
        self._link(chunk)
        if not self.dry:
            for pk in self.fresh.store(chunk):
                self._changed("deal", pk)
        for _, parts in chunk.rows:
            self.met.update((kind, pk) for kind, pk, new in parts if not new)
            self.made.update((kind, pk) for kind, pk, new in parts if new)
        return chunk

    def finish(self, beat=None):
        """What follows from all that was written: standings, and that names must be read again.

        `beat()` is called every now and then, in no transaction.
        """
        for name, ids in (("prospect", sorted(self.fresh.prospects)), ("deal", sorted(self.fresh.deals))):
            for start in range(0, len(ids), _STANDINGS):
                some = ids[start : start + _STANDINGS]
                with transaction.atomic():
                    standing.refresh(*((some, ()) if name == "prospect" else ((), some)))
                if beat:
                    beat()
        NameChange.objects.create(record_type="*")

    # Known records -------------------------------------------------------------------------------

    def _change(self, chunk, entry):
        for kind, wanted in chunk.wanted.items():
            if not wanted:
                continue
            found = TABLES[kind].objects.in_bulk(list(wanted))
            if kind == "contact":
                found = {c.pk: c for c in Contact.objects.with_addresses().filter(pk__in=wanted)}
            for pk, values in wanted.items():
                record = found.get(pk)
                if record is None:
                    continue
                mine = self.book.versions.get((kind, pk)) == record.version and self.planner.mapping.names(kind)
                changes, kept = differences(record, values, mine)
                if kept and self.planner.mapping.names(kind):
                    self.kept[kind] += 1
                if changes:
                    self._changed(kind, pk)
                    if entry:
                        self._store(kind, record, changes, entry, mine)

    def _link(self, chunk):
        """Leave the people who take part in their deals already; somebody new in a known deal changes it."""
        deals = {deal for deal, _ in chunk.links}
        there = set(DealContact.objects.filter(deal__in=deals).values_list("deal_id", "contact_id"))
        chunk.links = {pair: role for pair, role in chunk.links.items() if pair not in there}
        for deal, _ in chunk.links:
            if deal not in chunk.new["deal"]:
                self._changed("deal", deal)

    def _changed(self, kind, pk):
        if (kind, pk) not in self.changed_records:
            self.changed[kind] += 1
            self.changed_records.add((kind, pk))

    def _store(self, kind, record, changes, entry, mine):
        extra = changes.pop("extra", None)
        if extra is not None:
            type(record).everything.filter(pk=record.pk).update(extra=extra)
            record.extra = extra
        related = {name: changes.pop(name) for name in ("emails", "phones") if name in changes}
        for name, value in changes.items():
            setattr(record, name, value)
        if record.write(entry, **related) and mine:
            refs = ExternalRef.objects.filter(record_type=kind, record_id=record.pk)
            refs.exclude(version=0).update(version=record.version)
            self.book.versions[kind, record.pk] = record.version


_STANDINGS = 2000  # ids in one transaction; nobody waits for a lock longer than these take
