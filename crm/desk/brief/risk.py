"""The biggest risk: the first of the rules of docs/brief.md that holds, in words and as what needs attention."""

from datetime import timedelta

from crm.web import clock
from crm.web.templatetags.callback import clock as clock_words

from .facts import weight
from .lines import LABELS, Attention, Line

_PATIENCE = 2  # days somebody may wait for an answer before that is the risk
_SLIPS = 3  # a close date that moved so often is not believed any more
_MILD_SLIPS = 2
_MILD_LATE = timedelta(hours=1)  # past the time of a step of today


def biggest(teller):
    """(Line, Attention or None)."""
    for rule in _RULES:
        found = rule(teller)
        if found:
            attention, text, href, on = found
            tone = attention.tone
            return _line(text, href, on, None, tone, teller), attention
    for rule in _MILD:
        found = rule(teller)
        if found:
            text, href, on, at = found
            return _line(text, href, on, at, "warn", teller), None
    text = "Nothing is open." if teller.facts.deals and not teller.open else "None on record."
    return Line("risk", LABELS["risk"], text), None


def _line(text, href, on, at, tone, teller):
    """Its link is the sentence without its stop, a link in a text like those of the other lines."""
    age, phrase = teller.age(on, at, "risk"), text.rstrip(".")
    return Line("risk", LABELS["risk"], text, href, on, at, tone=tone, age=age, phrase=phrase)


def _waiting(t):
    standing = t.facts.standing
    if standing.rule == "waiting" and (t.today - standing.since_on).days >= _PATIENCE:
        whose = "your" if t.seller else "the seller’s"
        text = f"They have waited {_days(t.today - standing.since_on)} for {whose} answer."
        href = t.activity_href(standing.source) if standing.source else t.page
        return Attention.WAITING, text, href, standing.since_on
    return None


def _late(t):
    step = t.facts.standing.next_step
    if step and step.due_on and step.due_on < t.today:
        whose = "Your" if t.seller else "The seller’s"
        text = f"{whose} “{step.what}” is {_days(t.today - step.due_on)} late."
        return Attention.LATE, text, t.step_href(step), step.due_on
    return None


def _they_late(t):
    step = t.facts.standing.their_step
    if step and step.due_on and step.due_on < t.today:
        whose = f"{step.who}’s" if step.who else "Their"
        text = f"{whose} “{step.what}” is {_days(t.today - step.due_on)} late."
        return Attention.THEY_LATE, text, t.step_href(step), step.due_on
    return None


def _close(t):
    for deal in _open(t):
        if deal.close_on and deal.close_on < t.today:
            text = f"The close date{_of(t, deal)} passed {_days(t.today - deal.close_on)} ago."
            return Attention.CLOSE, text, _page(deal), deal.close_on
    return None


def _no_step(t):
    standing = t.facts.standing
    if t.parked or not (t.open or not t.facts.deals) or t.next() is not None:
        return None
    on = standing.last_on or t.facts.made_on
    return Attention.NO_STEP, "Nothing is planned next.", t.page, on


def _quiet(t):
    standing = t.facts.standing
    if t.parked or not (t.open or not t.facts.deals):
        return None
    if standing.attempts >= t.installation.silence_budget:
        since = standing.first_attempt_on
        text = f"{standing.attempts} tries went unanswered since {t.day(since)}."
        return Attention.QUIET, text, t.page, since
    since = standing.last_two_way_on or standing.first_attempt_on
    if since and (t.today - since).days > t.installation.quiet_days:
        return Attention.QUIET, f"Nobody has answered for {_days(t.today - since)}.", t.page, since
    return None


def _slipped(t):
    for deal in _open(t):
        if deal.slips >= _SLIPS:
            text = f"The close date{_of(t, deal)} has slipped {deal.slips} times, by {_days(deal.slipped_days)} in all."
            return Attention.SLIPPED, text, _page(deal), deal.changed_on
    return None


def _resting(t):
    for deal in _open(t):
        if deal.stage_since and (t.today - deal.stage_since).days > deal.rot_days:
            who = "you allow" if t.seller else "the seller allows"
            rested = _days(t.today - deal.stage_since)
            text = f"{_subject(t, deal)} has rested in {deal.stage} for {rested}; {who} {deal.rot_days}."
            return Attention.RESTING, text, _page(deal), deal.stage_since
    return None


def _unmet(t):
    for deal in _open(t):
        if deal.unmet:
            text = f"{deal.unmet}{_of(t, deal)}, and has not taken part in anything yet."
            return Attention.UNMET, text, _page(deal), deal.changed_on
    return None


def _unknown(t):
    for deal in _open(t):
        missing = [word for word, value in (("amount", deal.amount), ("close date", deal.close_on)) if value is None]
        if missing:
            text = f"{_subject(t, deal)} has no {' and no '.join(missing)}."
            return Attention.UNKNOWN, text, _page(deal), deal.changed_on
    return None


def _late_today(t):
    """A step of the seller's of that very day, whose time went by; on a past day all times had, by its end."""
    step = t.facts.standing.next_step
    if t.parked or not step or step.due_on != t.today or not step.due_time:
        return None
    at = clock.instant(step.due_on, step.due_time)
    if t.today == clock.today() and clock.now() - at < _MILD_LATE:
        return None
    whose = "Your" if t.seller else "The seller’s"
    return f"{whose} “{step.what}” was due at {clock_words(step.due_time)}.", t.step_href(step), step.due_on, at


def _slipped_twice(t):
    for deal in _open(t):
        if deal.slips >= _MILD_SLIPS:
            text = f"The close date{_of(t, deal)} has slipped twice, by {_days(deal.slipped_days)} in all."
            return text, _page(deal), deal.changed_on, None
    return None


_RULES = (_waiting, _late, _they_late, _close, _no_step, _quiet, _slipped, _resting, _unmet, _unknown)
_MILD = (_late_today, _slipped_twice)  # said where nothing worse is known; nothing needs attention by them


def _open(t):
    """The open deals, the one that matters first; none of a prospect that is left in peace."""
    return [] if t.parked else sorted(t.open, key=weight)


def _of(t, deal):
    return f" of {deal.name}" if len(t.open) > 1 else ""


def _subject(t, deal):
    return deal.name if len(t.open) > 1 else "The deal"


def _page(deal):
    return f"/deals/{deal.pk}/"


def _days(span):
    """ "1 day", "5 days", of a number or a timedelta."""
    span = getattr(span, "days", span)
    return "1 day" if span == 1 else f"{span} days"
