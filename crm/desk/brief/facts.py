"""What a brief is made of, whichever way it was read: from what is stored now, or from the history."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal


@dataclass(slots=True)
class StepFacts:
    pk: int
    owner: str  # me or them
    what: str
    due_on: date | None
    due_time: time | None
    who: str  # first name of its contact, or ""
    go_no_go: bool = False
    known_at: datetime | None = None


@dataclass(slots=True)
class Act:
    """The last thing the buyer did: an activity, or a step of theirs that was kept (`kind` "step")."""

    pk: int
    kind: str
    on: date
    at: datetime | None
    direction: str = ""
    outcome: str = ""
    text: str = ""
    names: list = field(default_factory=list)
    due_on: date | None = None  # of a step
    deal_id: int | None = None
    minutes: int | None = None


@dataclass(slots=True)
class DealFacts:
    pk: int
    name: str
    outcome: str
    stage: str
    rot_days: int
    milestone: str
    amount: Decimal | None
    close_on: date | None
    slips: int
    slipped_days: int
    stage_since: date | None
    opened_on: date | None
    changed_on: date | None = None
    changed_at: datetime | None = None
    ended_on: date | None = None
    end_reason: str = ""
    proof: Act | None = None  # the buyer's act that was logged along with the move into the stage
    unmet: str = ""  # who decides or pays and never took part in anything

    @property
    def is_open(self):
        return self.outcome == "open"


@dataclass(slots=True)
class MoveFacts:
    """The standing: see accounts.standing. `source` is the activity it follows from, None for a step or nothing."""

    move: str
    since_on: date
    since_at: datetime | None
    why: str
    rule: str
    last_on: date | None
    last_two_way_on: date | None
    attempts: int
    first_attempt_on: date | None
    next_step: StepFacts | None
    their_step: StepFacts | None
    source: int | None = None


@dataclass(slots=True)
class Facts:
    prospect: object
    parked_until: date | None
    made_on: date
    made_at: datetime
    standing: MoveFacts | None
    deals: list
    act: Act | None
