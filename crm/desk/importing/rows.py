"""Many rows into a table at once: plain INSERTs, with the ids given out beforehand.

An ORM object a row costs several times what the database does; a hundred thousand of them are a minute.
"""

import json

from django.db import connection, models


class Ids:
    """Gives out ids of records before they are stored. `refresh` at the start of each transaction."""

    def __init__(self, tables, dry=False):
        self.tables, self.dry = tables, dry
        self.left = {}

    def refresh(self):
        self.left = {}

    def next(self, kind):
        ids = self.left.get(kind)
        if not ids:
            ids = self.left[kind] = self._block(self.tables[kind])
        return ids.pop()

    def _block(self, model):
        """Some free ids, the lowest last. On SQLite the transaction holds the only write lock meanwhile."""
        table = model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
                highest = (cursor.fetchone() or (0,))[0]
                return _Counter(highest)
            if self.dry:
                cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608
                return _Counter(cursor.fetchone()[0])
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, 500)", [table])
            return [row[0] for row in cursor.fetchall()][::-1]


class _Counter:
    def __init__(self, highest):
        self.highest = highest

    def pop(self):
        self.highest += 1
        return self.highest


def insert(model, rows):
    """Store `rows`, dicts by column attribute ("prospect_id"); what a row leaves out has the field's default."""
    rows = list(rows)
    if not rows:
        return
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key and f.attname not in rows[0])]
    plan = [(f.attname, _ready(f), _ready(f)(f.get_default())) for f in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(f.column) for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    values = [[ready(row[name]) if name in row else default for name, ready, default in plan] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)


def _ready(field):
    """A function that makes a value of this field what the database driver takes."""
    if isinstance(field, models.JSONField):
        if connection.vendor == "sqlite":
            return lambda value: json.dumps(value) if value else "{}"
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, _PLAIN) and not isinstance(field, models.UUIDField | models.DateField):
        return _same
    cache = {}

    def ready(value):
        if value is None:
            return None
        try:
            return cache[value]
        except KeyError:
            found = field.get_db_prep_save(value, connection)
            if len(cache) < 20_000:
                cache[value] = found
            return found

    return ready


def _same(value):
    return value
