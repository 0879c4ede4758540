import os
import secrets

from django.db import models
from django.db.models import Q

from crm.web import clock


class Lease(models.Model):
    """Who does a periodic job now, until when at most, and when it was last done.

    One UPDATE takes it, so that of several processes one does the job; a process that dies lets it lapse.
    """

    name = models.CharField(max_length=40, unique=True)
    owner = models.CharField(max_length=60, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name

    @classmethod
    def take(cls, name, *, every, length):
        """The lease, for `length` from now; None where somebody holds it or the job was done since `every`."""
        now, owner = clock.now(), f"{os.getpid()}-{secrets.token_hex(6)}"
        cls.objects.get_or_create(name=name)
        taken = (
            cls.objects.filter(name=name)
            .filter(Q(until=None) | Q(until__lte=now))
            .filter(Q(done_at=None) | Q(done_at__lte=now - every))
            .update(owner=owner, until=now + length)
        )
        return cls.objects.get(name=name) if taken else None

    def done(self):
        """The job is done; False where the lease lapsed meanwhile and somebody else took it."""
        return bool(self._mine().update(owner="", until=None, done_at=clock.now()))

    def failed(self, wait):
        """It is not; nobody tries again before `wait` is over."""
        self._mine().update(owner="", until=clock.now() + wait)

    def _mine(self):
        return Lease.objects.filter(name=self.name, owner=self.owner)
