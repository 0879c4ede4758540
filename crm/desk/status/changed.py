"""What changed of the deals between a moment and now, each change once: what was then beside what is now.

Read from DealChange. Then and now are compared, not every step between: a deal that slipped and was pulled in again has
not changed, nor has one whose change was undone. A change that was there then and was undone since is told as
taken back, and counts as nothing else. docs/status.md has the rules.
"""

from collections import Counter, defaultdict, namedtuple
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from crm.desk.brief.past import there
from crm.web import clock
from crm.web.formats import day, money
from deals.models import Deal, DealChange
from deals.stands import times as often

from .undone import dated, known_before

Kind = namedtuple("Kind", "code icon tone one many")

KINDS = {
    kind.code: kind
    for kind in (
        Kind("new", "plus", "", "new", "new"),
        Kind("won", "trophy", "good", "won", "won"),
        Kind("lost", "circle-x", "bad", "lost", "lost"),
        Kind("walked", "footprints", "", "walked away from", "walked away from"),
        Kind("reopened", "handshake", "", "reopened", "reopened"),
        Kind("forward", "arrow-right", "good", "moved forward", "moved forward"),
        Kind("back", "corner-down-left", "bad", "moved back", "moved back"),
        Kind("slipped", "history", "bad", "slipped", "slipped"),
        Kind("pulled-in", "trending-up", "good", "pulled in", "pulled in"),
        Kind("grew", "arrow-up", "good", "grew", "grew"),
        Kind("shrank", "arrow-down", "bad", "shrank", "shrank"),
        Kind("silent", "bell-off", "warn", "gone silent", "gone silent"),
        Kind("filled", "pencil", "", "amount or date set", "amounts or dates set"),
        Kind("removed", "trash-2", "bad", "put in the trash", "put in the trash"),
        Kind("undone", "undo-2", "", "taken back", "taken back"),
    )
}
_COLUMNS = (
    "pk", "deal_id", "stage_id", "stage__name", "stage__position", "amount", "close_on", "outcome", "on", "at",
    "known_at", "undoes_id", "entry_id", "deal__name", "deal__trashed_at", "deal__slips", "deal__end_reason",
    "deal__prospect_id", "deal__prospect__name",
)  # fmt: skip
_Change = namedtuple(
    "_Change",
    "pk deal stage stage_name position amount close_on outcome on at known_at undoes entry name trashed_at slips reason"
    " prospect prospect_name",
)
_FIELDS = ("stage", "amount", "close_on", "outcome")


@dataclass(slots=True)
class Told:
    """One line. `old` and `new` are the values, for the file; `sort` places it among the others, the newest first."""

    kind: Kind
    name: str
    deal: str
    words: str
    old: str
    new: str
    on: date
    at: datetime | None
    href: str
    prospect_id: int | None = None
    sort: tuple = ()


def changed(since, *, until=None, reasons=True):
    """[Told] of what was recorded after `since` (instant, id of the last DealChange then or None), newest first.

    `until`: an instant; only what was known before it is read. `reasons`: say why a deal ended, as it is on record now.
    """
    found = []
    for rows in _by_deal(since, until).values():
        before, after = _parted(rows, since, until)
        found += _of_deal(before, after, reasons, past=until is not None)
    return sorted(found, key=lambda told: told.sort, reverse=True)


def counts(told):
    """[(Kind, how many)] in the order of KINDS."""
    number = Counter(one.kind.code for one in told)
    return [(kind, number[kind.code]) for kind in KINDS.values() if number[kind.code]]


def summary(told):
    """ "2 new, 1 slipped, 1 gone silent": for the head of the list."""
    return ", ".join(f"{number} {kind.one if number == 1 else kind.many}" for kind, number in counts(told))


# Reading -------------------------------------------------------------------------------------------


def _by_deal(since, until):
    """{deal: all its changes, in the order in which they became known} of the deals that changed."""
    at, last = since
    recorded = Q(pk__gt=last) if last is not None else Q(known_at__gt=at)
    if until is not None:
        recorded &= Q(known_at__lt=until)
    changed = Q(pk__in=DealChange.objects.filter(recorded).values("deal"))
    if until is None:
        deals = Deal.everything.filter(changed | Q(trashed_at__gt=at))
    else:
        deals = there(Deal, until).filter(changed)
    found = defaultdict(list)
    for values in DealChange.objects.filter(deal__in=deals).order_by("known_at", "pk").values_list(*_COLUMNS):
        found[values[1]].append(_Change(*values))
    return found


def _parted(rows, since, until):
    """(what was recorded up to `since`, what was recorded after it); of a past day without what was undone since."""
    at, last = since
    names = {row.stage: (row.stage_name, row.position) for row in rows}
    rows = list(dated(rows)) if until is None else known_before(rows, until)
    if until is not None:
        rows = [row._replace(stage_name=names[row.stage][0], position=names[row.stage][1]) for row in rows]
    after = [row for row in rows if (row.pk > last if last is not None else row.known_at > at)]
    taken = {row.pk for row in after}
    return [row for row in rows if row.pk not in taken], after


# Telling -------------------------------------------------------------------------------------------


def _of_deal(before, after, reasons, past):
    then = before[-1] if before else None
    now = after[-1] if after else then
    if now is None:
        return
    if now.trashed_at is not None and not past:
        if then is not None and then.outcome == "open":
            yield _removed(then, now)
        return
    if then is None:
        yield _told("new", after[0], "", _whole(now), f"New: {_whole(now)}")
    moment = _moment("outcome", then, after)
    if now.outcome != "open" and (then is None or then.outcome != now.outcome):
        yield _ended(then, now, moment, reasons, _undid(moment, before))
    elif now.outcome == "open" and then is not None and then.outcome != "open":
        old = _ENDED[then.outcome]
        yield _told("reopened", moment, old, "Open", f"Open again, was {old.lower()}", undone=_undid(moment, before))
    if then is None or now.outcome != "open":
        return
    for field, tell in (("stage", _moved), ("close_on", _dated_anew), ("amount", _priced)):
        if getattr(then, field) != getattr(now, field):
            moment = _moment(field, then, after)
            yield _told(*tell(then, now, moment), undone=_undid(moment, before))


def _moment(field, then, after):
    """The change that gave the field the value it has now."""
    found, value = after[-1] if after else then, getattr(then, field) if then else None
    for row in after:
        if getattr(row, field) != value:
            found, value = row, getattr(row, field)
    return found


def _undid(moment, before):
    """Whether that change took back one that was there before."""
    return moment.undoes is not None and any(row.pk == moment.undoes for row in before)


_ENDED = {"won": "Won", "lost": "Lost", "walked": "Walked away", "open": "Open"}


def _whole(row):
    close = f", closing {day(row.close_on, 'short')}" if row.close_on else ""
    return f"{money(row.amount)}{close}, in {row.stage_name}"


def _ended(then, now, moment, reasons, undone):
    words = _ENDED[now.outcome]
    if now.amount is not None:
        was = f" (was {money(then.amount)})" if then and then.amount not in (None, now.amount) else ""
        words += f"{' at' if now.outcome == 'won' else ','} {money(now.amount)}{was}"
    if reasons and now.reason:
        words += f": {now.reason}"
    old = _ENDED[then.outcome] if then else ""
    return _told(now.outcome, moment, old, _ENDED[now.outcome], words, undone=undone)


def _moved(then, now, moment):
    kind = "forward" if now.position > then.position else "back"
    return kind, moment, then.stage_name, now.stage_name, f"{then.stage_name} to {now.stage_name}"


def _dated_anew(then, now, moment):
    old, new = (day(value, "short") if value else "" for value in (then.close_on, now.close_on))
    if not (then.close_on and now.close_on):
        words = f"Close date set to {new}" if new else f"Close date taken out, was {old}"
        return "filled", moment, old, new, words
    days = (now.close_on - then.close_on).days
    kind = "slipped" if days > 0 else "pulled-in"
    how = f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}"
    times = f", slipped {often(now.slips)} in all" if days > 0 and now.slips > 1 else ""
    return kind, moment, old, new, f"Close date {old} to {new}, {how}{times}"


def _priced(then, now, moment):
    old, new = (money(value) if value is not None else "" for value in (then.amount, now.amount))
    if not (old and new):
        return "filled", moment, old, new, f"Amount set to {new}" if new else f"Amount taken out, was {old}"
    grew = now.amount > then.amount
    by = money(abs(now.amount - then.amount))
    return "grew" if grew else "shrank", moment, old, new, f"{old} to {new}, {by} {'more' if grew else 'less'}"


def _removed(then, now):
    words = f"Put in the trash: {_whole(then)}"
    told = _told("removed", now, _whole(then), "", words)
    told.href, told.on, told.at = "", clock.day_of(now.trashed_at), now.trashed_at
    told.sort = (now.trashed_at, now.pk)
    return told


def _told(kind, row, old, new, words, *, undone=False):
    if undone:
        kind, words = "undone", f"Taken back: {words[0].lower() if words[1:2].islower() else words[0]}{words[1:]}"
    href = "" if row.trashed_at else f"/deals/{row.deal}/"
    sort = (row.known_at, row.pk)
    name = row.prospect_name or row.name
    return Told(KINDS[kind], name, row.name, words, old, new, row.on, row.at, href, row.prospect, sort)
