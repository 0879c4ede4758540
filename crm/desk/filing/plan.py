"""What one line will record: the grammar's reading, the seller's choices and the open steps, put together.

The preview shows a Plan, saving writes the same Plan; so what the chips say is what is stored.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal


@dataclass
class Option:
    """One answer to an unsure field: what the form sends, and what the chip says."""

    value: str
    label: str
    note: str = ""


@dataclass
class ActivityDraft:
    kind: str = "note"
    direction: str = ""
    outcome: str = ""
    on: date | None = None
    at: datetime | None = None  # naive, the seller's wall clock; None when only the day is known
    minutes: int | None = None


@dataclass
class StepDraft:
    owner: str = "me"
    kind: str = "todo"
    what: str = ""
    due_on: date | None = None
    due_time: time | None = None
    contact: object = None
    moves: object = None  # the open Step that gets the new date, instead of a new one
    number: int = 0  # its place in the line, which its chip is named for


@dataclass
class Changes:
    """What the line says about the deal. `outcome` won, lost or walked; `reason` in the seller's words."""

    amount: Decimal | None = None
    close_on: date | None = None
    stage: object = None
    outcome: str = ""
    reason: str = ""

    def __bool__(self):
        return any([self.amount is not None, self.close_on, self.stage, self.outcome])


@dataclass
class Plan:
    text: str
    wall: datetime  # when it was typed, the seller's wall clock
    prospect: object = None
    new_prospect: str = ""
    people: list = field(default_factory=list)
    new_people: list = field(default_factory=list)
    deal: object = None
    new_deal: str = ""
    activities: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    finishes: list = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    unsure: dict = field(default_factory=dict)  # field → [Option]
    warnings: list = field(default_factory=list)
    private: bool = False
    call: object = None  # the Call that was tapped, if it was one
    was: dict = field(default_factory=dict)  # see Choices
    moment: datetime | None = None  # when it was typed, as an instant; what happened "now" happened then
    zone: str = ""  # the IANA zone its wall-clock times are of; "" for the seller's

    @property
    def seen_by_all(self):
        """What others see of a private line nevertheless, in words: records that cannot be private."""
        new = [name for name in (self.new_prospect, *self.new_people, self.new_deal) if name]
        changed = bool(self.changes) and (self.deal is not None or bool(self.new_deal))
        touched = bool(self.finishes) or any(draft.moves is not None for draft in self.steps)
        said = [*new, "how the deal changes" if changed else "", "which steps are done or moved" if touched else ""]
        return [words for words in said if words]

    @property
    def pending(self):
        """What to keep on the entry so that Today can ask: {field: [labels]}; empty when all is clear."""
        pending = {name: [option.label for option in options] for name, options in self.unsure.items()}
        if self.changes and self.deal is None and not self.new_deal:
            pending.setdefault("deal", [])
        return pending
