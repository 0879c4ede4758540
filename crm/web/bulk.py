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
    given = set().union(*rows)
    names, marks, columns = [], [], []
    for field in model._meta.concrete_fields:
        name, ready = field.attname, _ready(field)
        if name in given:
            default = None if field.primary_key else ready(field.get_default())
            columns.append([ready(row[name]) if name in row else default for row in rows])
            marks.append("%s")
        elif not field.primary_key:
            literal = _literal(ready(field.get_default()))
            marks.append(literal or "%s")
            if literal is None:
                columns.append([ready(field.get_default())] * len(rows))
        else:
            continue
        names.append(field.column)
    quote = connection.ops.quote_name
    listed = ", ".join(quote(name) for name in names)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({listed}) VALUES ({', '.join(marks)})"  # noqa: S608
    values = list(zip(*columns, strict=True))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _literal(value):
    """What a default is in SQL, where that is beyond doubt; a column that is the same in all rows costs nothing."""
    if value is None:
        return "NULL"
    if value == "" and isinstance(value, str):
        return "''"
    return str(value) if type(value) is int else None


_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)


def _ready(field):
    """A function that makes a value of this field what the database driver takes."""
    if isinstance(field, models.JSONField):
        if connection.vendor == "sqlite":
            return lambda value: json.dumps(value) if value else "{}"
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, models.BooleanField):
        return _same
    if isinstance(field, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return _same
        return lambda value: value.hex if value else None
    if isinstance(field, _PLAIN):
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
