"""The full-text index, in the form the database offers (see crm.web.textindex)."""

from django.db import migrations

TABLES = ("nameindex", "textindex")
SQLITE = """CREATE VIRTUAL TABLE {table} USING fts5(
    private UNINDEXED, kind UNINDEXED, title, body, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3')"""
POSTGRESQL = (
    "CREATE TABLE {table}"
    " (id bigint PRIMARY KEY, private boolean NOT NULL, kind text NOT NULL, words tsvector NOT NULL)",
    "CREATE INDEX {table}_words ON {table} USING gin (words)",
)


def create(apps, schema_editor):
    statements = (SQLITE,) if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for table in TABLES:
        for statement in statements:
            schema_editor.execute(statement.format(table=table), params=None)


def drop(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE {table}", params=None)


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunPython(create, drop)]
