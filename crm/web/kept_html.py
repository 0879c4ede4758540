"""HTML that is remembered until something is written, with what must be fresh in every answer put in afterwards."""

import re
import uuid

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from . import clock, locale
from .remember import remembered

# Stand for a form's uuid and its CSRF token while the HTML is kept: a kept uuid would make the second form a replay.
_UUID = "00000000-feed-4000-8000-000000000000"
_TOKEN = "csrf-token-goes-here"  # noqa: S105
_FRESH = re.compile(f"{_UUID}|{_TOKEN}")


def kept_html(request, template, context):
    """`template` with what `context()` gives, for this address and reader; worked out anew once something was written.

    Day and minute count as well, since ages are in the HTML.
    """
    user = request.user
    key = (template, request.get_full_path(), user.pk, user.may_write, clock.wall(), locale.current())
    kept = remembered(key, lambda: _render(request, template, context()))
    token = get_token(request)
    return SafeString(_FRESH.sub(lambda found: token if found[0] == _TOKEN else str(uuid.uuid4()), kept))


def _render(request, template, context):
    return render_to_string(template, {**context, "form_uuid": _UUID, "csrf_token": _TOKEN}, request)
