"""SQLite's index without the number of words of each document, which only a ranking by frequency reads."""

from django.db import migrations

TABLES = ("nameindex", "textindex")
COLUMNS = "rowid, private, kind, title, body"
SQL = """CREATE VIRTUAL TABLE {table} USING fts5(
    private UNINDEXED, kind UNINDEXED, title, body,
    tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3', columnsize = {size})"""


def _made_with(size):
    def make(apps, schema_editor):
        if schema_editor.connection.vendor != "sqlite":
            return
        for table in TABLES:
            schema_editor.execute(f"ALTER TABLE {table} RENAME TO {table}_old", params=None)
            schema_editor.execute(SQL.format(table=table, size=size), params=None)
            copy = f"INSERT INTO {table} ({COLUMNS}) SELECT {COLUMNS} FROM {table}_old ORDER BY rowid"  # noqa: S608
            schema_editor.execute(copy, params=None)
            schema_editor.execute(f"DROP TABLE {table}_old", params=None)

    return make


class Migration(migrations.Migration):
    dependencies = [("web", "0001_textindex")]
    operations = [migrations.RunPython(_made_with(0), _made_with(1))]
