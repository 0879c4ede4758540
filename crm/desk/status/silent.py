"""Which accounts have gone silent after a moment: the same measure as the brief's "gone quiet"."""

from datetime import timedelta

from crm.web import clock
from crm.web.formats import day

from .changed import KINDS, Told


def gone_silent(rows, since_at, today, installation):
    """[Told] of the accounts of these open deals that went silent after `since_at`; those in peace are left out."""
    found, seen = [], set()
    for row in rows:
        who = row.prospect
        if who is None or who.pk in seen or not row.silence or (who.parked_until and who.parked_until > today):
            continue
        seen.add(who.pk)
        moment, words = _since(row.silence, today, installation)
        if moment is not None and moment > since_at:
            heard = row.silence.last_two_way_on
            old = f"heard {day(heard, 'short')}" if heard else ""
            on = clock.day_of(moment)
            href = f"/prospects/{who.pk}/"
            found.append(Told(KINDS["silent"], who.name, "", words, old, words, on, None, href, who.pk, (moment, 0)))
    return found


def _since(silence, today, installation):
    """(instant that the account went silent, in words), or (None, "") while it has not."""
    start = silence.last_two_way_on or silence.first_attempt_on
    away = (today - start).days if start else 0
    by_days = by_tries = None
    if start and away > installation.quiet_days:
        by_days = clock.day_bounds(start + timedelta(days=installation.quiet_days + 1))[0]
    if silence.attempts and silence.attempts >= installation.silence_budget:
        by_tries = silence.enough_at or clock.day_bounds(silence.first_attempt_on)[0]
    if by_tries and (by_days is None or by_tries <= by_days):
        return by_tries, f"{silence.attempts} tries since {day(silence.first_attempt_on, 'short')}, no answer"
    return by_days, f"Nobody has answered for {away} days" if by_days else ""
