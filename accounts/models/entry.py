"""One submission and all that it did: what replay, Undo and re-filing work on."""

import secrets
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from accounts.derived import Touched
from accounts.records import ChangedSince
from crm.web import bulk, clock, locale
from crm.web.prepared import Prepared


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The seller's alone: what was typed may be private."""
        return self if user.is_authenticated and user.is_seller else self.none()


class Entry(models.Model):
    """One submission of any kind; its UUID is made by the client and outlives everything it made.

    `occurred_at` is when it was typed (UTC), `zone` the IANA zone it was typed in, `received_at` when it
    arrived here. `pending` holds what was left unsure, for "check this" on Today.
    """

    QUICKLOG, FORM, OUTBOX, UNDO = "quicklog", "form", "outbox", "undo"

    uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, default=FORM)
    text = models.TextField(blank=True)
    summary = models.CharField(max_length=300, blank=True)
    occurred_at = models.DateTimeField(default=clock.now)
    zone = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    # One seller wrote nearly all of them: an index would tell nothing.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_index=False)
    pending = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    # Where the submission led, so that a replay can be answered the same way.
    result = models.JSONField(default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    replayed = False

    class Meta:
        indexes = [models.Index(fields=["-received_at"])]

    def __str__(self):
        return self.summary or self.text or str(self.uuid)

    @classmethod
    @contextmanager
    def submission(cls, uuid, *, author=None, kind=FORM, text="", occurred_at=None, zone="", **fields):
        """Everything one submission writes, in one transaction.

        Yields the entry. When the UUID is known already, `entry.replayed` is true and the caller must
        write nothing. At the end standings, the full-text index and the list of changed names follow
        what was written. `fields`: further fields of a new entry.
        """
        now = clock.now()
        with transaction.atomic():
            new = cls(uuid=uuid, author=author, kind=kind, text=text, received_at=now, **fields)
            new.occurred_at, new.zone = occurred_at or now, zone or locale.current().zone
            entry = new._stored_once()
            entry._touched, entry._noted = Touched(), []
            yield entry
            entry.settle()

    def _stored_once(self):
        """This entry, stored, or the one that has its UUID already (`replayed`)."""
        if bulk.store(self, once="uuid"):
            return self
        known = Entry.objects.get(uuid=self.uuid)
        known.replayed = True
        return known

    def note(self, record, action, before=None, after=None):
        """Keep what this submission did to `record`, so that it can be undone."""
        self._noted.append(
            {
                "entry_id": self.pk,
                "action": action,
                "record_type": record._meta.label_lower,
                "record_id": record.pk,
                "before": before or {},
                "after": after or {},
            }
        )
        made, changed = action == Effect.CREATED, action == Effect.CHANGED
        renamed, searched = (
            not changed or not before.keys().isdisjoint(names) for names in (record.NAMED, record.SEARCHED)
        )
        self._touched.add(record, fresh=made or changed, new=made, renamed=renamed, searched=searched)

    def touch(self, record, *, renamed=True, searched=True):
        """What is derived from `record`, as it is now, will be brought up to date by `settle`."""
        self._touched.add(record, renamed=renamed, searched=searched)

    def is_sample(self, record):
        """Whether the record's batch is sample data; asked at most once in a submission."""
        known, batch = self.__dict__.setdefault("_batches", {}), record.batch_id
        if batch not in known:
            read = record._state.fields_cache.get("batch")
            known[batch] = (read.kind if read else _kind_of_batch.first(batch)[0]) == "sample"
        return known[batch]

    def settle(self):
        """Bring everything derived up to date with what was touched, once."""
        bulk.add(Effect, self._noted)
        self._touched.follow()
        self._touched, self._noted = Touched(), []

    def made(self, model):
        """The first record of that model this submission made, in the trash or not; None without one."""
        made = self.effects.filter(action=Effect.CREATED, record_type=model._meta.label_lower)
        effect = made.order_by("pk").first()
        return effect and effect.record()

    @property
    def undoable(self):
        return self.undone_at is None and self.effects.exists()

    def undo(self):
        """Take back all that this submission did, newest first; nothing happens the second time.

        Raises `records.ChangedSince` when something was changed after it; then nothing is undone.
        """
        with transaction.atomic():
            entry = Entry.objects.select_for_update().get(pk=self.pk)
            if entry.undone_at:
                return False
            self._touched, self._noted = Touched(), []
            for effect in self.effects.order_by("-pk"):
                record = effect.record()
                if record is not None:
                    self.touch(record)  # what it is filed under now loses it
                    record.revert(effect, self)
                    self.touch(record)
            self.undone_at = clock.now()
            self.pending = {}
            self.save(update_fields=["undone_at", "pending"])
            self.settle()
        return True

    def take_back(self):
        """Take back what this submission did, to file it anew; called inside `submission`.

        The activities and steps it made are deleted, since they are about to be made again; prospects,
        contacts and deals it made stay. Raises ChangedSince when a step or a changed record was changed since.
        """
        for effect in self.effects.order_by("-pk"):
            record = effect.record()
            if record is None:
                continue
            if effect.action == Effect.CREATED:
                if effect.record_type not in ("accounts.activity", "accounts.step"):
                    continue
                if record.version > 1:
                    raise ChangedSince(record)
                self.touch(record)
                record.delete()
            else:
                self.touch(record)
                record.revert(effect, self)
                self.touch(record)
            effect.delete()


_kind_of_batch = Prepared(
    lambda pk: apps.get_model("accounts.Batch").objects.filter(pk=pk).order_by().values_list("kind")
)


class Effect(models.Model):
    """One thing a submission did to one record: made it, changed fields of it, or put it in the trash."""

    CREATED, CHANGED, TRASHED, RESTORED = "created", "changed", "trashed", "restored"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="effects")
    action = models.CharField(max_length=10)
    record_type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["record_type", "record_id"])]

    def record(self):
        """The record, in the trash or not; None once it was purged."""
        return apps.get_model(self.record_type).everything.filter(pk=self.record_id).first()

    @property
    def kind(self):
        """What the record is called: "deal"."""
        return self.record_type.split(".")[1]


def _mark():
    return secrets.randbits(62)


class NameChange(models.Model):
    """A line for every change of a name or of who belongs where.

    A server process that keeps all names in memory reads what came after the last line it has seen;
    `record_type` "*" means that everything must be read again (after an import).
    """

    record_type = models.CharField(max_length=20)
    record_id = models.BigIntegerField(default=0)
    # Random, so that a database put in place of another is noticed although its ids are the same.
    mark = models.BigIntegerField(default=_mark)
