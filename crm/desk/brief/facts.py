"""What a brief is made of, whichever way it was read: from what is stored now, or from the history.

A `handle` names an activity or a step on a page: its id, for anybody but the seller its UUID (accounts.timeline).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal


@dataclass(slots=True)
class StepFacts:
    handle: object
    owner: str  # me or them
    what: str
    due_on: date | None
    due_time: time | None
    who: str  # first name of its contact, or ""
    go_no_go: bool
    made_at: datetime


@dataclass(slots=True)
class Act:
    """The last thing the buyer did: an activity, or a step of theirs that was done (`kind` "step")."""

    handle: object
    kind: str
    on: date
    at: datetime | None
    direction: str = ""
    outcome: str = ""
    text: str = ""
    names: list = field(default_factory=list)
    due_on: date | None = None  # of a step
    deal_id: int | None = None


@dataclass(slots=True)
class DealFacts:
    pk: int
    name: str
    outcome: str
    stage: str
    rot_days: int
    milestone: str  # the first one of the stage, or ""
    amount: Decimal | None
    close_on: date | None
    slips: int
    slipped_days: int
    stage_since: date | None
    ended_on: date | None = None
    end_reason: str = ""
    changed_on: date | None = None
    changed_at: datetime | None = None
    proof: Act | None = None  # the buyer's act that was logged along with the move into the stage
    unmet: str = ""  # "Marcus Reyes decides", where nobody who decides or pays took part in anything

    @property
    def is_open(self):
        return self.outcome == "open"


@dataclass(slots=True)
class MoveFacts:
    """The standing: see accounts.standing. `source`: the activity it follows from; None for a step or nothing."""

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
    source: object = None


@dataclass(slots=True)
class Facts:
    """`made_on`, `made_at`: when the prospect came on record. `act`: the last thing the buyer did."""

    prospect: object
    parked_until: date | None
    about: str
    origin: str
    made_on: date
    made_at: datetime
    standing: MoveFacts
    deals: list
    act: Act | None


def chosen_of(deals):
    """The deal that matters: the largest open one, without one the one that ended last; None for no deal."""
    opened = [deal for deal in deals if deal.is_open]
    if opened:
        return min(opened, key=weight)
    return max(deals, key=lambda deal: (str(deal.ended_on or ""), deal.pk), default=None)


def weight(deal):
    """Sorts open deals, the weightiest first: by amount (unknown last), the nearest close date, the first made."""
    return deal.amount is None, -(deal.amount or 0), str(deal.close_on or "9"), deal.pk


def later(act, step):
    """Of an activity and a kept step the later one; on one day the activity, which has their words."""
    if act is None or step is None:
        return act or step
    return step if step.on > act.on else act


def first_name(name):
    return (name or "").split(" ")[0]
