"""What is done periodically, each at most once whoever asks: `manage.py tick`.

Every job may be cut short at any point and done again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q

from accounts import trash
from accounts.models import NameChange
from crm.access.models import OneTimeLink
from crm.desk.keeping import backup
from crm.web import clock

from .models import Lease

log = logging.getLogger(__name__)
# Longer than any job takes; after a kill -9 another process takes over then.
LEASE = timedelta(minutes=15)
NAME_CHANGES_KEPT = 10_000
LINKS_KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable  # returns what was done in words, or None for nothing


def purge_trash():
    gone = trash.purge(clock.now())
    return ", ".join(f"{number} {kind if number == 1 else trash.plural(kind)}" for kind, number in gone.items()) or None


def clear_sessions():
    SessionStore.clear_expired()


def clear_links():
    """One-time links that were used or ran out a week ago."""
    before = clock.now() - LINKS_KEPT
    gone, _ = OneTimeLink.objects.filter(Q(expires_at__lte=before) | Q(used_at__lte=before)).delete()
    return f"{gone} one-time links" if gone else None


def trim_name_changes():
    """Servers read the last few; one that slept through more reads all names anew."""
    last = NameChange.objects.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return None
    gone, _ = NameChange.objects.filter(pk__lte=last - NAME_CHANGES_KEPT).delete()
    return f"{gone} old lines about names" if gone else None


def back_up_daily():
    path = backup.daily()
    return str(path) if path else None


JOBS = [
    Job("daily backup", timedelta(hours=1), back_up_daily),
    Job("purge the trash", timedelta(hours=6), purge_trash),
    Job("clear sessions", timedelta(days=1), clear_sessions),
    Job("clear links", timedelta(days=1), clear_links),
    Job("trim names", timedelta(hours=6), trim_name_changes),
]


def tick():
    """Do what is due and nobody else does. Returns ([(job, words)] done, [(job, error)] failed)."""
    done, failed = [], []
    for job in JOBS:
        lease = Lease.take(job.name, every=job.every, length=LEASE)
        if lease is None:
            continue
        try:
            words = job.run()
        except Exception as error:
            log.exception("The job “%s” failed", job.name)
            lease.failed(job.every)
            failed.append((job.name, str(error)))
        else:
            lease.done()
            done.append((job.name, words or "nothing to do"))
    return done, failed
