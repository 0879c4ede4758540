"""What happened in a deal: its activities with its own history woven in, newest first, a page at a time."""

from dataclasses import dataclass

from accounts import timeline

HISTORY = "history"
KINDS = timeline.KINDS


@dataclass
class Woven:
    """`rows` are (activity item, None) or (None, told change); `older`: the activity's handle to ask on with."""

    rows: list
    older: object
    kind: str


def page(deal, user, changes, *, kind="", before=""):
    """The newest rows older than the activity `before` (its handle), of one kind or of all.

    `changes`: as history.told gives them.
    """
    if kind == HISTORY:
        return Woven([(None, change) for change in changes], None, kind)
    activities = deal.activities.visible_to(user)
    shown = timeline.page(activities, kind=kind, before=before, reader=user)
    rows = [(_when(item.activity), item, None) for item in shown.items]
    if not shown.kind:
        newest = _when(shown.last) if shown.last else None
        oldest = rows[-1][0] if shown.older and rows else None
        between = [
            change
            for change in changes
            if (newest is None or _when(change) < newest) and (oldest is None or _when(change) >= oldest)
        ]
        rows += [(_when(change), None, change) for change in between]
        rows.sort(key=lambda row: row[0], reverse=True)
    return Woven([row[1:] for row in rows], shown.older, shown.kind)


def _when(happened):
    """Its place in time: by day, day-only ones before timed ones."""
    return happened.on, happened.at is not None, happened.at.timestamp() if happened.at else 0
