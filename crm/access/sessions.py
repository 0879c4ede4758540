"""Sessions that know whose they are, so that somebody's browsers can be shown and ended at once."""

import copy
from collections import namedtuple
from functools import lru_cache

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from crm.web import clock
from crm.web.prepared import Prepared

from .models import Session

_Row = namedtuple("_Row", "session_data expire_date seen_at")
# Every request asks for one, and most find in it what the one before found.
_by_key = Prepared(lambda key: Session.objects.filter(session_key=key).values_list(*_Row._fields))
_decoded = lru_cache(maxsize=200)(lambda data: db.SessionStore().decode(data))

# What signing in leaves in a session for its row.
AGENT, ADDRESS, STARTED = "agent", "address", "started"


class SessionStore(db.SessionStore):
    """Django's own, in a table with columns for who, from where and when."""

    # When the row was last written; None before it was loaded.
    seen_at = None

    @classmethod
    def get_model_class(cls):
        return Session

    def _get_session_from_db(self):
        row = next(map(_Row._make, _by_key(self.session_key)), None)
        if row is None or row.expire_date <= clock.now():
            self._session_key = self.seen_at = None
            return None
        self.seen_at = row.seen_at
        return row

    def decode(self, session_data):
        """What is signed and was read before is not checked again; each caller gets a copy of its own."""
        return copy.deepcopy(_decoded(session_data))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.agent, row.address = data.get(AGENT, ""), data.get(ADDRESS, "")
        row.started_at = data.get(STARTED) or clock.now()
        row.seen_at = clock.now()
        return row


def end(user, *, but=None):
    """End the sessions of `user`, but for the one with the key `but`. Returns how many."""
    rows = Session.objects.filter(user=user)
    if but:
        rows = rows.exclude(session_key=but)
    gone, _ = rows.delete()
    return gone


def browsers(user, here):
    """The browsers `user` is signed in with, the one with the key `here` first: dicts with words for the page."""
    rows = Session.objects.filter(user=user, expire_date__gt=clock.now()).order_by("-seen_at")
    found = [
        {
            "device": device_words(row.agent),
            "address": row.address,
            "started_at": row.started_at,
            "seen_at": row.seen_at,
            "here": row.session_key == here,
        }
        for row in rows.defer("session_data")[:100]
    ]
    return sorted(found, key=lambda row: not row["here"])


def seen(session_key):
    """Note that this session is in use now."""
    Session.objects.filter(pk=session_key).update(seen_at=clock.now())


_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
_SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
]


def device_words(agent):
    """“Firefox on Windows” for a User-Agent; only a guess, good enough to tell one's browsers apart."""
    browser = next((words for mark, words in _BROWSERS if mark in agent), "")
    system = next((words for mark, words in _SYSTEMS if mark in agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "A browser"


def ended_words(number):
    """How many other browsers were signed out, as a sentence."""
    if not number:
        return "No other browser was signed in."
    return "One other browser was signed out." if number == 1 else f"{number} other browsers were signed out."
