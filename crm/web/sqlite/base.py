"""Django's SQLite with what it does around every statement and every instant made cheap.

A page asks a dozen statements and reads some fifty instants, saving a line asks twenty. Django goes through five Python
calls and two context managers for each statement, and makes each instant aware by way of the settings. One thing
differs: SQL of one's own reads a `datetime` column as an aware instant, too.
"""

import functools
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db.backends.sqlite3 import base, operations


def _instant(stored):
    """As Django stores it ("2026-11-24 09:30:00.000001"), in UTC; what is written otherwise is left to Django."""
    text = stored.decode()
    try:
        made = datetime.fromisoformat(text)
    except ValueError:
        return text
    return made if made.tzinfo else made.replace(tzinfo=UTC)


sqlite3.register_converter("datetime", _instant)


class DatabaseOperations(operations.DatabaseOperations):
    def adapt_datetimefield_value(self, value):
        if type(value) is datetime and value.tzinfo is UTC:
            return value.replace(tzinfo=None).isoformat(" ")
        return super().adapt_datetimefield_value(value)

    def convert_datetimefield_value(self, value, expression, connection):
        if type(value) is datetime and value.tzinfo:
            return value
        return super().convert_datetimefield_value(value, expression, connection)


@functools.lru_cache(maxsize=250)
def _with_question_marks(query):
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def _checked(method):
    """Its errors as Django's, and nothing run where a transaction is broken or someone listens to statements."""

    @functools.wraps(method)
    def call(self, *args, **named):
        db = self.db
        db.validate_no_broken_transaction()
        if db.execute_wrappers:
            return _through(db.execute_wrappers, method, self, *args, **named)
        try:
            return method(self, *args, **named)
        except sqlite3.Error:
            with db.wrap_database_errors:
                raise

    return call


def _through(wrappers, method, cursor, sql, params=None, param_list=None):
    def run(sql, params, many, context):
        with cursor.db.wrap_database_errors:
            return method(cursor, sql, params)

    for wrapper in reversed(wrappers):
        run = functools.partial(wrapper, run)
    many = method.__name__ == "executemany"
    return run(sql, params if param_list is None else param_list, many, {"connection": cursor.db, "cursor": cursor})


def _translated(name):
    fetch = getattr(base.SQLiteCursorWrapper, name)

    @functools.wraps(fetch)
    def call(self, *args, **named):
        try:
            return fetch(self, *args, **named)
        except sqlite3.Error:
            with self.db.wrap_database_errors:
                raise

    return call


class Cursor(base.SQLiteCursorWrapper):
    """Both of Django's wrappers in one: the marks of a statement, and the errors. `db`: its connection."""

    db = None

    @_checked
    def execute(self, sql, params=None):
        if params is None:
            return sqlite3.Cursor.execute(self, sql)
        if type(params) in (list, tuple):
            return sqlite3.Cursor.execute(self, _with_question_marks(sql), params)
        return base.SQLiteCursorWrapper.execute(self, sql, params)

    @_checked
    def executemany(self, sql, param_list):
        if type(param_list) is list and not (param_list and isinstance(param_list[0], Mapping)):
            return sqlite3.Cursor.executemany(self, _with_question_marks(sql), param_list)
        return base.SQLiteCursorWrapper.executemany(self, sql, param_list)

    fetchone, fetchmany, fetchall, __next__ = map(_translated, ("fetchone", "fetchmany", "fetchall", "__next__"))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def cursor(self):
        self.ensure_connection()
        if self.queries_logged or self.health_check_enabled:
            return super().cursor()  # Django's wrapper that logs does the rest
        self.validate_thread_sharing()
        try:
            cursor = self.connection.cursor(factory=Cursor)
        except sqlite3.Error:
            with self.wrap_database_errors:
                raise
        cursor.db = self
        return cursor
