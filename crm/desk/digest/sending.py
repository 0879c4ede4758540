"""Sending what is due: each digest once, whatever crashes.

No lease is needed. A digest is a row, unique for its reader and day, and whoever sends it claims the row in the last
moment before the mail server takes the message (`mail.hand_over`); of two processes one claims it, and one that
dies before has sent nothing. A row that was claimed and never finished is not sent again by itself: it is shown as
“perhaps sent”, with a button.
"""

import logging
from contextlib import contextmanager
from datetime import timedelta
from email.utils import make_msgid

from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction

from crm.access import audit
from crm.desk.models import DigestMail, DigestPlan
from crm.web import clock, mail

from . import content
from .due import due_on

log = logging.getLogger(__name__)
# Minutes to wait after the first, second … failure; after the last one it is given up.
WAITS = (1, 5, 15, 60, 180, 360)
# A process that claimed a row is surely done, or dead, after so long.
ABANDONED = timedelta(minutes=10)


class _Taken(Exception):
    """Another process claimed it first."""


def send_due():
    """Make the digests that are due and send those that wait. Returns what was done in words, or None."""
    if not mail.configured():
        return None
    _make()
    now = clock.now()
    DigestMail.objects.filter(state="waiting", handed_at__lte=now - ABANDONED).update(state="unsure")
    waiting = DigestMail.objects.filter(
        state="waiting", handed_at=None, next_try_at__lte=now, user__is_active=True
    ).select_related("user", "user__digest_plan")
    sent = sum(send(row) for row in waiting)
    return f"{sent} sent" if sent else None


def _make():
    plans = DigestPlan.objects.exclude(rhythm="off").filter(user__is_active=True)
    for plan in plans:
        day = due_on(plan)
        if day:
            DigestMail.objects.get_or_create(
                user_id=plan.user_id, due_on=day, defaults={"message_id": _message_id(day)}
            )


def _message_id(day):
    return make_msgid(f"digest-{day}", domain="callback.invalid")[:120]


def send(row):
    """Send one waiting digest; whether it was sent. What went wrong is kept on the row."""
    row.tries += 1
    try:
        message = _message(row)
    except Exception:  # whatever is wrong with this one, the others are to go out
        log.exception("The digest of %s for %s could not be put together", row.due_on, row.user)
        _failed(row, "it could not be put together; the log of the server says why")
        return False
    try:
        mail.hand_over(message, lambda: _claim(row))
    except _Taken:
        return False
    except mail.NotSent as error:
        _failed(row, str(error))
        return False
    except mail.Unsure as error:
        _store(row, state="unsure", error=str(error))
        return False
    _store(row, state="sent", error="")
    audit.note(None, "digest_sent", str(row.due_on), user=row.user)
    return True


def _message(row):
    subject, text, html = content.compose(row)
    message = EmailMultiAlternatives(subject, text, to=[row.user.email], headers={"Message-ID": row.message_id})
    message.attach_alternative(html, "text/html")
    return message


def _claim(row):
    """Raises _Taken. Committed, with everything else that was read before, when it returns."""
    free = DigestMail.objects.filter(pk=row.pk, state="waiting", handed_at=None)
    with _at_once():
        if not free.update(handed_at=clock.now(), tries=row.tries):
            raise _Taken


@contextmanager
def _at_once():
    """A transaction that is committed without waiting for the disk.

    Waiting takes milliseconds, in which a process that is killed would have claimed what it never sends. What the
    system has outlives the process; only where the power fails in that moment the claim is lost, and it is sent twice.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=NORMAL")
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    cursor.execute("SET LOCAL synchronous_commit TO OFF")
                yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA synchronous=FULL")


def _failed(row, error):
    DigestMail.objects.filter(pk=row.pk, state="waiting").update(
        handed_at=None,
        tries=row.tries,
        error=error,
        state="waiting" if row.tries < len(WAITS) else "failed",
        next_try_at=clock.now() + timedelta(minutes=WAITS[min(row.tries, len(WAITS)) - 1]),
    )


def _store(row, **values):
    DigestMail.objects.filter(pk=row.pk).update(**values)


def send_again(row):
    """Put one that failed, or was perhaps sent, in line once more; False when it is neither."""
    again = DigestMail.objects.filter(pk=row.pk, state__in=("failed", "unsure"))
    return bool(again.update(state="waiting", handed_at=None, tries=0, error="", next_try_at=clock.now()))
