from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Batch
from crm.web import clock

# Nothing heard of a running import for so long means that the process went away.
SILENT = timedelta(seconds=60)


class ImportQuerySet(models.QuerySet):
    def recent(self):
        return self.order_by("-created_at", "-pk")

    def startable(self):
        """Not started yet, or cut short: it failed, or nothing was heard of it for a while."""
        cut_short = Q(state=Import.State.RUNNING, beat_at__lt=clock.now() - SILENT)
        return self.filter(Q(state__in=[Import.State.READY, Import.State.FAILED]) | cut_short)


class Import(models.Model):
    """A file that was brought in, or is about to be.

    `choices` is what the seller settled (importing.mapping.Choices), `plan` what that would do, `counts` what
    it did. `stored` and `rejected` name files under MEDIA_ROOT/imports; "" once they are gone.
    """

    class State(models.TextChoices):
        READY = "ready", "not imported yet"
        RUNNING = "running"
        DONE = "done", "imported"
        FAILED = "failed", "stopped"
        UNDONE = "undone"

    uuid = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    batch = models.OneToOneField(Batch, null=True, on_delete=models.SET_NULL)
    choices = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    rejected = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at"])]

    def __str__(self):
        return self.name

    @staticmethod
    def folder():
        """Where uploads and refused rows are kept: readable by nobody but whoever runs Callback."""
        path = Path(settings.MEDIA_ROOT) / "imports"
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    @property
    def path(self):
        return self.folder() / self.stored

    @property
    def cut_short(self):
        """Whether it began and did not end, so that it can be carried on."""
        silent = self.beat_at is not None and self.beat_at < clock.now() - SILENT
        return self.state == self.State.FAILED or (self.state == self.State.RUNNING and silent)

    @property
    def progress(self):
        """How far it is, in words."""
        return f"{self.done:,} of {self.total:,} rows"

    @property
    def rows(self):
        """Its rows in figures, "" while nobody knows."""
        return f"{self.total:,}" if self.total else ""

    @property
    def undoable(self):
        return self.batch_id is not None and (self.state == self.State.DONE or self.cut_short)

    def start(self):
        """Claim it for running. False when somebody else has it, or it is done already."""
        now = clock.now()
        return bool(
            Import.objects.startable()
            .filter(pk=self.pk)
            .update(state=Import.State.RUNNING, beat_at=now, ended_at=None, error="", done=0)
        )

    def beat(self, done, total):
        """Say how far it is."""
        Import.objects.filter(pk=self.pk).update(done=done, total=total, beat_at=clock.now())


class ImportMap(models.Model):
    """What the columns of a file with this header meant the last time: offered for the next one."""

    signature = models.CharField(max_length=64, unique=True)
    choices = models.JSONField(default=dict)
    used_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return self.signature[:12]
