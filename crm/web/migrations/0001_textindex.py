"""The full-text index, in the form the database offers (see crm.web.textindex)."""

from django.db import migrations

SQLITE = """CREATE VIRTUAL TABLE textindex USING fts5(
    private UNINDEXED, kind UNINDEXED, title, body, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3')"""
POSTGRESQL = [
    "CREATE TABLE textindex (id bigint PRIMARY KEY, private boolean NOT NULL, kind text NOT NULL, words tsvector NOT NULL)",
    "CREATE INDEX textindex_words ON textindex USING gin (words)",
]


def create(apps, schema_editor):
    for statement in [SQLITE] if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunPython(create, lambda apps, schema_editor: schema_editor.execute("DROP TABLE textindex")),
    ]
