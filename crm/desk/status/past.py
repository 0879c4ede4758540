"""The deals as they were known by the end of a past day: from DealChange, and from what submissions did to the rest.

A deal that nothing was recorded of since stands as it stands now. Any other was what its last change by then says; its
prospect and how it ended, which DealChange does not hold, are taken back through the effects of later submissions.
What an Undo has taken back since counts on no day, as in the brief. Names and the chances of stages are those of now.
"""

from collections import defaultdict, namedtuple
from datetime import date

from django.db.models import Exists, OuterRef, Q

from accounts.models import Activity, Effect, Prospect
from crm.desk.brief.past import there
from crm.desk.brief.reading import visible
from crm.web import clock
from deals.models import Deal, DealChange

from .rows import DEAL, PROSPECT, STAGE, Home, Row, Stage, home_of
from .silent import Silence
from .undone import known_before


def rows(day, period):
    """[Row] of the deals that were open then, and of those that had ended in the period. Four queries at most."""
    end = clock.day_bounds(day)[1]
    found = _candidates(end, period)
    changed = [pk for pk, (_, is_changed) in found.items() if is_changed]
    states = _states(changed, end) if changed else {}
    _take_back(found, end)
    kept = []
    for pk, (row, _) in found.items():
        if pk in states:
            row.stage, row.amount, row.close_on, row.outcome = states[pk]
        if row.outcome == "open":
            row.ended_on, row.reason = None, ""
            kept.append(row)
        elif row.ended_on and period.first <= row.ended_on <= period.last:
            kept.append(row)
    return kept


def _candidates(end, period):
    """{deal: (Row as of now, whether anything is recorded of it since)} of all that may belong to the page."""
    changes = DealChange.objects.filter(deal=OuterRef("pk"))
    since = Exists(changes.filter(known_at__gte=end))
    ended = Q(ended_on__range=(period.first, period.last))
    deals = there(Deal, end).filter(Exists(changes.filter(known_at__lt=end))).annotate(since=since)
    deals = deals.filter(Q(outcome="open") | ended | Q(changed_at__gte=end) | Q(since=True))
    found, homes = {}, {}
    names = (*DEAL, *STAGE, *(f"prospect__{name}" for name in PROSPECT), "trashed_at", "since")
    for values in deals.order_by("pk").values_list(*names):
        *rest, trashed_at, is_changed = values
        home = home_of(rest[-len(PROSPECT) :], homes)
        row = Row(*rest[:8], Stage(*rest[8:12]), home, gone=trashed_at is not None)
        found[row.pk] = row, is_changed
    return found


_Change = namedtuple("_Change", "pk deal stage name position chance amount close_on outcome known_at undoes entry")


def _states(deals, end):
    """{deal: (Stage, amount, close date, outcome)} as of then."""
    names = ("pk", "deal_id", *STAGE, "amount", "close_on", "outcome", "known_at", "undoes_id", "entry_id")
    changes, stages = defaultdict(list), {}
    for values in DealChange.objects.filter(deal__in=deals).order_by("known_at", "pk").values_list(*names):
        change = _Change(*values)
        changes[change.deal].append(change)
        stages[change.stage] = Stage(*values[2:6])
    found = {}
    for deal, rows in changes.items():
        last = known_before(rows, end)[-1]
        found[deal] = stages[last.stage], last.amount, last.close_on, last.outcome
    return found


# What DealChange does not hold ----------------------------------------------------------------------

_HELD_BY_EFFECTS = ("prospect", "ended_on", "end_reason")


def _take_back(found, end):
    """Set prospect, day and reason of the end to what they were, where a submission changed them since."""
    later = {"entry__received_at__gte": end, "entry__undone_at": None, "action": Effect.CHANGED}
    effects = Effect.objects.filter(record_type="deals.deal", record_id__in=found, **later).order_by("pk")
    values = defaultdict(dict)
    for deal, before in effects.values_list("record_id", "before"):
        for name in _HELD_BY_EFFECTS:
            if name in before:
                values[deal].setdefault(name, before[name])  # the first change since says what was before it
    homes = {was["prospect"] for was in values.values() if was.get("prospect")}
    homes = Prospect.everything.filter(pk__in=homes).values_list(*PROSPECT) if homes else ()
    homes = {row[0]: Home(*row) for row in homes}
    for deal, was in values.items():
        row = found[deal][0]
        if "prospect" in was:
            row.prospect = homes.get(was["prospect"])
        if "ended_on" in was:
            row.ended_on = was["ended_on"] and date.fromisoformat(was["ended_on"])
        row.reason = was.get("end_reason", row.reason)


# Silence --------------------------------------------------------------------------------------------


def silences(rows, day, audience, installation):
    """{prospect: Silence} of these rows, as of then."""
    end, homes = clock.day_bounds(day)[1], {row.prospect.pk for row in rows if row.prospect}
    counted = visible(there(Activity, end), audience).filter(known_at__lt=end, prospect__in=homes)
    counted = counted.filter(Q(two_way=True) | Q(attempt=True)).in_order()
    spoke, tries = {}, defaultdict(list)
    for home, on, two_way, known_at in counted.values_list("prospect_id", "on", "two_way", "known_at"):
        if two_way:
            spoke[home] = on
            tries.pop(home, None)
        else:
            tries[home].append((on, known_at))
    budget, found = max(installation.silence_budget, 1), {}
    for home in homes:
        made = tries.get(home, [])
        enough = made[budget - 1][1] if len(made) >= budget else None
        found[home] = Silence(spoke.get(home), made[0][0] if made else None, len(made), enough)
    return found
