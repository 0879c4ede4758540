"""The full-text index: FTS5 on SQLite, tsvector on PostgreSQL, behind four functions.

A document is one record's searchable text, kept folded (`crm.web.text.fold`), so that case and accents
do not count whatever the database does. `kind` is one of KINDS; the document of (kind, id) is replaced
by `put`, taken out by `drop`. Queries are words, each matched as a prefix, all of which must occur.
"""

from django.db import connection

from .text import fold

KINDS = ("prospect", "contact", "deal", "activity", "step")
_SHIFT = 8  # rowid = id * _SHIFT + kind's index, so that a document is replaced without a scan
_CHUNK = 500


def put(documents):
    """Store `documents`, an iterable of (kind, id, private, title, body)."""
    rows = [
        (_rowid(kind, pk), bool(private), kind, fold(title), fold(body)) for kind, pk, private, title, body in documents
    ]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            _delete(cursor, [row[0] for row in chunk])
            if connection.vendor == "sqlite":
                cursor.executemany(
                    "INSERT INTO textindex (rowid, private, kind, title, body) VALUES (%s, %s, %s, %s, %s)",
                    [(r, int(p), k, t, b) for r, p, k, t, b in chunk],
                )
            else:
                cursor.executemany(
                    "INSERT INTO textindex (id, private, kind, words) VALUES (%s, %s, %s,"
                    " setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))",
                    chunk,
                )


def drop(keys):
    """Take out the documents of `keys`, an iterable of (kind, id)."""
    ids = [_rowid(kind, pk) for kind, pk in keys]
    with connection.cursor() as cursor:
        for start in range(0, len(ids), _CHUNK):
            _delete(cursor, ids[start : start + _CHUNK])


def find(text, *, kinds=KINDS, private=False, limit=20):
    """(kind, id) pairs whose document holds a word beginning with each word of `text`, best first.

    Private documents only where `private` is true. An empty query finds nothing; operators in the text
    are plain characters.
    """
    words = fold(text).split()[:12]
    if not words:
        return []
    marks = ", ".join(["%s"] * len(kinds))
    shown = "" if private else " AND private = " + ("0" if connection.vendor == "sqlite" else "false")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            query = " ".join(f'"{word}"*' for word in words)
            cursor.execute(
                f"SELECT kind, rowid FROM textindex WHERE textindex MATCH %s AND kind IN ({marks}){shown}"  # noqa: S608
                " ORDER BY bm25(textindex, 0, 0, 4.0, 1.0) LIMIT %s",
                [query, *kinds, limit],
            )
        else:
            query = " & ".join(f"{word}:*" for word in words)
            cursor.execute(
                f"SELECT kind, id FROM textindex, to_tsquery('simple', %s) q WHERE words @@ q AND kind IN ({marks})"  # noqa: S608
                f"{shown} ORDER BY ts_rank(words, q) DESC LIMIT %s",
                [query, *kinds, limit],
            )
        return [(kind, rowid // _SHIFT) for kind, rowid in cursor.fetchall()]


def clear():
    """Take out everything (before a rebuild)."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM textindex")


def _rowid(kind, pk):
    return pk * _SHIFT + KINDS.index(kind)


def _delete(cursor, ids):
    column = "rowid" if connection.vendor == "sqlite" else "id"
    cursor.execute(f"DELETE FROM textindex WHERE {column} IN ({', '.join(['%s'] * len(ids))})", ids)  # noqa: S608
