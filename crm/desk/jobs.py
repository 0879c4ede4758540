"""What is done periodically, each at most once whoever asks: `manage.py tick`.

Every job may be cut short at any point and done again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from accounts import trash
from accounts.models import NameChange
from crm.access import audit, looks
from crm.access.models import OneTimeLink
from crm.access.sessions import SessionStore
from crm.desk import digest
from crm.desk.keeping import backup
from crm.web import clock

from .models import Lease, ShareLink

log = logging.getLogger(__name__)
# Longer than any job takes; after a kill -9 another process takes over then.
LEASE = timedelta(minutes=15)
NAME_CHANGES_KEPT = 10_000
LINKS_KEPT = timedelta(days=7)
SHARES_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable  # returns what was done in words, or None for nothing
    # How long nobody else takes it up; nothing for what several may do at once.
    lease: timedelta = LEASE


def purge_trash():
    gone = trash.purge(clock.now())
    words = ", ".join(f"{number} {kind if number == 1 else trash.plural(kind)}" for kind, number in gone.items())
    if words:
        audit.note(None, "purged", f"{words}, after 30 days in the trash")
    return words or None


def clear_sessions():
    SessionStore.clear_expired()


def clear_links():
    """One-time links that were used or ran out a week ago; links to what was shared that ended 30 days ago."""
    before = clock.now() - LINKS_KEPT
    gone, _ = OneTimeLink.objects.filter(Q(expires_at__lte=before) | Q(used_at__lte=before)).delete()
    shared, _ = ShareLink.objects.ended_before(clock.now() - SHARES_KEPT).delete()
    words = [f"{gone} one-time links" if gone else "", f"{shared} shared ones" if shared else ""]
    return ", ".join(word for word in words if word) or None


def clear_audit():
    """Lines of the audit older than a year, and looks older than 90 days."""
    lines, seen = audit.clear_old(), looks.clear_old()
    return f"{lines} lines of the audit, {seen} looks" if lines or seen else None


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
    Job("clear the audit", timedelta(days=1), clear_audit),
    Job("trim names", timedelta(hours=6), trim_name_changes),
    Job("digests", timedelta(seconds=30), digest.send_due, lease=timedelta(0)),
]


def tick():
    """Do what is due and nobody else does. Returns ([(job, words)] done, [(job, error)] failed)."""
    done, failed = [], []
    for job in JOBS:
        lease = Lease.take(job.name, every=job.every, length=job.lease)
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
