"""HTML that is remembered until something is written, with what must be fresh in every answer put in afterwards."""

import re
import secrets
import uuid

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from . import clock, locale
from .context import theme_cookie
from .remember import remembered

# Stand for a form's uuid and its CSRF token while the HTML is kept: a kept uuid would make the second form a replay.
# Drawn by each process, so that nobody can write one into a record, to be given a token where the record is shown.
_UUID = str(uuid.uuid4())
_TOKEN = secrets.token_hex(16)
_FRESH = re.compile(f"{_UUID}|{_TOKEN}")


def kept_html(request, name, context):
    """The template `name` with what `context()` gives, for this address and reader.

    Worked out anew once anything was written, or the minute is over, since ages are in the HTML.
    """
    user = request.user
    reader = user.pk, user.may_write, user.shortcuts, request.COOKIES.get(theme_cookie(request))
    key = (name, request.get_full_path(), reader, clock.wall(), locale.current())
    return _freshened(request, remembered(key, lambda: _render(request, name, context())))


def _render(request, name, context):
    return render_to_string(name, kept_open(context), request)


def kept_open(context):
    """The context with what stands for the tokens of forms, for HTML that is kept."""
    return {**context, "form_uuid": _UUID, "csrf_token": _TOKEN}


def closed(context, drawn):
    """HTML drawn with `kept_open`, for this answer; inside HTML that is itself being kept, the tokens stay open."""
    if context.get("csrf_token") == _TOKEN or (_TOKEN not in drawn and _UUID not in drawn):
        return drawn
    return _freshened(context["request"], drawn)


def _freshened(request, kept):
    return SafeString(_FRESH.sub(lambda found: _token(request) if found[0] == _TOKEN else str(uuid.uuid4()), kept))


def _token(request):
    """The CSRF token of this answer. Each call of Django's makes another mask, which costs; one is enough."""
    if not hasattr(request, "_one_token"):
        request._one_token = get_token(request)
    return request._one_token


class ShellNode(template.Node):
    """`{% shell %}…{% endshell %}`: a part of the base page that depends on nothing but who looks and where.

    Drawn once a URL name, role and choice of shortcuts in each process; it must hold nothing from the database.
    """

    def __init__(self, nodelist):
        self.nodelist = nodelist
        self.drawn = {}

    def render(self, context):
        request = context["request"]
        match = request.resolver_match
        user = request.user
        key = match and match.url_name, user.is_authenticated and (user.role, user.shortcuts)
        kept = None if settings.DEBUG else self.drawn.get(key)
        if kept is None:
            with context.push(form_uuid=_UUID, csrf_token=_TOKEN):
                kept = self.drawn[key] = self.nodelist.render(context)
        return closed(context, SafeString(kept))
