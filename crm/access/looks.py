"""Who looked when: one row a person, kind of page and hour, written rarely.

Whatever is written makes every remembered page be worked out anew (docs/decisions/remember.md), so that a page seen
again within the hour costs nothing but once in five minutes, and a busy database is not waited for.
"""

import logging
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection

from crm.web import clock
from crm.web.answer import wants_fragment

from . import sessions
from .models import Look

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=5)
KEPT = timedelta(days=90)
_WAIT = 250  # milliseconds that a page may wait for another writer, only to note who looked

# (session, page) → the hour that is noted already; small, and only to save writing.
_noted = {}
_MOST = 2000

_PAGES = {
    "today": "Today",
    "log": "Log",
    "search": "Search",
    "status": "Status",
    "prospect_list": "Prospects",
    "prospect_detail": "A prospect",
    "prospect_brief": "A brief",
    "contact_list": "People of prospects",
    "contact_detail": "A contact",
    "deal_board": "Board",
    "deal_list": "Deals",
    "deal_detail": "A deal",
}


def words(page):
    """The name of a route as people say it."""
    return _PAGES.get(page) or page.replace("_", " ").capitalize()


def keep(request, response):
    """Note that this browser is in use, and what page somebody who looks in was shown."""
    match = request.resolver_match
    # What anybody may get (a share link, the service worker) is answered without asking who it is.
    if match is None or not getattr(match.func, "login_required", True) or not request.user.is_authenticated:
        return
    seen_at, now = getattr(request.session, "seen_at", None), clock.now()
    due = seen_at is not None and now - seen_at >= EVERY
    page = _page(request, response) if not request.user.may_write else None
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = (request.session.session_key, page)
    fresh = page is not None and _noted.get(key) != hour
    if not due and not fresh:
        return
    try:
        with _impatient():
            if due:
                sessions.seen(request.session.session_key)
                request.session.seen_at = now
            if page is not None:
                _write(request.user, page, hour, now)
    except DatabaseError as error:
        log.warning("Who looked could not be noted: %s", error)
        return
    if len(_noted) > _MOST:
        _noted.clear()
    if page is not None:
        _noted[key] = hour


def _page(request, response):
    """The name of the page that was shown; None for parts of pages, files, errors, and the door's own pages."""
    match = request.resolver_match
    if request.method != "GET" or response.status_code != 200 or wants_fragment(request):
        return None
    if match.func.__module__.startswith(("crm.access", "crm.web")):
        return None
    html = response.get("Content-Type", "").startswith("text/html")
    return match.url_name[:40] if html and match.url_name else None


def _write(user, page, hour, now):
    if not Look.objects.filter(user=user, page=page, hour=hour).update(at=now):
        Look.objects.bulk_create([Look(user=user, page=page, hour=hour, at=now)], ignore_conflicts=True)


@contextmanager
def _impatient():
    """On SQLite, give up soon while somebody else writes: a page is worth more than the note about it."""
    raw = connection.connection if connection.vendor == "sqlite" and not connection.in_atomic_block else None
    if raw is None:
        yield
        return
    before = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    raw.execute(f"PRAGMA busy_timeout = {_WAIT}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA busy_timeout = {before}")


def recent(users, most=40):
    """{user id: {"at": the last look or None, "rows": the latest looks, newest first}}, in one query."""
    found = {user.pk: {"at": None, "rows": []} for user in users}
    for look in Look.objects.filter(user__in=found)[: most * max(len(found), 1)]:
        here = found[look.user_id]
        here["at"] = here["at"] or look.at
        if len(here["rows"]) < most:
            here["rows"].append((words(look.page), look.at))
    return found


def clear_old():
    """Forget looks of long ago. Returns how many."""
    return Look.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
