"""What is measured: each page with its limit against the empty page (issue 2, section 8).

An address is a function of the `World` that is on record; a page that is not built yet is left out.
"""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import NoReverseMatch, reverse

from crm.web import clock


@dataclass(frozen=True)
class Page:
    name: str
    limit: float  # times the empty page, on SQLite
    route: str
    arguments: object = None  # world → reverse()'s args
    query: str = ""
    post: object = None  # world → form data
    headers: dict = field(default_factory=dict)

    def url(self, world):
        """Its address, or None where the project has none of that name."""
        try:
            return reverse(self.route, args=self.arguments(world) if self.arguments else ()) + self.query
        except NoReverseMatch:
            return None


HTMX = {"HX-Request": "true"}


def _month_ago():
    return clock.today() - timedelta(days=30)


def _line(words):
    """A line about somebody else each time, sure to be filed: person, prospect, open deal."""

    def data(world):
        return {"uuid": str(uuid.uuid4()), "text": words.format(*next(world.talks))}

    return data


def _unsure(world):
    """The name of several prospects: filed under none until somebody says which."""
    return {"uuid": str(uuid.uuid4()), "text": f"called {world.prospect.name}, left vm, call back thu 10am"}


_TRY = _line("called {} at {}, left vm, call back thu 10am")
_BARE = _line("called {} at {}, left vm")
_TALK = _line("spoke with {} at {}, wants the pilot in spring, amount now 48k, send pricing monday")


PAGES = [
    Page("today", 6, "today"),
    Page("log", 4, "log"),
    Page("log POST", 4, "log", post=_TRY, headers=HTMX),
    Page("log POST, no next step", 4, "log", post=_BARE, headers=HTMX),
    Page("log POST, unsure", 4, "log", post=_unsure, headers=HTMX),
    Page("log POST, deal changed", 4, "log", post=_TALK, headers=HTMX),
    Page("log preview", 4, "log_preview", post=_TRY, headers=HTMX),
    Page("search, page", 4, "search", query="?q=pricing"),
    Page("search, rare word", 4, "search", query="?q=cordale"),
    Page("search, palette", 4, "search", query="?q=pri", headers=HTMX),
    Page("prospect list", 6, "prospect_list"),
    Page("prospect list, filtered", 6, "prospect_list", query="?q=food&sort=name"),
    Page("prospect, busiest", 6, "prospect_detail", lambda w: [w.prospect.pk]),
    Page("prospect, ordinary", 6, "prospect_detail", lambda w: [w.ordinary.pk]),
    Page("brief, busiest", 6, "prospect_brief", lambda w: [w.prospect.pk]),
    Page("brief, in the sheet", 6, "prospect_brief", lambda w: [w.prospect.pk], headers=HTMX),
    Page("brief, as of a month ago", 8, "prospect_brief", lambda w: [w.prospect.pk], query=f"?as_of={_month_ago()}"),
    Page("contact list", 6, "contact_list"),
    Page("contact", 6, "contact_detail", lambda w: [w.contact.pk]),
    Page("board", 8, "deal_board"),
    Page("deal list", 6, "deal_list"),
    Page("deal, busiest", 6, "deal_detail", lambda w: [w.deal.pk]),
    Page("status", 8, "status"),
    Page("status, filtered", 8, "status", query="?period=year&sort=close&q=a"),
]
