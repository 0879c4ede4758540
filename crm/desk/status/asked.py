"""What the address of the page asks for; what makes no sense in it is left aside, but for a day, which is said."""

import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from crm.desk.brief import Attention
from crm.web import days

FIRST, MOST = 30, 600  # accounts that come with the page; and at most
LOOKED_AT = 200  # accounts that are sorted by what they need; nobody reads more
CHANGES, ENDED = 15, 8  # lines of what changed, and of what ended, that come with the page
SINCE = {"7": "The last 7 days", "30": "The last 30 days", "90": "The last 90 days"}
SORTS = MappingProxyType(
    {"amount": "Largest first", "close": "Next to close first", "heard": "Longest silent first", "name": "By name"}
)


@dataclass(frozen=True)
class Asked:
    """`as_of`: a past day, or None for now; `wrong`: why the day that was asked for is none."""

    period: str = ""
    stage: str = ""
    attention: str = ""
    month: str = ""
    q: str = ""
    sort: str = "amount"
    shown: int = FIRST
    since: str = ""
    every_change: bool = False
    every_end: bool = False
    as_of: date | None = None
    typed: str = ""
    wrong: str = ""

    @classmethod
    def of(cls, params, today):
        """From a QueryDict or dict, for somebody whose day is `today`."""
        text = {name: str(params.get(name, "")).strip()[:100] for name in _NAMES}
        as_of, wrong = days.past(text["as_of"], today)
        return cls(
            period=text["period"],
            stage=text["stage"] if text["stage"].isdecimal() else "",
            attention=text["attention"] if text["attention"] in _ATTENTION else "",
            month=text["month"] if _MONTH.fullmatch(text["month"]) else "",
            q=text["q"],
            sort=text["sort"] if text["sort"] in SORTS else "amount",
            shown=min(max(int(text["shown"]), FIRST), MOST) if _SMALL.fullmatch(text["shown"]) else FIRST,
            since=text["since"] if text["since"] in SINCE else "",
            every_change=text["changes"] == "all",
            every_end=text["ended"] == "all",
            as_of=as_of,
            typed=text["as_of"],
            wrong=wrong,
        )

    @property
    def written(self):
        """What was typed, where a field for days can hold it; "" for what is no day (the page says so)."""
        found = days.typed(self.typed)
        return found.isoformat() if found else ""

    @property
    def narrowed(self):
        """Whether the accounts are narrowed."""
        return bool(self.stage or self.attention or self.month or self.q)


_NAMES = ("period", "stage", "attention", "month", "q", "sort", "shown", "since", "changes", "ended", "as_of")
_ATTENTION = {*(one.code for one in Attention), "none"}
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])|none")
_SMALL = re.compile(r"[0-9]{1,6}")
