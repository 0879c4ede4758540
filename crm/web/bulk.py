"""Many rows into a table at once: plain INSERTs by column, no object a row.

An ORM object a row costs several times what the database does; a hundred thousand of them are a minute.
Nothing is derived and no signal sent: the caller gives whole rows, and sees to what follows from them.
"""

import json

from django.db import connection, models, transaction


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
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
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
