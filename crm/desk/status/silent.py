"""Which accounts have gone silent after a moment: the same measure as the brief's "gone quiet"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Activity, Standing
from crm.desk.brief.reading import visible
from crm.web import clock
from crm.web.formats import day
from deals.models import Deal

from .changed import KINDS, Told


@dataclass(slots=True)
class Silence:
    """Days and tries as in its standing; `enough_at`: when the try that used up the silence budget became known."""

    last_two_way_on: date | None
    first_attempt_on: date | None
    attempts: int
    enough_at: datetime | None


def stored(audience, installation, today, since=None):
    """{prospect: Silence} of the open accounts, as their standings have it.

    `since`: an instant; then only of those that may have gone silent after it, a few of thousands.
    """
    budget = max(installation.silence_budget, 1)
    rows = _standings(audience, budget)
    if since is not None:
        start, quiet = Coalesce("last_two_way_on", "first_attempt_on"), timedelta(days=installation.quiet_days + 1)
        rows = rows.alias(start=start).filter(start__gte=clock.day_of(since) - quiet)
        rows = rows.filter(Q(start__lte=today - quiet) | Q(attempts__gte=budget))
    return {pk: Silence(*row) for pk, *row in rows.all()}


@lru_cache  # building it costs as much as its answer
def _standings(audience, budget):
    """(prospect's id, *values of its Silence) of all open accounts."""
    accounts = Deal.objects.filter(outcome="open").order_by().values("prospect")
    rows = Standing.objects.filter(audience=audience, deal=None, prospect__in=accounts)
    columns = ("prospect_id", "last_two_way_on", "first_attempt_on", "attempts")
    return rows.values_list(*columns, _enough(audience, budget))


def _enough(audience, budget):
    """When the try that used up the budget became known; asked only where there were so many."""
    spoke = Coalesce(OuterRef("last_two_way_on"), Value(date(1900, 1, 1)))
    after = Q(on__gt=spoke) | Q(on=spoke, at__gt=OuterRef("last_two_way_at"))
    tries = visible(Activity.objects, audience).filter(after, prospect=OuterRef("prospect"), attempt=True).in_order()
    nth = Subquery(tries.values("known_at")[budget - 1 : budget])
    return Case(When(attempts__gte=budget, then=nth), default=None)


def gone_silent(rows, silences, since_at, today, installation):
    """[Told] of the accounts of these open deals that went silent after `since_at`; those in peace are left out."""
    found, seen = [], set()
    for row in rows:
        who = row.prospect
        silence = silences.get(who.pk) if who else None
        if silence is None or who.pk in seen or (who.parked_until and who.parked_until > today):
            continue
        seen.add(who.pk)
        moment, words = _since(silence, today, installation)
        if moment is not None and moment > since_at:
            heard = silence.last_two_way_on
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
