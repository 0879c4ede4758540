"""What every page template is given."""

import uuid

from django.conf import settings

from . import clock, locale


def page(request):
    """`today`, `now`, `locale`, a fresh `form_uuid` for forms, and the chosen `theme` (a cookie)."""
    theme = request.COOKIES.get("theme")
    return {
        "today": clock.today(),
        "locale": locale.current(),
        # A callable: each place that writes it gets its own, so that two forms of a page never share one.
        "form_uuid": uuid.uuid4,
        "theme": theme if theme in ("light", "dark") else "",
        "debug": settings.DEBUG,
    }
