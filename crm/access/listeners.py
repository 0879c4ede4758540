"""What Django and axes say about signing in, into the audit."""

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver

from . import audit
from .models import User, fold_email

# Whoever knows no account may have typed anything, a password even: it is not kept.
_UNKNOWN = "an e-mail that nobody here has"


@receiver(user_login_failed)
def note_failure(sender, credentials, request=None, **kwargs):
    if request is not None and not getattr(request, "axes_locked_out", False):
        audit.count(request, "sign_in_failed", _account(credentials.get("username")))


@receiver(user_locked_out)
def note_lock(sender, request, username, **kwargs):
    audit.count(request, "locked_out", _account(username))


def _account(username):
    email = fold_email(username)
    return email if User.objects.filter(email=email).exists() else _UNKNOWN
