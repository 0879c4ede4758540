"""What every editable record has in common: a version, a trash, a provenance, and writes that are kept.

`record.write(entry)` is the only way a person's change reaches the database. It refuses a lost update,
notes on the entry what to undo, and lets the record keep its own history (`written`).
"""

import datetime
import decimal
import uuid as uuids
from functools import cache

from django.db import models, transaction

from crm.web import bulk, clock
from crm.web.prepared import Prepared


class ChangedSince(Exception):
    """The record was changed by somebody else, or in another tab, after it was read."""

    def __init__(self, record):
        super().__init__(f"{record} was changed meanwhile.")
        self.record = record


class RecordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What this user may see; private lines are the seller's alone."""
        if user.is_authenticated and user.is_seller:
            return self
        return self.public()

    def public(self):
        """Without private records. Models that have a `private` field narrow this."""
        if any(field.name == "private" for field in self.model._meta.fields):
            return self.filter(private=False)
        return self


class LiveManager(models.Manager.from_queryset(RecordQuerySet)):
    """Leaves out what lies in the trash."""

    def get_queryset(self):
        return super().get_queryset().filter(trashed_at=None)


def managers(queryset):
    """(objects, everything): the live records, and those in the trash as well, with that queryset's verbs."""
    live = type(f"Live{queryset.__name__}", (LiveManager.from_queryset(queryset),), {})
    return live(), models.Manager.from_queryset(queryset)()


class Record(models.Model):
    """Base of all editable records.

    TRACKED names the fields whose change is noted and can be undone; RELATED names sets of children
    that are written with the record (`_read_NAME`, `_write_NAME`); CASCADE names the reverse relations
    that go to the trash with it; NAMED names those of TRACKED and RELATED by which the quick log knows it, SEARCHED
    those that its `document` is made of.
    """

    TRACKED = ()
    RELATED = ()
    CASCADE = ()
    NAMED = ()
    SEARCHED = ()

    version = models.PositiveIntegerField(default=1, editable=False)
    batch = models.ForeignKey("accounts.Batch", null=True, blank=True, editable=False, on_delete=models.PROTECT)
    extra = models.JSONField(default=dict, blank=True, editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)
    trash_id = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
        base_manager_name = "everything"

    def snapshot(self):
        """The tracked fields as JSON-able values."""
        values = {}
        for name in self.TRACKED:
            field = self._meta.get_field(name)
            values[name] = _plain(getattr(self, field.attname))
        return values

    def write(self, entry, **related):
        """Store the record for that entry. Returns False when nothing changed.

        `related` gives new contents for names in RELATED. Raises ChangedSince when the row is no longer
        the version that was read.
        """
        # No savepoint: whoever fails here fails the whole submission.
        with transaction.atomic(savepoint=False):
            if self.pk is None:
                return self._create(entry, related)
            return self._change(entry, related)

    def _create(self, entry, related):
        if self.batch_id is None:
            self.batch_id = self._inherited_batch(entry)
        self.prepare()
        bulk.store(self)
        for name, value in related.items():
            getattr(self, f"_write_{name}")(value, new=True)
        entry.note(self, "created")
        self.written(entry, None)
        return True

    def _change(self, entry, related):
        self.prepare()
        old = _stored(type(self)).first(self.pk)
        if old is None:
            raise type(self).DoesNotExist
        if old.version != self.version or old.trash_id != self.trash_id:
            raise ChangedSince(old)
        before, after = old.snapshot(), self.snapshot()
        for name, value in related.items():
            before[name], after[name] = getattr(old, f"_read_{name}")(), value
        changed = [name for name in before if before[name] != after[name]]
        if not changed:
            return False
        for name in changed:
            if name in self.RELATED:
                getattr(self, f"_write_{name}")(related[name])
        self._store(old)
        entry.touch(old, renamed=False, searched=False)  # what it was filed under before loses it
        entry.note(self, "changed", {n: before[n] for n in changed}, {n: after[n] for n in changed})
        self.written(entry, {n: before[n] for n in changed})
        return True

    def _store(self, old=None):
        """UPDATE … WHERE version = the one read; raises ChangedSince when that row is gone."""
        read = self.version
        self.changed_at, self.version = clock.now(), read + 1
        if not bulk.replace(self, old, version=read):
            self.version = read
            raise ChangedSince(type(self).everything.get(pk=self.pk))

    def prepare(self):
        """Fill the fields that follow from others (folded names); called before every write."""

    def written(self, entry, before, *, undoing=False):
        """Keep the record's own history. `before` holds the changed fields' old values; None if new."""

    def document(self):
        """(private, title, body) for the full-text index, or None for what is not searched."""
        return None

    def standings(self):
        """(prospect ids, deal ids) whose standing depends on this record."""
        return (), ()

    def _inherited_batch(self, entry):
        """Whatever is added to a sample record is sample too, so that it goes when the sample goes: its batch's id."""
        for name in _owners(type(self)):
            owner = getattr(self, name)
            if owner is not None and owner.batch_id and entry.is_sample(owner):
                return owner.batch_id
        return None

    # Trash ------------------------------------------------------------------------------------

    def trash(self, entry):
        """Move to the trash, with all that hangs on it; kept 30 days, Undo brings it back."""
        with transaction.atomic():
            self._to_trash(entry)
            entry.note(self, "trashed")
            self.refresh_from_db(fields=["trashed_at", "trash_id"])

    def _to_trash(self, entry):
        """The record and its dependents, under that entry's UUID; nothing where it lies there already."""
        if type(self).objects.filter(pk=self.pk).exists():
            now = clock.now()
            for record in [self, *self._dependents()]:
                type(record).everything.filter(pk=record.pk).update(trashed_at=now, trash_id=entry.uuid)
                entry.touch(record)

    def restore(self, entry):
        """Bring back, with all that went to the trash along with it, and with what it hangs on.

        Returns the heads of what came back: this record, last, and any parent that was in the trash too.
        """
        trash_id, heads = self.trash_id, []
        with transaction.atomic():
            for parent in self._parents():
                if parent.trashed_at:
                    heads += parent.restore(entry)
            for record in [self, *self._dependents(trash_id)]:
                type(record).everything.filter(pk=record.pk, trash_id=trash_id).update(trashed_at=None, trash_id=None)
                entry.touch(record)
            self.trashed_at = self.trash_id = None
        return [*heads, self]

    def bring_back(self, entry):
        """`restore`, as somebody's wish: noted, so that it can be undone. Returns what `restore` does."""
        with transaction.atomic():
            heads = self.restore(entry)
            for record in heads:
                entry.note(record, "restored")
        return heads

    def _dependents(self, trash_id=None):
        found = []
        for name in self.CASCADE:
            children = getattr(self, name)(manager="everything").filter(trash_id=trash_id)
            if trash_id is None:
                children = children.filter(trashed_at=None)
            for child in children:
                found += [child, *child._dependents(trash_id)]
        return found

    @classmethod
    def parent_fields(cls):
        """The fields that name what takes this record to the trash along with it."""
        for field in cls._meta.concrete_fields:
            if field.related_model and field.remote_field.related_name in getattr(field.related_model, "CASCADE", ()):
                yield field

    def _parents(self):
        for field in self.parent_fields():
            found = field.related_model.everything.filter(pk=getattr(self, field.attname)).first()
            if found:
                yield found

    # Undo -------------------------------------------------------------------------------------

    def revert(self, effect, entry):
        """Take back one effect. Raises ChangedSince when the fields have other values by now."""
        if effect.action == "created":
            self._to_trash(entry)
            self.unmade(entry)
        elif effect.action == "restored":
            self._to_trash(entry)
        elif effect.action == "trashed":
            if self.trash_id == entry.uuid:
                self.restore(entry)
        elif effect.action == "changed":
            self._set_back(effect, entry)

    def _set_back(self, effect, entry):
        now = self.snapshot()
        for name in self.RELATED:
            now[name] = getattr(self, f"_read_{name}")()
        if any(now[name] != effect.after[name] for name in effect.after):
            raise ChangedSince(self)
        for name, value in effect.before.items():
            if name in self.RELATED:
                getattr(self, f"_write_{name}")(value)
            else:
                self._take_back(self._meta.get_field(name), value)
        self.prepare()
        self._store()
        self.written(entry, {name: effect.after[name] for name in effect.after}, undoing=True)

    def _take_back(self, field, value):
        if not field.is_relation:
            setattr(self, field.attname, field.to_python(value))
            return
        target = field.related_model.everything.filter(pk=value).first()
        if value is not None and (target is None or target.trashed_at):
            raise ChangedSince(target or self)  # it would hang on something in the trash
        setattr(self, field.name, target)

    def unmade(self, entry):
        """Called when an Undo took back the making of this record."""


@cache
def _stored(model):
    return Prepared(lambda pk: model.everything.filter(pk=pk).order_by())


@cache
def _owners(model):
    """Its fields that say whose it is."""
    names = {field.name for field in model._meta.fields}
    return [name for name in ("deal", "prospect", "contact") if name in names]


def _plain(value):
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return format(value, ".2f")
    if isinstance(value, uuids.UUID):
        return str(value)
    return value
