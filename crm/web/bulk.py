"""Rows into tables by plain SQL: many at once by column, or records that were made just now.

What the ORM does besides costs several times what the database does; a hundred thousand rows of it are a minute, and
half a dozen are most of the time that saving one line takes. Nothing is derived and no signal sent: the caller gives
whole rows, and sees to what follows from them.
"""

import json
from datetime import date, time
from functools import cache

from django.db import connection, connections, models, transaction


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


def store(*records, once=None):
    """INSERT new records of one model; a single one gets its key. `once` names a unique field.

    Returns False when a row has that value of `once` already: then nothing is stored.
    """
    for record in records:
        record._prepare_related_fields_for_save("save")
    if not records:
        return True
    to = connections["default"]  # once, as `connection` looks it up at every mention
    shape = _shape(type(records[0]), to.vendor)
    rows = [[ready(getattr(record, name)) for name, ready in shape.fields] for record in records]
    with to.cursor() as cursor:
        if len(rows) > 1:
            cursor.executemany(shape.insert, rows)
            return True
        sql = shape.insert
        if once:
            sql += f" ON CONFLICT ({to.ops.quote_name(once)}) DO NOTHING"
        if to.vendor != "sqlite":
            sql += f" RETURNING {shape.key}"
        cursor.execute(sql, rows[0])
        if once and not cursor.rowcount:
            return False
        record = records[0]
        record.pk = cursor.lastrowid if to.vendor == "sqlite" else cursor.fetchone()[0]
        record._state.adding, record._state.db = False, to.alias
    return True


def replace(record, old=None, **where):
    """UPDATE a record's row, where these columns still hold these values. Returns whether it was there.

    `old`: the record as it is stored; then only what differs is written, and only the indexes of that.
    """
    to = connections["default"]
    shape = _shape(type(record), to.vendor)
    fields = shape.fields
    if old is not None:
        fields = [(name, ready) for name, ready in fields if getattr(record, name) != getattr(old, name)]
    values = [ready(getattr(record, name)) for name, ready in fields]
    with to.cursor() as cursor:
        sql = _replace(type(record), tuple(name for name, _ in fields), tuple(where), to.vendor)
        cursor.execute(sql, [*values, record.pk, *where.values()])
        return cursor.rowcount == 1


@cache
def _replace(model, names, where, vendor):
    quote, shape = connection.ops.quote_name, _shape(model, vendor)
    changed = ", ".join(f"{quote(model._meta.get_field(name).column)} = %s" for name in names)
    condition = "".join(f" AND {quote(name)} = %s" for name in where)
    return f"UPDATE {quote(model._meta.db_table)} SET {changed} WHERE {shape.key} = %s{condition}"  # noqa: S608


def add(model, rows):
    """INSERT `rows`, dicts by column attribute, all of the same columns; what they leave out has to be nullable."""
    if not rows:
        return
    to = connections["default"]
    ready, names = _shape(model, to.vendor).ready, tuple(rows[0])
    values = [[ready[name](row[name]) for name in names] for row in rows]
    with to.cursor() as cursor:
        cursor.executemany(_add(model, names, to.vendor), values)


@cache
def _add(model, names, vendor):
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in names)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608


def put(model, rows, *, key, where):
    """Store `rows`, dicts of the same columns: inserted, or put in place of the row that has this unique `key`.

    `where`: the condition of the unique index on `key`, in SQL.
    """
    if not rows:
        return
    to = connections["default"]
    ready, names = _shape(model, to.vendor).ready, tuple(rows[0])
    sql = _put(model, names, key, where, to.vendor)
    with to.cursor() as cursor:
        cursor.executemany(sql, [[ready[name](row[name]) for name in names] for row in rows])


@cache
def _put(model, names, key, where, vendor):
    quote = connection.ops.quote_name
    listed, marks = ", ".join(map(quote, names)), ", ".join(["%s"] * len(names))
    changed = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in names if name not in key)
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({listed}) VALUES ({marks})"  # noqa: S608
        f" ON CONFLICT ({', '.join(map(quote, key))}) WHERE {where} DO UPDATE SET {changed}"
    )


class _Shape:
    """A model's statements, and how each of its values is made ready for them."""

    def __init__(self, model):
        quote = connection.ops.quote_name
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        table, columns = quote(model._meta.db_table), [quote(field.column) for field in fields]
        self.fields = [(field.attname, _ready(field, kept=False)) for field in fields]
        self.ready = dict(self.fields)
        self.key = quote(model._meta.pk.column)
        self.insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608


_shape = cache(lambda model, vendor: _Shape(model))


def _literal(value):
    """What a default is in SQL, where that is beyond doubt; a column that is the same in all rows costs nothing."""
    if value is None:
        return "NULL"
    if value == "" and isinstance(value, str):
        return "''"
    return str(value) if type(value) is int else None


_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)


def _ready(field, kept=True):
    """A function that makes a value of this field what the database driver takes; `kept`: the same ones come often."""
    if isinstance(field, models.JSONField):
        if connection.vendor == "sqlite":
            return lambda value: "{}" if value == {} else json.dumps(value)
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, models.BooleanField):
        return _same
    if isinstance(field, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return _same
        return lambda value: value.hex if value else None
    if isinstance(field, _PLAIN):
        return _same
    if not kept and isinstance(field, models.DateTimeField):
        adapted = connection.ops.adapt_datetimefield_value
        return lambda value: None if value is None else adapted(value)
    if not kept:
        to = connections["default"]
        if to.vendor == "sqlite" and type(field) in (models.DateField, models.TimeField):
            # What is of the right type already is stored as it is written.
            right = date if type(field) is models.DateField else time
            return lambda value: (
                None if value is None else str(value) if type(value) is right else field.get_db_prep_save(value, to)
            )
        return lambda value: None if value is None else field.get_db_prep_save(value, to)
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
