"""What every page template is given."""

import uuid

from django.conf import settings

from . import clock, locale


def theme_cookie(request):
    """The name of the cookie that holds the theme. By https no other host of the domain can plant it."""
    return "__Host-theme" if request.is_secure() else "theme"


def page(request):
    """`today`, `now`, `locale`, a fresh `form_uuid` for forms, and the chosen `theme` (a cookie)."""
    theme = request.COOKIES.get(theme_cookie(request))
    return {
        "today": clock.today(),
        "locale": locale.current(),
        # A callable: each place that writes it gets its own, so that two forms of a page never share one.
        "form_uuid": uuid.uuid4,
        "theme": theme if theme in ("light", "dark") else "",
        "debug": settings.DEBUG,
    }
