"""What changed of a deal, in words: each of its changes beside the one before it."""

from dataclasses import dataclass
from datetime import date, datetime

from crm.web.templatetags.callback import day, money

_ENDED = {"won": "Won", "lost": "Lost", "walked": "Walked away"}


@dataclass
class Told:
    """One change as it is told. `at` is null when only the day is known."""

    on: date
    at: datetime | None
    icon: str
    words: str


def told(changes, stages):
    """Newest first, from the changes that count (oldest first); `stages` maps ids to names."""
    found, before = [], None
    for change in changes:
        words = _opened(change, stages) if before is None else _differences(before, change, stages)
        if words:
            ended = before is not None and change.outcome != before.outcome and change.outcome != "open"
            icon = {"won": "trophy", "lost": "circle-x", "walked": "footprints"}[change.outcome] if ended else "history"
            found.append(Told(change.on, change.at, icon, f"{words[0].upper()}{words[1:]}"))
        before = change
    return found[::-1]


def visited(changes):
    """{stage id: the day the deal came into it first}."""
    found = {}
    for change in changes:
        found.setdefault(change.stage_id, change.on)
    return found


def _opened(change, stages):
    amount = f" at {money(change.amount)}" if change.amount is not None else ""
    close = f", closing {day(change.close_on, 'short')}" if change.close_on else ""
    return f"opened in {stages.get(change.stage_id, 'a stage since removed')}{amount}{close}"


def _differences(old, new, stages):
    words = []
    if new.stage_id != old.stage_id:
        gone = "a stage since removed"
        words.append(f"moved from {stages.get(old.stage_id, gone)} to {stages.get(new.stage_id, gone)}")
    if new.amount != old.amount:
        words.append(f"amount changed from {money(old.amount)} to {money(new.amount)}")
    if new.close_on != old.close_on:
        was, now = (day(d, "short") or "no date" for d in (old.close_on, new.close_on))
        words.append(f"close date moved from {was} to {now}")
    if new.outcome != old.outcome:
        words.append(_ENDED.get(new.outcome, "opened again"))
    return ", ".join(words)
