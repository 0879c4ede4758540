"""Which digest is due for a plan."""

from datetime import timedelta

from crm.web import clock


def due_on(plan, now=None):
    """The day of the last digest that was due by `now` (an instant), or None.

    Only the last one: a machine that slept through three days sends one digest, not three. Nothing that was due
    before the plan was made or changed.
    """
    now = now or clock.now()
    for back in range(8):
        day = clock.day_of(now) - timedelta(days=back)
        if plan.falls_on(day):
            at = clock.instant(day, plan.at)
            if at <= now:
                return day if at >= plan.since else None
    return None


def next_on(plan, now=None):
    """(day, time) of the next one, for the page; None when it is off."""
    now = now or clock.now()
    for ahead in range(8):
        day = clock.day_of(now) + timedelta(days=ahead)
        if plan.falls_on(day) and clock.instant(day, plan.at) > now:
            return day, plan.at
    return None
