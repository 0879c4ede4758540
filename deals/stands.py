"""Where a deal stands, in one sentence: its stage, the one thing that is wrong or whose move it is, its slips.

    In Proposal, but your “Call Dana” is 2 days late. Slipped twice, by 21 days.
    In Evaluating, your move since Tue Mar 10: you promised: Send the price by Thu Mar 12.
    Won on Mar 9 at $45,000, 62 days after it was opened: “two-year price”.

Everything in it is computed from records; private lines count for the seller alone, as the standing does.
"""

from django.utils.html import format_html

from accounts.standing import in_words
from crm.web.templatetags.callback import day, day_words, money

from .trouble import days


def sentence(deal, installation, today, *, seller=True):
    """The sentence as safe HTML. `deal` as `for_cards` gives it, marked; `seller`: who reads it."""
    if not deal.is_open:
        return format_html("{}{}", _ended(deal), _slips(deal))
    wrong = _wrong(deal, installation, today, seller)
    if wrong:
        return format_html("In <b>{}</b>, but {}.{}", deal.stage.name, wrong, _slips(deal))
    return format_html("In <b>{}</b>, {}.{}", deal.stage.name, _move(deal.standing, seller), _slips(deal))


def _wrong(deal, installation, today, seller):
    standing = deal.standing
    match deal.trouble:
        case "late":
            step = standing.next_step
            return format_html("{} step “{}” is <b>{} late</b>", _whose(seller), step.what, days(today - step.due_on))
        case "they-late":
            step = standing.their_step
            who = f"{step.contact.first_name}’s" if step.contact else "their"
            return format_html("{} step “{}” is <b>{} late</b>", who, step.what, days(today - step.due_on))
        case "close":
            return format_html("its close date <b>passed {} ago</b>", days(today - deal.close_on))
        case "no-step":
            why = f": {in_words(standing.why)}" if standing else ""
            return format_html("<b>nothing is planned next</b>{}", why)
        case "quiet" if standing.attempts >= installation.silence_budget:
            return format_html(
                "<b>{} tries</b> went unanswered since {}", standing.attempts, day(standing.first_attempt_on)
            )
        case "quiet":
            return format_html("nobody has answered <b>for {}</b>", days(standing.silent_days(today)))
        case "rotting":
            return format_html(
                "it has rested there <b>for {}</b>; {} is what {}",
                days(today - deal.stage_since),
                days(deal.stage.rot_days),
                "you allow" if seller else "the seller allows",
            )
    return ""


def _move(standing, seller):
    if standing is None:
        return "and nothing has happened yet"
    whose = f"{_whose(seller)} move" if standing.move == "mine" else "their move"
    return format_html("{} since {}: {}", whose, day_words(standing.since_on), in_words(standing.why))


def _whose(seller):
    return "your" if seller else "the seller’s"


def _ended(deal):
    how = {"won": "Won", "lost": "Lost", "walked": "Walked away"}[deal.outcome]
    after = (deal.ended_on - deal.opened_on).days if deal.ended_on and deal.opened_on else None
    at = f" at {money(deal.amount)}" if deal.outcome == "won" and deal.amount is not None else ""
    took = f", {days(after)} after it was opened" if after is not None and after >= 0 else ""
    why = format_html(': <span class="said">{}</span>', deal.end_reason) if deal.end_reason else ""
    return format_html("<b>{}</b> on {}{}{}{}.", how, day(deal.ended_on), at, took, why)


def _slips(deal):
    if not deal.slips:
        return ""
    return (
        f" Slipped {times(deal.slips)}, by {days(deal.slipped_days)} in all."
        if deal.slips > 1
        else (f" Slipped once, by {days(deal.slipped_days)}.")
    )


def times(count):
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
