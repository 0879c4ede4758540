"""Who signed in, from where, and what was exported, shared, invited or deleted: read in settings, changed by nobody."""

from crm.web import clock, proxy

from .models import AuditEvent

# What may be written, and how the page of settings says it: "Sam Porter exported deals.csv".
ACTIONS = {
    "signed_in": "signed in",
    "sign_in_failed": "could not sign in",
    "locked_out": "was made to wait after too many tries",
    "signed_out": "signed out",
    "password_changed": "changed the password",
    "second_factor_on": "switched the second factor on",
    "second_factor_off": "switched the second factor off",
    "recovery_code_used": "used a recovery code",
    "invited": "invited",
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
}


def note(request, action, what="", *, user=None):
    """Keep that `user` (default: who is signed in at `request`) did `action`, one of ACTIONS, to `what`.

    `request` may be None: a command did it. Raises KeyError for an action that has no words.
    """
    ACTIONS[action]
    if user is None and request is not None and request.user.is_authenticated:
        user = request.user
    return AuditEvent.objects.create(
        at=clock.now(),
        user=user,
        name=(user.name if user else "")[:150],
        action=action,
        what=str(what)[:300],
        address=address(request),
    )


def address(request):
    """Where a request comes from, as crm.web.proxy knows it; "" for a command."""
    return proxy.client_address(request)
