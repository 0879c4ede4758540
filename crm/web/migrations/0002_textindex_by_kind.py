"""Names in a table of their own, rowids that keep each kind together, an index of single letters."""

# ruff: noqa: S608 (constants only)

from django.db import migrations

SHIFT = 40
NAMES = "('prospect', 'contact', 'deal')"
SQLITE = """CREATE VIRTUAL TABLE %s USING fts5(
    private UNINDEXED, kind UNINDEXED, title, body, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3')"""


def by_kind(apps, schema_editor):
    execute = schema_editor.execute
    if schema_editor.connection.vendor != "sqlite":
        execute(f"UPDATE textindex SET id = -(((id % 8) << {SHIFT}) + id / 8)")
        execute("UPDATE textindex SET id = -id")
        execute("CREATE TABLE nameindex (LIKE textindex INCLUDING ALL)")
        execute(f"INSERT INTO nameindex SELECT * FROM textindex WHERE kind IN {NAMES}")
        execute(f"DELETE FROM textindex WHERE kind IN {NAMES}")
        return
    execute("ALTER TABLE textindex RENAME TO textindex_before")
    for table, which in (("nameindex", "IN"), ("textindex", "NOT IN")):
        execute(SQLITE % table, params=None)
        execute(
            f"INSERT INTO {table} (rowid, private, kind, title, body)"
            f" SELECT ((rowid % 8) << {SHIFT}) + rowid / 8, private, kind, title, body"
            f" FROM textindex_before WHERE kind {which} {NAMES} ORDER BY 1",
            params=None,
        )
    execute("DROP TABLE textindex_before")


class Migration(migrations.Migration):
    dependencies = [("web", "0001_textindex")]
    operations = [migrations.RunPython(by_kind, migrations.RunPython.noop)]
