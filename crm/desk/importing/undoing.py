"""Taking back a whole import: what it made goes to the trash, what it changed is set back.

What somebody has changed here since, or hung something of their own on, stays, and is named.
"""

import uuid as uuids
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from accounts import standing
from accounts.models import Activity, Contact, Effect, Entry, ExternalRef, NameChange, Prospect, Step
from accounts.records import ChangedSince
from crm.desk.models import Import
from crm.web import clock, textindex
from deals.models import Deal, DealContact

_MODELS = (Activity, Step, Deal, Contact, Prospect)
# What hangs on a record, and by which of its fields.
_HANG_ON = {
    Deal: [(Activity, "deal"), (Step, "deal")],
    Contact: [(Activity, "contacts"), (Step, "contact")],
    Prospect: [(Activity, "prospect"), (Step, "prospect"), (Deal, "prospect"), (Contact, "prospect")],
}
_CHUNK = 500
_NAMED = 20


@dataclass
class Undone:
    """`taken`: {record: number} now in the trash; `kept`: names of what stays; `kept_rows` how many."""

    taken: Counter = field(default_factory=Counter)
    set_back: int = 0
    kept: list = field(default_factory=list)
    kept_rows: int = 0


def undo(item, author):
    """Take back the import `item`. Doing it twice does nothing the second time."""
    with transaction.atomic():
        if not Import.objects.select_for_update().filter(pk=item.pk).exclude(state=Import.State.UNDONE).exists():
            return Undone()
        undone = _Undoing(item, author).run()
        counts = item.counts | {
            "undone": {"taken": dict(undone.taken), "set_back": undone.set_back, "kept": undone.kept_rows},
            "kept_names": undone.kept,
        }
        Import.objects.filter(pk=item.pk).update(state=Import.State.UNDONE, ended_at=clock.now(), counts=counts)
        item.batch.undone_at = clock.now()
        item.batch.save(update_fields=["undone_at"])
    return undone


class _Undoing:
    def __init__(self, item, author):
        self.item, self.batch, self.author = item, item.batch, author
        self.undone = Undone()
        self.prospects, self.deals = set(), set()

    def run(self):
        self._set_back()
        self._find()
        self._trash()
        standing.refresh(self.prospects, self.deals)
        NameChange.objects.create(record_type="*")
        return self.undone

    def _set_back(self):
        """The fields that the import changed in records which were here before."""
        with Entry.submission(self.item.uuid, author=self.author, kind="import") as entry:
            for effect in entry.effects.filter(action=Effect.CHANGED).order_by("-pk"):
                record = effect.record()
                if record is None or record.batch_id == self.batch.pk or record.trashed_at:
                    continue
                try:
                    with transaction.atomic():
                        record.revert(effect, entry)
                        entry.touch(record)
                except ChangedSince:
                    self._keep(str(record))
                else:
                    self.undone.set_back += 1
            entry.undone_at = clock.now()
            entry.save(update_fields=["undone_at"])

    def _find(self):
        """Which of the records it made go: those as it left them, with nothing on them that stays."""
        self.going = {model: self._as_left(model) for model in _MODELS}
        for model in (Deal, Contact, Prospect):
            self.going[model] -= self._held(model)
        for model, going in self.going.items():
            made = model.objects.filter(batch=self.batch)
            if made.count() != len(going):
                for record in made.iterator():
                    if record.pk not in going:
                        self._keep(str(record))

    def _as_left(self, model):
        """Ids of the live records it made that are in the version in which it left them."""
        refs = ExternalRef.objects.filter(batch=self.batch, record_type=model._meta.model_name)
        left = {}
        for pk, version in refs.values_list("record_id", "version"):
            left[pk] = max(version, left.get(pk, 1))
        made = model.objects.filter(batch=self.batch).values_list("pk", "version")
        return {pk for pk, version in made if version <= left.get(pk, 1)}

    def _held(self, model):
        """Ids of that model's records on which something hangs that stays."""
        held = set()
        for child, name in _HANG_ON[model]:
            going = self.going[child]
            pairs = child.objects.filter(**{f"{name}__batch": self.batch}).values_list("pk", name)
            held.update(owner for pk, owner in pairs.iterator() if pk not in going)
        if model is Contact:
            pairs = DealContact.objects.filter(contact__batch=self.batch).values_list("deal_id", "contact_id")
            held.update(contact for deal, contact in pairs.iterator() if deal not in self.going[Deal])
        return held

    def _keep(self, name):
        self.undone.kept_rows += 1
        if len(self.undone.kept) < _NAMED:
            self.undone.kept.append(name)

    def _trash(self):
        """All of it under one trash id, so that what hangs together comes back together."""
        now, trash_id = clock.now(), uuids.uuid4()
        Entry.objects.create(
            uuid=trash_id,
            kind=Entry.FORM,
            author=self.author,
            summary=f"Took back the import of {self.item.name}"[:300],
        )
        for model, found in self.going.items():
            kind = model._meta.model_name
            ids = sorted(found)
            self.undone.taken[kind] += len(ids)
            for start in range(0, len(ids), _CHUNK):
                some = ids[start : start + _CHUNK]
                if model in (Activity, Step, Deal):
                    self.prospects.update(
                        model.objects.filter(pk__in=some).exclude(prospect=None).values_list("prospect_id", flat=True)
                    )
                model.objects.filter(pk__in=some).update(trashed_at=now, trash_id=trash_id)
                textindex.drop((kind, pk) for pk in some)
                ExternalRef.objects.filter(batch=self.batch, record_type=kind, record_id__in=some).delete()
        self.prospects |= self.going[Prospect]
        self.deals |= self.going[Deal]
        ExternalRef.objects.filter(batch=self.batch, kind="change").delete()
