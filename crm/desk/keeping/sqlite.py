"""SQLite files as Callback keeps them: copying one while it is in use, and telling what one is."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from . import CannotKeep

# A database without these is none of ours.
_OURS = {"django_migrations", "access_user", "accounts_entry", "accounts_activity", "deals_deal"}


def open_file(path, *, write=False):
    """A connection to an existing file; raises CannotKeep where there is none."""
    if not Path(path).is_file():
        raise CannotKeep(f"There is no file {path}.")
    mode = "rw" if write else "ro"
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode={mode}", uri=True, timeout=20, isolation_level=None)


def copy(source, target):
    """Copy the database behind the connection `source` to the file `target`, as it is at one moment.

    Writers go on meanwhile. Returns {table: rows} as they were at that moment; the copy is a single file
    and was read back whole. Raises CannotKeep where the copy is not what was copied.
    """
    source.execute("BEGIN")
    try:
        source.execute("SELECT 1 FROM sqlite_master").fetchone()  # the snapshot begins here
        with closing(sqlite3.connect(target)) as made:
            source.backup(made)
        expected = rows(source)
    finally:
        source.execute("COMMIT")
    with closing(sqlite3.connect(target, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
        made.execute("PRAGMA synchronous=FULL")
        check(made, "The backup")
        found = rows(made)
    if found != expected:
        different = sorted(name for name in expected if expected[name] != found.get(name))
        raise CannotKeep(f"The backup lacks rows of {', '.join(different)}; it was thrown away.")
    return expected


def rows(connection):
    """{table: number of rows} of all tables but the search index's own."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'textindex_%'"
    )
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names.fetchall()}  # noqa: S608


def check(connection, what):
    """Raises CannotKeep where the database is damaged. Reads all of it."""
    try:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check(3)").fetchall()]
        loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise CannotKeep(f"{what} is damaged: {error}.") from error
    if said != ["ok"]:
        raise CannotKeep(f"{what} is damaged: {'; '.join(said)}.")
    if loose:
        raise CannotKeep(f"{what} is damaged: a row of {loose[0]} points to nothing.")


def recognise(path):
    """Raises CannotKeep unless the file is a whole Callback database that this version can read."""
    with closing(open_file(path)) as connection:
        try:
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master").fetchall()}
        except sqlite3.DatabaseError:
            raise CannotKeep(f"{path} is no Callback backup: it is no SQLite file, or a damaged one.") from None
        if not names >= _OURS:
            raise CannotKeep(f"{path} is an SQLite file, but no Callback database.")
        check(connection, str(path))
        newer = sorted(applied(connection) - set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations))
    if newer:
        raise CannotKeep(
            f"{path} was made by a newer version of Callback (it knows {'.'.join(newer[-1])}); "
            "update this one first, then restore."
        )


def applied(connection):
    """{(app, migration)} recorded in a database."""
    return set(connection.execute("SELECT app, name FROM django_migrations").fetchall())
