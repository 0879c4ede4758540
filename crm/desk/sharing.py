"""What a link shows to whoever has it, and how much guessing is put up with."""

from contextlib import suppress

from django.core.cache import cache

from accounts.models import Standing
from crm.access import audit
from crm.desk import brief, status
from crm.desk.models import ShareLink
from crm.web import clock, locale, proxy

# Wrong links asked for from one address, after which it is told to wait; and how long it is counted, in seconds.
# A token has 256 bits, so that nobody guesses one: this keeps guessing from costing anything.
MISSES, WINDOW = 60, 600

# Accounts on the status page: there is no second page to a link.
MOST = 200

# Nobody stores the page, finds it, learns its address from a link on it, or shows it inside another.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def too_many(request):
    """Whether that address asked for too many wrong links lately."""
    return cache.get(_key(request), 0) >= MISSES


def find(request, token):
    """The link that opens something now, or None, which is counted against the address."""
    link = ShareLink.find(token)
    if link is None:
        cache.add(_key(request), 0, WINDOW)
        with suppress(ValueError):  # it ran out in between
            cache.incr(_key(request))
    return link


def _key(request):
    return f"share-misses-{proxy.client_address(request)}"


def opened(request, link):
    """Count it; the first time is kept in the audit as well, under nobody's name: a link asks for none."""
    if link.opened():
        audit.note(request, "share_opened", str(link))


def shown(link, installation):
    """What the page shows: as others see it, of now, with nothing that the reader could ask for otherwise."""
    zone = locale.current().zone
    place = zone if zone == "UTC" else f"{zone.rpartition('/')[2].replace('_', ' ')} time"
    context = {"link": link, "now": clock.now(), "zone": place}
    how = {"audience": Standing.Audience.OTHERS, "today": clock.today(), "installation": installation}
    if link.kind == ShareLink.BRIEF:
        return context | {"brief": brief.brief(link.prospect, **how)}
    asked = status.Asked(shown=MOST)
    return context | {"status": status.Status(installation, how["audience"], asked)}


def sealed(response):
    """The answer with what keeps it to whoever has the link."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    if response.status_code == 429:
        response.headers["Retry-After"] = str(WINDOW)
    response._has_been_logged = True  # a token has no place in a log
    return response
