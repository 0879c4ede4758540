"""The brief: five fixed lines about a prospect, computed from records, each with its source and its age.

    briefs(prospects, audience=…, today=…, installation=…, as_of=None) -> [Brief]   (a fixed number of queries)
    brief(prospect, …) -> Brief
    tellers(prospects, …) -> [Teller]   where many want sorting by `.attention` and few their whole `.brief()`
    as_text(brief) -> str, for paper, mail and the clipboard

`audience` is Standing.Audience: for OTHERS private lines do not exist. `as_of`: a day; then only what was known by
its end is read, and everything is told as of that day. The rules are in docs/brief.md.
"""

from . import live, past
from .lines import KEYS, LABELS, Attention, Brief, Line, as_text
from .telling import Teller

__all__ = ["KEYS", "LABELS", "Attention", "Brief", "Line", "as_text", "brief", "briefs", "tellers"]


def briefs(prospects, **how):
    """The Briefs of these prospects, in their order; `how` as for `tellers`."""
    return [teller.brief() for teller in tellers(prospects, **how)]


def tellers(prospects, *, audience, today, installation, as_of=None):
    """What tells the briefs of these prospects, in their order. Reads all there is to read."""
    prospects = list(prospects)
    as_of = as_of if as_of is None or as_of <= today else None
    day = as_of or today
    facts = live.read(prospects, audience) if as_of is None else past.read(prospects, audience, as_of)
    seller = audience == "seller"
    return [Teller(one, seller=seller, today=day, installation=installation) for one in facts]


def brief(prospect, **how):
    """The Brief of one prospect; see `briefs`."""
    return briefs([prospect], **how)[0]
