from datetime import time

from django.conf import settings
from django.db import models

from crm.web import clock


class DigestPlan(models.Model):
    """When somebody is mailed the digest: `rhythm`, at the wall-clock time `at` in the seller's zone."""

    class Rhythm(models.TextChoices):
        OFF = "off", "Never"
        DAILY = "daily", "Every day"
        WORKDAYS = "workdays", "Monday to Friday"
        WEEKLY = "weekly", "Once a week"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_plan")
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.OFF)
    weekday = models.PositiveSmallIntegerField(
        default=0, choices=list(enumerate("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()))
    )
    at = models.TimeField(default=time(8))
    # Nothing that was due before this instant is sent.
    since = models.DateTimeField(default=clock.now)

    def __str__(self):
        return f"{self.user}: {self.rhythm}"

    def falls_on(self, day):
        match self.rhythm:
            case self.Rhythm.DAILY:
                return True
            case self.Rhythm.WORKDAYS:
                return day.weekday() < 5
            case self.Rhythm.WEEKLY:
                return day.weekday() == self.weekday
        return False


class DigestMail(models.Model):
    """The digest of one day for one person: made once, handed over once.

    `handed_at` is stored in the last moment before the mail server takes it, so a row that has it is never sent
    again by itself. `state` unsure: the connection broke at that moment.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        UNSURE = "unsure", "perhaps sent"
        FAILED = "failed", "not sent"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_mails")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    handed_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "due_on"], name="digest_once_a_day")]
        ordering = ["-due_on", "-pk"]

    def __str__(self):
        return f"{self.user} {self.due_on}"
