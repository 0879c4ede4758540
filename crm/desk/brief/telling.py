"""The five lines in words, from facts and the day they are told for; nothing here reads anything."""

from datetime import timedelta
from functools import cached_property

from accounts.standing import in_words
from crm.web import clock
from crm.web.formats import age_words, money
from crm.web.templatetags.callback import clock as clock_words
from crm.web.templatetags.callback import day

from .facts import chosen_of, first_name
from .lines import LABELS, Brief, Line
from .risk import biggest

_QUOTED = 140  # characters of what was said


class Teller:
    """Tells the brief of one prospect. `seller`: the seller reads, who is "you"; `today`: the day it is told for."""

    def __init__(self, facts, *, seller, today, installation):
        self.facts, self.seller, self.today, self.installation = facts, seller, today, installation
        self.deal = chosen_of(facts.deals)
        self.open = [deal for deal in facts.deals if deal.is_open]
        self.parked = facts.parked_until is not None and facts.parked_until > today
        self.page = f"/prospects/{facts.prospect.pk}/"

    @cached_property
    def risk(self):
        """(its line, Attention or None)."""
        return biggest(self)

    @property
    def attention(self):
        return self.risk[1]

    def brief(self):
        risk, attention = self.risk
        lines = (self.stands(), self.buyer(), self.move(), self.step(), risk)
        return Brief(self.facts.prospect, lines, attention, self.today, tuple(self.facts.deals))

    # Where it stands ----------------------------------------------------------------------------------

    def stands(self):
        deal = self.deal
        if deal is None:
            text, phrase, on, at, stale = self._no_deal()
        elif deal.is_open:
            text, phrase, on, at = self._open(deal), deal.stage, deal.changed_on, deal.changed_at
            stale = on is not None and (self.today - on).days > deal.rot_days
        else:
            text, phrase = self._ended(deal)
            on, at, stale = deal.ended_on or deal.changed_on, None, False
        if self.parked:
            text = f"Parked until {self.day(self.facts.parked_until)}. {text}"
        href = f"/deals/{deal.pk}/" if deal else self.page
        return self.line("stands", text, href, on, at, stale=stale, phrase=phrase)

    def _no_deal(self):
        facts = self.facts
        about = f" {facts.about.rstrip('.')}." if facts.about else ""
        origin = f" Came from: {facts.origin}." if facts.origin else ""
        return f"No deal yet.{about}{origin}", "No deal yet", facts.made_on, facts.made_at, False

    def _open(self, deal):
        where = f"{deal.stage} since {self.day(deal.stage_since)}" if deal.stage_since else deal.stage
        if deal.proof:
            by = self._by(deal.proof)
            where = f"{deal.stage}: {_lower(deal.milestone)} ({by})" if deal.milestone else f"{where} ({by})"
        amount = money(deal.amount) if deal.amount is not None else "No amount yet"
        close = ", no close date" if deal.amount is not None else " and no close date"
        if deal.close_on:
            close = f"{' by' if deal.amount is not None else ', closing'} {self.day(deal.close_on)}"
        slips = f", slipped {times(deal.slips)}" if deal.slips else ""
        named = f"{deal.name}: " if len(self.open) > 1 else ""
        others = len(self.open) - 1
        more = f" {others} other open deal{'s' if others > 1 else ''}." if others else ""
        return f"{named}{where}. {amount}{close}{slips}.{more}"

    def _by(self, act):
        """What proves a milestone: "Dana’s mail, Tue Mar 3", "call with Dana, today"."""
        who = first_name(act.names[0]) if act.names else ""
        word = {"email": "mail"}.get(act.kind, act.kind)
        if act.direction == "in":
            said = f"{who}’s {word}" if who else f"their {word}"
        else:
            said = f"{word} with {who or 'them'}"
        return f"{said}, {self.day(act.on)}"

    def _ended(self, deal):
        how = {"won": "Won", "lost": "Lost", "walked": "You walked away" if self.seller else "The seller walked away"}
        how = how[deal.outcome]
        on = f" {self.on(deal.ended_on)}" if deal.ended_on else ""
        at = f" at {money(deal.amount)}" if deal.amount is not None and deal.outcome == "won" else ""
        why = f": “{_said(deal.end_reason)}”" if deal.end_reason.strip() else ""
        others = len(self.facts.deals) - 1
        named = f"{deal.name}: {_lower(how)}" if others else how
        more = f" {others} other deal{'s' if others > 1 else ''} ended before." if others else ""
        return f"{named}{on}{at}{why}{'' if why else '.'}{more}", how if not others else deal.name

    # Last from them -----------------------------------------------------------------------------------

    def buyer(self):
        act = self.facts.act
        if act is None:
            standing = self.facts.standing
            tries = standing.attempts
            if not tries:
                return self.line("buyer", "Nothing yet.", self.page)
            you = "You have" if self.seller else "The seller has"
            since = f"since {self.day(standing.first_attempt_on)}"
            text = f"Nothing yet. {you} tried {times(tries)} {since}."
            return self.line("buyer", text, self.page, standing.first_attempt_on, stale=self._quiet(standing))
        words = self._did(act)
        said = _said(act.text) if act.kind != "step" else ""
        text = f"{words}: “{said}”" if said else f"{words}."
        stale = (self.today - act.on).days > self.installation.quiet_days
        return self.line("buyer", text, self.act_href(act), act.on, act.at, stale=stale, phrase=words)

    def _did(self, act):
        """ "Dana Whitfield called", "You met Dana and Theo": a sentence without its end."""
        who = _names(act.names)
        you = "you" if self.seller else "the seller"
        if act.kind == "step":
            late = (act.on - act.due_on).days if act.due_on else 0
            how = f"did as promised, {days(late)} late" if late > 0 else "kept a promise"
            return f"{who or 'They'} {how}: {act.text.strip().rstrip('.')}"
        if act.kind == "meeting":
            return f"{_upper(you)} met {who or 'them'}"
        if act.kind == "call" and act.direction == "in":
            how = {"no_answer": f" and {you} missed it", "left_voicemail": " and left a voicemail"}
            return f"{who or 'They'} called{how.get(act.outcome, '')}"
        if act.kind == "call":
            return f"{_upper(you)} spoke with {who or 'them'}"
        return f"{who or 'They'} {'sent a message' if act.kind == 'message' else 'wrote'}"

    # Whose move ---------------------------------------------------------------------------------------

    def move(self):
        standing = self.facts.standing
        if self._over():
            ended = f" {self.on(self.deal.ended_on)}" if self.deal.ended_on else ""
            text = f"Nobody’s: it ended{ended} and nothing is open."
            return self.line("move", text, f"/deals/{self.deal.pk}/", self.deal.ended_on, phrase="Nobody’s")
        mine, on = standing.move == "mine", standing.since_on
        whose = ("Yours" if self.seller else "The seller’s") if mine else "Theirs"
        phrase = f"{whose} since {self.day(on)}"
        step = standing.next_step if mine else standing.their_step
        href, why = self.page, in_words(standing.why.replace(f" on {{{on}}}", "").replace(f" since {{{on}}}", ""))
        if standing.rule == "step" and step:
            href, why = self.step_href(step), self._promised(step)
        elif standing.source:
            href = self.activity_href(standing.source)
        stale = (self.today - on).days > self.installation.quiet_days
        tone = "me" if mine else "them"
        return self.line(
            "move", f"{phrase}: {why}.", href, on, standing.since_at, stale=stale, tone=tone, phrase=phrase
        )

    def _promised(self, step):
        if step.owner == "me":
            return "you promised the next step" if self.seller else "the next step is promised"
        return f"{step.who or 'they'} promised the next step"

    def _over(self):
        """Whether every deal has ended, nothing came after, and nothing is open."""
        standing, deal = self.facts.standing, self.deal
        if deal is None or self.open or standing.rule in ("waiting", "step"):
            return False
        return standing.last_on is None or deal.ended_on is None or standing.last_on <= deal.ended_on

    # Next ---------------------------------------------------------------------------------------------

    def next(self):
        """The open step that is due first, dated ones before undated, yours before theirs; None without one."""
        standing = self.facts.standing
        steps = [step for step in (standing.next_step, standing.their_step) if step]
        return min(steps, key=lambda s: (s.due_on is None, str(s.due_on), s.owner != "me"), default=None)

    def step(self):
        step = self.next()
        if step is None:
            return self.line("step", "Nothing is planned.", self.page)
        what, href, tone = self._what(step), self.step_href(step), "me" if step.owner == "me" else "them"
        gate = ", a go/no-go point" if step.go_no_go else ""
        if step.due_on is None:
            age = self.age(clock.day_of(step.made_at), step.made_at, "stands")
            return self.line("step", f"{what}{gate}, no date yet.", href, tone=tone, phrase=what, age=age)
        late = step.due_on < self.today
        when = f"was due {self.day(step.due_on)}" if late else self.due(step)
        at = clock.instant(step.due_on, step.due_time) if step.due_time else None
        text = f"{what}{gate}, {when}."
        return self.line("step", text, href, step.due_on, at, stale=late, tone="bad" if late else tone, phrase=what)

    def _what(self, step):
        """The step as typed; with whose it is, unless it is the reader's own or says so itself."""
        what, who = step.what.strip().rstrip("."), self.whose(step)
        if who == "You" or what.startswith(who):
            return what
        return f"{'Theirs' if who == 'They' else who}: {what}"

    def whose(self, step):
        if step.owner == "me":
            return "You" if self.seller else "The seller"
        return step.who or "They"

    def due(self, step):
        at = clock_words(step.due_time)
        return f"{self.day(step.due_on)}{' at ' if at else ''}{at}"

    # Links --------------------------------------------------------------------------------------------

    def activity_href(self, handle):
        """Where an activity stands: its prospect's page shows everything down to it."""
        return f"{self.page}?show={handle}#activity-item-{handle}"

    def step_href(self, step):
        return f"{self.page}#step-row-{step.handle}"

    def act_href(self, act):
        if act.kind != "step":
            return self.activity_href(act.handle)
        if act.deal_id:
            return f"/deals/{act.deal_id}/#plan-step-{act.handle}"
        return f"{self.page}#step-row-{act.handle}"

    # Words --------------------------------------------------------------------------------------------

    def line(self, key, text, href="", on=None, at=None, age="", **fields):
        age = age or self.age(on, at, key)
        if fields.get("stale") and key != "step":
            age += " old"
        return Line(key, LABELS[key], text, href, on, at, age=age, **fields)

    def day(self, value):
        """today, tomorrow, yesterday (of the day it is told for), or the day."""
        away = (value - self.today).days
        return {0: "today", 1: "tomorrow", -1: "yesterday"}.get(away) or day(value)

    def on(self, value):
        words = self.day(value)
        return words if (value - self.today).days in (0, -1, 1) else f"on {words}"

    def age(self, on, at, key):
        if on is None:
            return ""
        away = (on - self.today).days
        if key == "step" and away < 0:
            return f"{-away} d late"
        if self.today == clock.today() and at is not None and (away == 0 or abs(at - clock.now()) < timedelta(hours=6)):
            words = "just now" if abs(at - clock.now()) < timedelta(minutes=1) else age_words(at)
        else:
            words = "today" if away == 0 else f"{abs(away)} d" if abs(away) < 100 else f"{abs(away) // 30} mo"
        if key == "step" and at is not None and away == 0 and self.today == clock.today() and at <= clock.now():
            return f"{words} late"
        return f"in {words}" if away > 0 or (at is not None and at > clock.now() and away == 0) else words

    def _quiet(self, standing):
        return self.today - standing.first_attempt_on > timedelta(days=self.installation.quiet_days)


def days(count):
    return "1 day" if count == 1 else f"{count} days"


def times(count):
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _names(names):
    """Dana Whitfield; Dana and Theo; Dana, Theo and 3 others."""
    if len(names) < 2:
        return names[0] if names else ""
    first = [name.split(" ")[0] for name in names]
    if len(first) <= 3:
        return f"{', '.join(first[:-1])} and {first[-1]}"
    return f"{first[0]}, {first[1]} and {len(first) - 2} others"


def _said(text):
    """The first words of a text, on one line."""
    text = " ".join(text.split()).strip('“”"')
    if len(text) <= _QUOTED:
        return text
    return text[: text.rfind(" ", _QUOTED // 2, _QUOTED)].rstrip(".,;: ") + " …"


def _lower(text):
    """ "Send the price" → "send the price", but "NDA to legal" as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _upper(text):
    return text[:1].upper() + text[1:]
