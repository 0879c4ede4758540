"""The full-text index: FTS5 on SQLite, tsvector on PostgreSQL, behind a few functions.

A document is one record's searchable text, kept folded (`crm.web.text.fold`), so that case and accents
do not count whatever the database does. `kind` is one of KINDS; the document of (kind, id) is replaced
by `put`, taken out by `drop`. Queries are words, each matched as a prefix, all of which must occur.

Nothing here ranks by frequency: bm25 reads every match, and a word like "called" is in half of all
activities. Names have a table of their own, so that finding them does not read what was said; in each table a
kind's documents have neighbouring rowids, so the first few matches of a kind are read and no more.
"""

# ruff: noqa: S608 (no SQL here is made of anything but constants of this module)

from django.db import connection

from .text import fold

KINDS = ("prospect", "contact", "deal", "activity", "step")
# Names are found best first: those that begin so, then any word of the name, then the rest of the document.
NAMES = ("prospect", "contact", "deal")
TABLES = ("nameindex", "textindex")
_SHIFT = 40  # rowid = (kind's index << _SHIFT) + id: each kind is a range, and a document is replaced without a scan
_CHUNK = 500
_WHOLE = 1000  # from this limit on all matches are wanted, and their order does not matter


def put(documents, *, fresh=False):
    """Store `documents`, an iterable of (kind, id, private, title, body). `fresh`: none of them is here yet."""
    rows = [
        (_rowid(kind, pk), bool(private), kind, fold(title), fold(body)) for kind, pk, private, title, body in documents
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            if not fresh:
                _delete(cursor, [row[0] for row in chunk])
            for table in TABLES:
                _insert(cursor, table, [row for row in chunk if _table(row[2]) == table])


def _insert(cursor, table, rows):
    if not rows:
        return
    if connection.vendor == "sqlite":
        cursor.executemany(
            f"INSERT INTO {table} (rowid, private, kind, title, body) VALUES (%s, %s, %s, %s, %s)",
            [(rowid, int(private), kind, title, body) for rowid, private, kind, title, body in rows],
        )
    else:
        cursor.executemany(
            f"INSERT INTO {table} (id, private, kind, words) VALUES (%s, %s, %s,"
            " setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))",
            rows,
        )


def drop(keys):
    """Take out the documents of `keys`, an iterable of (kind, id)."""
    ids = [_rowid(kind, pk) for kind, pk in keys]
    with connection.cursor() as cursor:
        for start in range(0, len(ids), _CHUNK):
            _delete(cursor, ids[start : start + _CHUNK])


def find(text, *, kinds=KINDS, private=False, limit=20):
    """(kind, id) pairs whose document holds a word beginning with each word of `text`; at most `limit` of a kind.

    Names come best first, other kinds newest record first. Private documents only where `private` is true. An empty
    query finds nothing; operators in the text are plain characters.
    """
    words = fold(text).split()[:12]
    if not words:
        return []
    parts, values = [], []
    for kind in kinds:
        for select, given in _selects(kind, words, private, limit):
            parts.append(f"SELECT * FROM ({select} LIMIT %s) part{len(parts)}")
            values += [*given, limit]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rowids = dict.fromkeys(rowid for (rowid,) in cursor.fetchall())
    counts = dict.fromkeys(kinds, 0)
    found = []
    for rowid in rowids:
        kind, pk = KINDS[rowid >> _SHIFT], rowid & (1 << _SHIFT) - 1
        counts[kind] += 1
        if counts[kind] <= limit:
            found.append((kind, pk))
    return found


def _selects(kind, words, private, limit):
    """(SQL, values) of each query that finds documents of the kind, the better ones in front."""
    first, last = _rowid(kind, 0), _rowid(kind, 1 << _SHIFT) - 1
    if connection.vendor != "sqlite":
        shown = "" if private else " AND NOT private"
        select = f"SELECT id FROM {_table(kind)}, to_tsquery('simple', %s) q WHERE words @@ q AND id BETWEEN %s AND %s"
        values = [" & ".join(f"{word}:*" for word in words), first, last]
        if kind in NAMES:
            # The first word of a name stands at position 1 with weight A.
            order = "(words::text ~ %s) DESC, ts_rank(words, q) DESC, id"
            yield f"{select}{shown} ORDER BY {order}", [*values, f"'{words[0]}[^']*':1A"]
        else:
            yield f"{select}{shown} ORDER BY id DESC", values
        return
    shown = "" if private else " AND private = 0"
    table = _table(kind)
    select = f"SELECT rowid FROM {table} WHERE {table} MATCH %s AND rowid BETWEEN %s AND %s{shown}"
    anywhere = " AND ".join(f'"{word}" *' for word in words)
    if kind not in NAMES:
        yield f"{select} ORDER BY rowid DESC", [anywhere, first, last]
        return
    if limit < _WHOLE:
        yield select, [f"title : ^ {' + '.join(f'{chr(34)}{word}{chr(34)}' for word in words)} *", first, last]
        yield select, [f"title : ({anywhere})", first, last]
    yield select, [anywhere, first, last]


def differing(documents):
    """Keys (kind, id) of the `documents`, given as for `put`, that are stored otherwise or not at all."""
    documents = list(documents)
    wrong = set()
    for start in range(0, len(documents), _CHUNK):
        chunk = documents[start : start + _CHUNK]
        with connection.cursor() as cursor:
            stored = dict(_stored(cursor, [_rowid(kind, pk) for kind, pk, *_ in chunk]))
            for kind, pk, private, title, body in chunk:
                if stored.get(_rowid(kind, pk)) != (bool(private), kind, *_words(cursor, fold(title), fold(body))):
                    wrong.add((kind, pk))
    return wrong


def keys():
    """(kind, id) of all that is stored."""
    column = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT kind, {column} FROM {table}" for table in TABLES))
        return [(kind, rowid & (1 << _SHIFT) - 1) for kind, rowid in cursor.fetchall()]


def _stored(cursor, ids):
    """{rowid: (private, kind, …)} of these documents, with the words as the database keeps them."""
    what = "rowid, private, kind, title, body" if connection.vendor == "sqlite" else "id, private, kind, words::text"
    marks = ", ".join(["%s"] * len(ids))
    for table in TABLES:
        cursor.execute(f"SELECT {what} FROM {table} WHERE {what.split(',')[0]} IN ({marks})", ids)
        yield from ((row[0], (bool(row[1]), *row[2:])) for row in cursor.fetchall())


def _words(cursor, title, body):
    if connection.vendor == "sqlite":
        return title, body
    cursor.execute(
        "SELECT (setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))::text", [title, body]
    )
    return cursor.fetchone()


def clear():
    """Take out everything (before a rebuild)."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")


def _table(kind):
    return "nameindex" if kind in NAMES else "textindex"


def _rowid(kind, pk):
    return (KINDS.index(kind) << _SHIFT) + pk


def _delete(cursor, ids):
    column = "rowid" if connection.vendor == "sqlite" else "id"
    for table in TABLES:
        there = [rowid for rowid in ids if _table(KINDS[rowid >> _SHIFT]) == table]
        if there:
            marks = ", ".join(["%s"] * len(there))
            cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({marks})", there)
