"""What a card or a row says of a deal, worked out once for all that show it."""

from datetime import date

from accounts.models import Standing, Step
from crm.web.templatetags.callback import clock, day

from . import trouble

_STANDING = (
    "deal", "move", "since_on", "why", "attempts", "last_two_way_on", "first_attempt_on", "next_due_on", "their_due_on",
    *(
        f"{step}__{name}"
        for step in ("next_step", "their_step")
        for name in ("what", "owner", "due_on", "due_time", "contact__name")
    ),
)  # fmt: skip


def dress(deals, user, installation, today):
    """These deals (of `for_cards`, marked) as a list, each with `.wrong`, `.move`, `.silence`, `.here`, `.rots`."""
    deals = list(deals)
    if any(deal.standing is None for deal in deals):
        standings = {row.deal_id: row for row in _standings(deals, user)}
        for deal in deals:
            deal.standing = standings.get(deal.pk)
    for deal in deals:
        deal.wrong = trouble.reason(deal, installation, today)
        deal.move = next_move(deal.standing, today)
        deal.silence = silence(deal.standing, today)
        deal.here = max((today - deal.stage_since).days, 0) if deal.stage_since else None
        deal.rots = deal.here is not None and deal.here > deal.stage.rot_days
    return deals


def _standings(deals, user):
    rows = Standing.objects.filter(deal__in=[deal.pk for deal in deals], audience=Standing.Audience.of(user))
    return rows.select_related("next_step__contact", "their_step__contact").only(*_STANDING)


def next_move(standing, today):
    """(owner, words, when) of the step that is due first, theirs or the seller's; None without one."""
    steps = [step for step in (standing and standing.next_step, standing and standing.their_step) if step]
    if not steps:
        return None
    step = min(steps, key=lambda s: s.due_on or date.max)
    who = f"{step.contact.first_name}: " if step.owner == Step.Owner.THEM and step.contact else ""
    return step.owner, f"{who}{step.what}", due_words(step, today)


def due_words(step, today):
    """ "10:00 am" (today), "today", "tomorrow", "Fri" (within the week), "Mar 25"; "" without a day."""
    if step.due_on is None:
        return ""
    away = (step.due_on - today).days
    if away == 0:
        return clock(step.due_time) or "today"
    if away == 1:
        return "tomorrow"
    return f"{step.due_on:%a}" if 1 < away < 7 else day(step.due_on, "short")


def silence(standing, today):
    """ "heard today", "silent 6 d", "2 tries, no answer", "not in touch yet"."""
    if standing is None or (standing.last_two_way_on is None and not standing.attempts):
        return "not in touch yet"
    if standing.last_two_way_on is None:
        return f"{standing.attempts} {'try' if standing.attempts == 1 else 'tries'}, no answer"
    days = (today - standing.last_two_way_on).days
    return "heard today" if days <= 0 else f"silent {days} d"
