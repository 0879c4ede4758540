"""Records that were here before: what a file may change of them, and what it leaves alone."""

from accounts.numbers import e164
from deals.models import Deal

CALLED = {"prospect_phone": "phone"}  # a field's name in the planner → on the model
_IDS = {"prospect": "prospect_id", "stage": "stage_id", "deal": "deal_id"}


def differences(record, values, mine):
    """(changes, kept) between a record and what a file says of it.

    `mine`: nobody changed it here since an import wrote it, so the file may; otherwise only what is empty is
    filled, and `kept` names what the file says otherwise.
    """
    changes, kept = {}, []
    for name, value in values.items():
        if name in ("emails", "phones"):
            _addresses(record, name, value, changes)
            continue
        if name == "extra":
            merged = {**record.extra, **value}
            if merged != record.extra:
                changes["extra"] = merged
            continue
        attribute = _IDS.get(name) or CALLED.get(name, name)
        old = getattr(record, attribute)
        if old == value:
            continue
        if mine or old in (None, ""):
            changes[attribute] = value
        else:
            kept.append(attribute)
    if isinstance(record, Deal):
        _whole(record, changes)
    return changes, kept


def _addresses(record, name, value, changes):
    if name == "emails":
        old = [[e.raw, e.label] for e in record.emails.all()]
        there = {e.raw.casefold() for e in record.emails.all()}
        new = [list(pair) for pair in value if pair[0].casefold() not in there]
    else:
        old = [[p.raw, p.label, p.wrong] for p in record.phones.all()]
        there = {p.raw for p in record.phones.all()} | {p.e164 for p in record.phones.all()}
        new = [[raw, label, False] for raw, label in value if raw not in there and (e164(raw) or raw) not in there]
    if new:
        changes[name] = old + new


def _whole(deal, changes):
    """Outcome and end date change together: an open deal has none, an ended one is not half ended."""
    outcome = changes.get("outcome", deal.outcome)
    if outcome == Deal.Outcome.OPEN:
        if deal.outcome != Deal.Outcome.OPEN:
            changes |= {"ended_on": None, "end_reason": ""}
        else:
            changes.pop("ended_on", None)
