"""Who signed in, from where, and what was exported, shared, invited or deleted: read in settings, changed by nobody."""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F

from crm.web import clock, proxy

from .models import AuditEvent

log = logging.getLogger(__name__)
KEPT = timedelta(days=365)
# Tries of the same kind within this time are one line with their number, so that nobody can fill the disk with them.
_TOGETHER = timedelta(minutes=15)

# What may be written, and how the page of settings says it: "Sam Porter exported deals.csv".
ACTIONS = {
    "signed_in": "signed in",
    "sign_in_failed": "could not sign in as",
    "locked_out": "had to wait after too many tries as",
    "signed_out": "signed out",
    "signed_out_elsewhere": "signed out everywhere else",
    "password_changed": "changed the password",
    "password_link": "made a link for a new password for",
    "second_factor_on": "switched the second factor on",
    "second_factor_off": "switched the second factor off",
    "recovery_codes_made": "made new recovery codes",
    "recovery_code_used": "used a recovery code",
    "invited": "invited",
    "invitation_revoked": "took back the invitation of",
    "joined": "accepted the invitation",
    "let_in": "let in again",
    "removed": "removed",
    "shared": "shared",
    "share_revoked": "ended the link to",
    "share_opened": "opened the link to",
    "exported": "exported",
    "imported": "imported",
    "backed_up": "made a backup",
    "restored": "restored a backup",
    "deleted": "put in the trash",
    "purged": "deleted for good",
    "sample_loaded": "loaded the sample data",
    "sample_removed": "removed the sample data",
    "digest_sent": "was sent the digest",
    "refused": "was refused",
}


def note(request, action, what="", *, user=None):
    """Keep that `user` (default: who is signed in at `request`) did `action`, one of ACTIONS, to `what`.

    `request` may be None: a command did it. Raises KeyError for an action that has no words. What the line is about
    stands whether or not the line could be written (then None, and a line in the log).
    """
    ACTIONS[action]
    if user is None and request is not None and request.user.is_authenticated:
        user = request.user
    line = AuditEvent(
        at=clock.now(),
        user=user,
        name=(user.name if user else "")[:150],
        action=action,
        what=str(what)[:300],
        address=proxy.client_address(request),
    )
    return line if _written(line.save) else None


def count(request, action, what=""):
    """As `note`, for what can be done as often as somebody likes: the same again soon after only raises its number."""
    ACTIONS[action]
    user = request.user if request.user.is_authenticated else None
    line = {"user": user, "action": action, "what": str(what)[:300], "address": proxy.client_address(request)}
    same = AuditEvent.objects.filter(**line, at__gt=clock.now() - _TOGETHER).order_by("-pk")
    last = same.values_list("pk", flat=True).first()
    if last is None:
        note(request, action, what)
    else:
        _written(lambda: AuditEvent.objects.filter(pk=last).update(times=F("times") + 1))


def clear_old():
    """Forget lines older than a year. Returns how many."""
    return AuditEvent.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _written(save):
    try:
        with transaction.atomic():
            save()
    except DatabaseError:
        log.exception("A line of the audit could not be written")
        return False
    return True
