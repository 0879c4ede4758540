"""Dates and times for the stories, and their lines with names, days and sums put in.

The same for a given day on every machine: dice are seeded from a constant and the firm's name, and only
`Random.random()` is used, whose sequence Python promises to keep.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from . import days
from .cast import firms
from .scripts import STORIES
from .thread import Thread

SEED = "callback 1"
_YEAR = 252  # working days
_DAY_STARTS, _DAY_ENDS = 8 * 60 + 30, 17 * 60 + 45  # minutes


class Dice(Random):
    def pick(self, things):
        return things[int(self.random() * len(things))]

    def between(self, low, high):
        return low + int(self.random() * (high - low + 1))


@dataclass
class Diary:
    """Which quarter hours of each day are taken: one seller does one thing at a time."""

    taken: dict = field(default_factory=dict)

    def book(self, day, wanted, minutes, earliest=_DAY_STARTS):
        """The first free start (minutes of the day) at or after `wanted`, then from `earliest` on."""
        taken = self.taken.setdefault(day, set())
        length = max(1, -(-minutes // 15))
        starts = [*range(max(wanted, earliest) // 15, _DAY_ENDS // 15), *range(-(-earliest // 15), wanted // 15)]
        for start in starts:
            slots = set(range(start, start + length))
            if not slots & taken:
                taken |= slots
                return start * 15
        return max(wanted, earliest)


def tell(today):
    """The forty Threads of the year before `today`, dated, timed and worded."""
    told, diary = [], Diary()
    cast = {firm.name: firm for firm in firms()}
    for name, ends, phases in STORIES:
        thread = Thread(cast[name], Dice(f"{SEED} {name}"))
        for phase, *arguments in phases:
            options = arguments.pop() if arguments and isinstance(arguments[-1], dict) else {}
            getattr(thread, phase)(*arguments, **options)
        _date(thread, today, ends)
        told.append(thread)
    for thread in told:
        _settle(thread, today)
    for timed in (True, False):
        for thread in told:
            _clock(thread, diary, timed)
    for thread in told:
        _word(thread)
    return told


def _date(thread, today, ends):
    gaps = [beat.gap for beat in thread.beats]
    if ends <= 6:
        # What is alive was busy lately.
        gaps[-7:] = [min(gap, 2) for gap in gaps[-7:]]
    room = _YEAR - ends
    if sum(gaps) > room:
        gaps = [max(gap > 0, int(gap * room / sum(gaps))) for gap in gaps]
    before = ends
    for beat, gap in zip(reversed(thread.beats), reversed(gaps), strict=True):
        beat.day = days.back(today, before)
        before += gap
    for earlier, beat in zip(thread.beats, thread.beats[1:], strict=False):
        # Now and then somebody writes on a Sunday.
        sunday = beat.day - timedelta(days=beat.day.weekday() + 1)
        if beat.kind == "email" and beat.direction == "in" and sunday > earlier.day and thread.dice.random() < 0.2:
            beat.day = sunday


def _settle(thread, today):
    """Days of steps and of deals."""
    for beat in thread.beats:
        for step in beat.steps:
            if step.state == "done":
                step.due = step.done.day
                for _ in range(step.late + days.is_free(step.due)):
                    step.due = max(beat.day + timedelta(days=1), days.back(step.due, 1))
            elif step.dated and step.ahead is not None:
                step.due = days.ahead(today, step.ahead)
    for deal in thread.deals:
        last = deal.beats[-1].day
        if deal.outcome != "open":
            deal.ended = last
        final = today + timedelta(days=deal.closes) if deal.closes is not None else last
        final = days.working(final)
        pushes = [thread.dice.between(14, 30) for _ in range(deal.slips)]
        close = days.working(final - timedelta(days=sum(pushes)))
        for beat in deal.beats:
            deal.stage = max(deal.stage, beat.change.get("stage", 0))
            if "slip" in beat.change and pushes:
                push = timedelta(days=pushes.pop(0))
                close = max(days.working(close + push), days.working(beat.day + timedelta(days=10)))
                if not pushes:
                    close = final
            beat.close = close


def _clock(thread, diary, timed):
    """The time of day of each beat; first those that were agreed for a time, then all others around them."""
    agreed = {id(step.done): step for beat in thread.beats for step in beat.steps if step.timed and step.done}
    for n, beat in enumerate(thread.beats):
        if (id(beat) in agreed) != timed:
            continue
        if beat.dayless:
            continue
        earliest = _DAY_STARTS
        if n and thread.beats[n - 1].day == beat.day and thread.beats[n - 1].at:
            before = thread.beats[n - 1]
            earliest = before.at.hour * 60 + before.at.minute + max(15, before.minutes or 0)
        wanted = thread.dice.between(_DAY_STARTS // 15, _DAY_ENDS // 15 - 3) * 15
        if timed:
            wanted = thread.dice.pick([9, 9.5, 10, 10.5, 11, 13.5, 14, 14.5, 15, 16]) * 60
        length = beat.minutes or (5 if beat.kind in ("call", "message") else 15)
        start = int(diary.book(beat.day, int(wanted), length, earliest))
        if not timed and beat.kind in ("call", "email"):
            start += thread.dice.between(0, 9)
        beat.at = datetime.combine(beat.day, time(start // 60, start % 60))
    if not timed:
        _in_order(thread)
        for beat in thread.beats:
            for step in beat.steps:
                if step.timed and step.done and step.done.at:
                    step.at = f"{step.done.at:%H:%M}"


def _in_order(thread):
    """Beats of one day follow each other as told, whatever was free."""
    for before, beat in zip(thread.beats, thread.beats[1:], strict=False):
        if before.at and beat.at and beat.at <= before.at:
            beat.at = before.at + timedelta(minutes=5)


def _word(thread):
    firm = thread.firm
    for beat in thread.beats:
        mine = next((step for step in beat.steps if step.owner == "me"), None)
        theirs = next((step for step in beat.steps if step.owner == "them"), None)
        soon = days.back(beat.day, 1) + timedelta(days=5)
        due, their = (step.due if step and step.due else days.working(soon) for step in (mine, theirs))
        deal = beat.deal
        words = {
            "them": _names(firm, beat),
            "co": firm.short if firm.short != "Ashcombe" else firm.name,
            "min": beat.minutes or "",
            "due": days.spoken(due, beat.day),
            "their": days.spoken(their, beat.day),
            "time": _spoken_time(mine.at if mine else ""),
            "deal": deal.name if deal else "",
            "amount": f"{deal.amount / 1000:g}k" if deal else "",
            "close": days.spoken(beat.close, beat.day) if beat.close else "",
            "pain": firm.pain,
            "size": firm.size,
            "tool": firm.tool,
            "cost": firm.cost,
            "goal": firm.goal,
        }
        beat.text = beat.text.format(**words)


def _names(firm, beat):
    return " and ".join(firm.people[n].first for n in beat.who)


def _spoken_time(at):
    """ "14:30" → "2:30", "10:00" → "10"; as people type it."""
    if not at:
        return ""
    hour, minute = (int(part) for part in at.split(":"))
    hour = hour if hour <= 12 else hour - 12
    return f"{hour}:{minute:02d}" if minute else f"{hour}"
