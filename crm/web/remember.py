"""Answers remembered until the database changes at all.

SQLite tells, without a query on a table, whether anything was written: `data_version` moves with every
commit of another connection, `total_changes` with every write of one's own. While neither moved, what was
worked out from the tables is still true. Elsewhere nothing is remembered.
"""

import threading
from collections import OrderedDict

from django.db import connection

_local = threading.local()
_MOST = 64


def remembered(key, compute, written=None):
    """`compute()`, or what it gave for `key` last time in this thread if nothing was written since.

    `written`: how often this process wrote what it depends on, where somebody counts that; then this thread's own
    other writes do not matter, and what others write still does.

    `key` must hold everything else the answer depends on: the minute, the user, the formats. Inside a
    transaction nothing is remembered, since it may yet be rolled back. Treat the value as read-only.
    """
    state = _state()
    if state is None:
        return compute()
    if written is not None:
        state = (*state[:2], written)
    kept = _local.__dict__.setdefault("kept", OrderedDict())
    hit = kept.get(key)
    if hit and hit[0] == state:
        kept.move_to_end(key)
        return hit[1]
    value = compute()
    kept[key] = (state, value)
    kept.move_to_end(key)
    while len(kept) > _MOST:
        kept.popitem(last=False)
    return value


def _state():
    """Equal only while nothing was written to this database; None where that cannot be told."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    connection.ensure_connection()
    raw = connection.connection
    return raw, raw.execute("PRAGMA data_version").fetchone()[0], raw.total_changes
