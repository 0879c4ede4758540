"""Ids for records before they are stored, so that rows of one file can refer to each other."""

from django.db import connection


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
