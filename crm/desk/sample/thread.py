"""One prospect's story: beats one after the other, what was agreed in them, and the deals they moved.

A beat is one activity to be. Its day follows from the gaps (in working days), counted back from the end
of the story, so beats are told first and dated afterwards (`year.py`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from .words import LINES, LOST, WALKED, WON


@dataclass
class PlannedDeal:
    name: str
    amount: int  # what it ends at, in whole units
    closes: int | None = None  # days from today, for one still open
    slips: int = 0
    beats: list = field(default_factory=list)  # those that changed it
    stage: int = 0
    outcome: str = "open"
    reason: str = ""
    ended: date | None = None
    people: tuple = ()


@dataclass
class Beat:
    gap: int
    kind: str
    direction: str
    outcome: str
    text: str
    who: tuple = (0,)
    minutes: int | None = None
    subject: str = ""
    deal: PlannedDeal | None = None
    change: dict = field(default_factory=dict)  # stage, amount, slip, outcome
    steps: list = field(default_factory=list)  # agreed in it
    private: bool = False
    dayless: bool = False  # only the day is known
    day: date | None = None
    at: datetime | None = None
    close: date | None = None  # the deal's expected close after it


@dataclass
class PlannedStep:
    owner: str
    kind: str
    what: str
    who: int | None = 0
    timed: bool = False
    done: Beat | None = None
    late: int = 0  # working days after its day that it was done
    ahead: int | None = None  # still open: due so many working days from today
    dated: bool = True
    at: str = ""  # wall-clock time, for an open one
    deal: PlannedDeal | None = None
    state: str = "open"
    due: date | None = None


class Thread:
    """The phases of a sale, each a few beats. `dice` decides what the script leaves open."""

    def __init__(self, firm, dice):
        self.firm, self.dice = firm, dice
        self.beats, self.deals, self.waiting = [], [], []
        self.deal = None
        self._used = {}
        self.parked = None
        self.pause = 0

    # Telling ----------------------------------------------------------------------------------

    def line(self, key):
        """One way to say `key`, none twice before all were said."""
        ways = LINES[key]
        used = self._used.setdefault(key, int(self.dice.random() * len(ways)))
        self._used[key] = used + 1
        return ways[used % len(ways)]

    def beat(self, kind, direction, outcome, text, *, gap=None, who=(0,), minutes=None, change=None, **more):
        gap = self.dice.between(2, 5) if gap is None else gap
        gap, self.pause = gap + self.pause, 0
        if minutes is None and outcome in ("connected", "held"):
            minutes = self.dice.between(2, 7) * 5 if outcome == "connected" else self.dice.between(3, 6) * 10
        who = tuple(dict.fromkeys(min(n, len(self.firm.people) - 1) for n in who))
        new = Beat(gap, kind, direction, outcome, text, who, minutes, deal=self.deal, change=change or {}, **more)
        for step in self.waiting:
            step.done = new
            step.state = "dropped" if step.state == "dropped" else "done"
        self.waiting = []
        if self.deal and new.change:
            self.deal.beats.append(new)
        self.beats.append(new)
        return new

    def agree(self, owner, kind, what, who=0, timed=False):
        """Agreed in the last beat; the next one does it."""
        step = self._step(owner, kind, what, who, timed)
        self.waiting.append(step)
        return step

    def promise(self, what, who=0):
        """Theirs, agreed in the last beat; `delivered` ends it."""
        return self._step("them", "email", what, who, False)

    def _step(self, owner, kind, what, who, timed):
        who = None if who is None else min(who, len(self.firm.people) - 1)
        step = PlannedStep(owner, kind, what, who, timed, deal=self.deal)
        self.beats[-1].steps.append(step)
        return step

    def delivered(self, step, late=0):
        step.done, step.late, step.state = self.beats[-1], late, "done"

    # Phases -----------------------------------------------------------------------------------

    def reach(self, tries, words="try"):
        ways = [
            ("call", "no_answer"),
            ("call", "left_voicemail"),
            ("email", ""),
            ("call", "left_message"),
            ("message", ""),
            ("call", "no_answer"),
            ("email", ""),
            ("call", "left_voicemail"),
        ]
        if words == "try":
            ways[5] = ("call", "busy")
        for n in range(tries):
            kind, outcome = ways[n % len(ways)]
            text = self.line(f"{words}.{kind}.{outcome}")
            again = kind == "call" and n < tries - 1 and self.dice.random() < 0.6
            self.beat(kind, "out", outcome, text + (self.line("again") if again else ""), gap=self.dice.between(1, 5))
            if again:
                self.agree("me", "call", f"Try {self.firm.people[0].first} again")
            if kind == "email" and words == "try" and self.dice.random() < 0.25:
                self.beat("email", "in", "auto_reply", self.line("auto_reply"), gap=0, subject="Out of office")

    def open_deal(self, name, amount, closes=None, slips=0):
        self.deal = PlannedDeal(f"{self.firm.short} {name}", amount, closes, slips)
        if self.firm.short == "Ashcombe":
            self.deal.name = f"{self.firm.name} {name}"
        self.deals.append(self.deal)

    def talk(self):
        direction = self.dice.pick(["out", "out", "in"])
        words = "talk.again" if len(self.deals) > 1 else "talk.in" if direction == "in" else "talk"
        self.beat("call", direction, "connected", self.line(words), change={"stage": 0})
        self.agree("me", "meeting", f"Talk with {self.firm.people[0].first} about what hurts", timed=True)

    def goal(self, nudges=0):
        self.beat("meeting", "", "held", self.line("goal.held"), change={"stage": 1, "amount": True})
        jobs = self.promise("Send the job list")
        self.agree("me", "email", f"Send {self.firm.people[0].first} the goal in writing")
        self.beat("email", "out", "", self.line("goal.recap"), gap=1, subject="What we are after")
        for n in range(nudges):
            kind, outcome = [("call", "left_voicemail"), ("call", "no_answer"), ("email", "")][n % 3]
            text = LINES["nudge"][n % 3]
            self.beat(kind, "out", outcome, text)
        self.beat("email", "in", "", self.line("goal.yes"), subject="Re: What we are after")
        self.delivered(jobs, late=nudges * 2)

    def diagnose(self):
        self.beat("call", "out", "connected", self.line("diag.call"))
        self.agree("me", "meeting", "Meet the others about the job list", timed=True)
        self.beat("meeting", "", "held", self.line("diag.held"), who=(0, 1), gap=5, change={"stage": 2})
        self.agree("me", "email", "Write up what we found")
        self.beat("email", "out", "", self.line("diag.recap"), gap=1, who=(0, 1), subject="What we found")
        self.beat("email", "in", "", self.line("diag.yes"), subject="Re: What we found")
        if self.dice.random() < 0.5:
            self.beat("note", "", "", self.line("note"), gap=1, dayless=True, private=self.dice.random() < 0.3)

    def evaluate(self, no_show=False):
        self.beat("call", "out", "connected", self.line("demo.set"))
        self.agree("me", "meeting", "Demo on their own jobs", timed=True)
        if no_show:
            self.beat("meeting", "", "no_show", self.line("demo.no_show"))
            self.beat("email", "in", "", self.line("demo.sorry"), gap=0, subject="Today")
            self.beat("call", "out", "connected", self.line("demo.set"), gap=1)
            self.agree("me", "meeting", "Demo, second try", timed=True)
        self.beat("meeting", "", "held", self.line("demo.held"), who=(0, 1), gap=4, change={"stage": 3})
        users = self.promise("Name the users of the trial")
        self.agree("me", "todo", "Set up the trial", None)
        self.beat("email", "out", "", self.line("trial.open"), gap=1, subject="Your trial")
        self.beat("email", "in", "", self.line("trial.users"), gap=2, subject="Re: Your trial")
        self.delivered(users, late=self.dice.between(0, 1))
        self.beat("call", "out", "connected", self.line("trial.week"))
        self.agree("me", "call", "Ask how the trial goes")
        self.beat("call", "out", "no_answer", self.line("chase.call.no_answer"))
        self.beat("email", "in", "", self.line("trial.ask"), gap=1, subject="A question")
        self.beat("email", "out", "", self.line("trial.answer"), gap=1, subject="Re: A question")
        self.beat("meeting", "", "held", self.line("trial.review"), who=(0, 1))
        self.slip()

    def propose(self):
        self.beat("email", "out", "", self.line("propose"), change={"stage": 4, "amount": True}, subject="Proposal")
        self.agree("me", "call", "Call about the proposal")
        self.beat("call", "out", "left_voicemail", self.line("propose.vm"))
        self.beat("call", "out", "connected", self.line("propose.read"))
        self.agree("me", "meeting", "Go through the proposal", 1, timed=True)
        self.beat("meeting", "", "held", self.line("propose.held"), who=(0, 1))
        self.slip()

    def negotiate(self):
        self.beat("call", "in", "connected", self.line("haggle.in"), change={"stage": 5})
        self.agree("me", "email", "Send the two-year version")
        self.beat("email", "out", "", self.line("haggle.out"), gap=1, subject="Contract")
        self.beat("email", "in", "", self.line("haggle.legal"), subject="Re: Contract")
        self.beat("call", "out", "connected", self.line("haggle.fixed"), who=(1,), change={"amount": True})
        self.slip()

    def slip(self):
        if self.deal and self.deal.slips > sum(1 for b in self.deal.beats if "slip" in b.change):
            self.beat("call", "in", "connected", self.line("slip"), change={"slip": True})

    def win(self):
        self.beat("call", "in", "connected", self.line("won"), change={"outcome": "won"})
        self.deal.outcome, self.deal.reason = "won", self.dice.pick(WON)
        self.agree("me", "todo", "Hand over to onboarding", None)
        self.beat("email", "out", "", self.line("handover"), gap=1, subject="Kick-off")
        self.beat("email", "in", "", self.line("thanks"), gap=1, subject="Re: Kick-off")
        self.deal = None

    def lose(self, why):
        self._end("lost", LOST[why])

    def walk(self, why):
        self._end("walked", WALKED[why])

    def _end(self, outcome, why):
        reason, text, (kind, direction, result) = why
        subject = "Bad news" if kind == "email" else ""
        for step in self.waiting:
            if kind == "note":
                step.state = "dropped"
        self.beat(kind, direction, result, text, change={"outcome": outcome}, subject=subject)
        self.deal.outcome, self.deal.reason, self.deal = outcome, reason, None

    def customer(self, months):
        """Looked after: a call, a mail or both every few weeks."""
        for n in range(months):
            if n % 3 == 1:
                self.beat("call", "out", "left_voicemail", self.line("customer.vm"), gap=self.dice.between(8, 12))
            self.beat("call", "out", "connected", self.line("customer.call"), gap=self.dice.between(2, 6))
            self.beat(
                "email", "out", "", self.line("customer.email"), gap=self.dice.between(5, 9), subject="Your month"
            )
            if n % 2:
                self.beat("email", "in", "", self.line("customer.in"), gap=1, subject="Re: Your month")

    def warm(self, times):
        """Kept in touch with, though there is nothing to sell."""
        for _ in range(times):
            self.beat("call", "out", "connected", self.line("warm"), gap=self.dice.between(9, 16))
            self.beat(
                "email", "out", "", self.line("warm.email"), gap=self.dice.between(6, 12), subject="For your files"
            )

    def rest(self, days):
        """Left alone for so many working days."""
        self.pause = days

    def more(self, name, amount, closes=None, slips=0):
        """A second, shorter deal with somebody who knows the product."""
        self.open_deal(name, amount, closes, slips)
        self.beat("call", "out", "connected", self.line("more"), change={"stage": 1})
        self.agree("me", "meeting", f"Scope of {name}", timed=True)
        self.beat("meeting", "", "held", self.line("more.held"), who=(0, 1), change={"stage": 3, "amount": True})
        self.beat(
            "email", "out", "", self.line("more.sent"), who=(0, 1), gap=2, change={"stage": 4}, subject=self.deal.name
        )
        self.agree("me", "call", "Call about the offer")
        self.beat("call", "out", "connected", self.line("more.read"))
        self.slip()

    def quiet(self, tries):
        self.reach(tries, "chase")

    def park(self, days):
        self.parked = days

    def now(self, kind, direction, outcome, text, *steps, who=(0,), gap=2, **more):
        """What happened last, told by hand, with the steps that are open today.

        A step: (owner, kind, what, working days from today or None, "HH:MM" or "", whom if not `who`).
        """
        self.beat(kind, direction, outcome, text, gap=gap, who=who, **more)
        for owner, step_kind, what, ahead, at, *whom in steps:
            step = self._step(owner, step_kind, what, (whom or who)[0], bool(at))
            step.ahead, step.at, step.dated = ahead, at, ahead is not None
