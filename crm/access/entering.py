"""Coming in, in one place: a password, perhaps a code, then a session of one's own."""

from datetime import datetime
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import auth
from django.contrib.auth.signals import user_login_failed
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from crm.web import clock, proxy

from . import audit, second_factor, sessions
from .models import User

_BACKEND = "crm.access.backends.UserBackend"
# Who gave the right password and owes a code. Such a session is nobody's: it holds none of the keys of a signed-in one.
_OWES = "owes_a_code"


def enter(request, user, to):
    """Go on after the right password (or a link that stands for it). Returns the address of the next page.

    Where the second factor is on that is the page for the code, and nobody is signed in yet.
    """
    if not second_factor.is_on(user):
        sign_in(request, user)
        return to
    if request.session.get(auth.SESSION_KEY):
        request.session.flush()
    else:
        request.session.cycle_key()
    request.session[_OWES] = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": clock.now().isoformat()}
    return f"{reverse('login_code')}?{urlencode({'next': to})}"


def sign_in(request, user):
    """Make `user` the one of this session, under a new key, so that one planted before is worth nothing."""
    request.session.pop(_OWES, None)
    auth.login(request, user, _BACKEND)
    request.session[sessions.AGENT] = request.headers.get("User-Agent", "")[:300]
    request.session[sessions.ADDRESS] = proxy.client_address(request)
    request.session[sessions.STARTED] = clock.now().isoformat()
    audit.note(request, "signed_in", user=user)


def owing(request):
    """Who gave the right password here a few minutes ago, and owes a code; or None."""
    owes = request.session.get(_OWES)
    if not owes or clock.now() - datetime.fromisoformat(owes["at"]) > second_factor.PATIENCE:
        return None
    user = User.objects.filter(pk=owes["user"], is_active=True).first()
    # A password that was changed meanwhile is not the one that was given.
    if user is None or not constant_time_compare(owes["hash"], user.get_session_auth_hash()):
        return None
    return user


def may_try(request, user):
    """False while too many wrong passwords and codes make this account wait from here; axes answers then."""
    if AxesProxyHandler.is_allowed(request, {"username": user.email}):
        return True
    request.axes_locked_out = True
    request.axes_credentials = {"username": user.email}
    return False


def failed(request, user):
    """A wrong code counts as a wrong password does."""
    user_login_failed.send(sender=__name__, credentials={"username": user.email}, request=request)


def is_own_password(request, typed):
    """Whether `typed` is the password of who is signed in; wrong ones count towards the wait as at the door, so that a
    phone left open gives nobody all night to guess."""
    if not may_try(request, request.user):
        return False
    if request.user.check_password(typed):
        return True
    failed(request, request.user)
    return False


def try_code(request, user, *, code, recovery):
    """Sign in who owes a code with it, or with a recovery code. Returns None, or in words why not."""
    if recovery:
        if second_factor.spend(user, recovery):
            sign_in(request, user)
            audit.note(request, "recovery_code_used", user=user)
            return None
        failed(request, user)
        return "That is none of your unused recovery codes."
    wait = second_factor.wait_words(user)
    if wait:
        return f"Too many wrong codes: wait {wait}, then type the code that is shown."
    if second_factor.verify(user, code):
        sign_in(request, user)
        return None
    failed(request, user)
    return "That code is not right now. Each one is good once, for half a minute: wait for the next."
