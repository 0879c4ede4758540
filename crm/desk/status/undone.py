"""A history as it was known by a moment, without what an Undo has taken back since: that counts on no day."""

FIELDS = ("stage", "amount", "close_on", "outcome")


def known_before(changes, end):
    """The rows of one deal's changes that were known before `end`, oldest first, each as it is without those.

    `changes` are named tuples with FIELDS, pk, known_at, undoes and entry. A source dates by the day: on one instant
    the end comes last; and a bulk-written history of stages knows no close date: there it is what it was before.
    """
    taken_back = {row.undoes for row in changes if row.undoes and row.known_at >= end}
    rows = [row for row in changes if row.known_at < end]
    rows.sort(key=lambda row: (row.known_at, row.entry is None and row.outcome != "open", row.pk))
    found, state, before = [], {}, None
    for row in dated(rows):
        values = {name: getattr(row, name) for name in FIELDS}
        if before is None:
            state = values
        elif row.pk not in taken_back:
            state = {name: value if value != before[name] else state[name] for name, value in values.items()}
        before = values
        if row.pk not in taken_back or not found:
            found.append(row._replace(**state))
    return found


def dated(rows):
    """The rows with the close date of the one before where an imported history has none."""
    close = None
    for row in rows:
        if row.entry is None and row.close_on is None:
            row = row._replace(close_on=close)
        close = row.close_on
        yield row
