"""What was understood of one line. Plain values; nothing here touches a record.

`as_json()` is the contract's shape. All times are the seller's wall clock.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Named:
    """A record on offer: its id in the directory and the name shown on the chip."""

    id: Any
    name: str


@dataclass(slots=True)
class Activity:
    """`at` is a datetime, or a date where only the day is known, or None where it is unsure."""

    kind: str = "note"
    direction: str | None = None
    outcome: str | None = None
    at: Any = None
    minutes: int | None = None

    def as_json(self):
        at = self.at
        return {
            "kind": self.kind,
            "direction": self.direction,
            "outcome": self.outcome,
            "at": None if at is None else at.strftime("%Y-%m-%dT%H:%M") if isinstance(at, datetime) else at.isoformat(),
            "minutes": self.minutes,
        }


@dataclass(slots=True)
class Step:
    """`moves`: the line shifts a step that is open already rather than adding one."""

    owner: str
    kind: str
    what: str
    due_on: date | None = None
    due_time: time | None = None
    moves: bool = False
    span: tuple = (0, 0)

    def as_json(self):
        return {
            "owner": self.owner,
            "kind": self.kind,
            "what": self.what,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "due_time": self.due_time.strftime("%H:%M") if self.due_time else None,
        }


@dataclass(slots=True)
class DealChanges:
    """`currency`: the code of a sign that was typed, if any."""

    amount: Decimal | None = None
    close_on: date | None = None
    stage: str | None = None
    outcome: str | None = None
    currency: str | None = None

    def __bool__(self):
        return any(x is not None for x in (self.amount, self.close_on, self.stage, self.outcome))

    def as_json(self):
        return {
            "amount": None if self.amount is None else f"{self.amount:.2f}",
            "close_on": self.close_on.isoformat() if self.close_on else None,
            "stage": self.stage,
            "outcome": self.outcome,
        }


@dataclass(frozen=True, slots=True)
class Done:
    """Something the line says was done, in its own words: the caller may finish an open step with it."""

    kind: str
    words: str
    owner: str = "me"


@dataclass(slots=True)
class Reading:
    text: str
    prospect: Named | None = None
    people: list = field(default_factory=list)
    deal: Named | None = None
    activity: Activity = field(default_factory=Activity)
    more_activities: list = field(default_factory=list)
    next_steps: list = field(default_factory=list)
    deal_changes: DealChanges = field(default_factory=DealChanges)
    unsure: list = field(default_factory=list)
    candidates: dict = field(default_factory=dict)  # field -> [Named], for the chips of unsure fields
    unknown: dict = field(default_factory=dict)  # "prospect" / "people" / "deal" -> names as typed, to offer as new
    warnings: list = field(default_factory=list)  # (code, words): ("currency", "EUR")
    done: list = field(default_factory=list)  # [Done]
    spans: list = field(default_factory=list)  # (field, start, end) in the text

    def as_json(self):
        return {
            "prospect": self.prospect.name if self.prospect else None,
            "people": [p.name for p in self.people],
            "deal": self.deal.name if self.deal else None,
            "activity": self.activity.as_json(),
            "more_activities": [a.as_json() for a in self.more_activities],
            "next_steps": [s.as_json() for s in self.next_steps],
            "deal_changes": self.deal_changes.as_json(),
            "unsure": list(self.unsure),
        }
