"""A backup of everything in one file: consistent while Callback runs, read back, and flushed to disk."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from crm.web import clock

from . import CannotKeep, sqlite
from .files import age_out, placed

SUFFIX = ".callback"
KEPT_DAILY, KEPT_BEFORE_MIGRATIONS = 7, 5


def back_up(path):
    """Write a backup to `path`. Returns {table: rows}; for PostgreSQL {} (pg_dump counts none).

    Replaces an earlier backup of that name, but nothing else. Raises CannotKeep.
    """
    path = Path(path).absolute()
    _refuse_foreign(path)
    with placed(path) as fresh:
        rows = _dump_postgres(fresh) if connection.vendor == "postgresql" else _copy_sqlite(fresh)
    if path.parent == Path(settings.HOME) / "backups":
        age_out(path.parent, f"*-before-migration{SUFFIX}", KEPT_BEFORE_MIGRATIONS)
    return rows


def folder():
    """Where automatic backups are kept: `backups` in the data folder, its owner's alone."""
    home = Path(settings.HOME) / "backups"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def daily():
    """Today's automatic backup, unless it is there; keeps the last seven. Returns its path, or None."""
    path = folder() / f"{clock.today():%Y-%m-%d}-daily{SUFFIX}"
    if path.exists():
        return None
    back_up(path)
    age_out(folder(), f"*-daily{SUFFIX}", KEPT_DAILY)
    return path


@dataclass(frozen=True)
class Kept:
    name: str
    made_at: datetime


def latest():
    """The newest automatic backup, or None."""
    found = [path for path in folder().glob(f"*{SUFFIX}") if not path.name.startswith(".")]
    if not found:
        return None
    newest = max(found, key=lambda path: path.stat().st_mtime)
    return Kept(newest.name, datetime.fromtimestamp(newest.stat().st_mtime, UTC))


def name():
    """What a downloaded backup is called."""
    return f"callback-{clock.wall():%Y-%m-%d-%H%M}{SUFFIX}"


def live_file():
    """The path of the SQLite database in use; None for PostgreSQL and for one in memory."""
    name = str(connection.settings_dict["NAME"])
    return None if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name else Path(name)


def _refuse_foreign(path):
    if path.is_dir():
        raise CannotKeep(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise CannotKeep(f"There is no folder {path.parent}.")
    if not path.exists():
        return
    live = live_file()
    if live and live.exists() and os.path.samefile(path, live):
        raise CannotKeep(f"{path} is the database in use; name another file.")
    if connection.vendor == "postgresql":
        with open(path, "rb") as file:
            if file.read(5) != b"PGDMP":
                raise CannotKeep(f"{path} exists and is no backup; name another file.")
        return
    try:
        with closing(sqlite.open_file(path)) as found:
            found.execute("SELECT 1 FROM accounts_entry LIMIT 1")
    except sqlite3.DatabaseError:
        raise CannotKeep(f"{path} exists and is no Callback backup; name another file.") from None


def _copy_sqlite(fresh):
    live = live_file()
    try:
        if live is None:  # in memory: only through the connection that holds it
            connection.ensure_connection()
            if connection.in_atomic_block:
                raise CannotKeep("A transaction is open on the database in memory, so it cannot be copied now.")
            return sqlite.copy(connection.connection, fresh)
        with closing(sqlite.open_file(live)) as source:
            return sqlite.copy(source, fresh)
    except sqlite3.Error as error:
        raise CannotKeep(f"The backup failed: {error}.") from error


def _dump_postgres(fresh):
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotKeep(
            "pg_dump is not on this machine, and PostgreSQL is backed up by it: install postgresql-client."
        )
    known = connection.settings_dict
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {name: str(known[key]) for name, key in given.items() if known.get(key)}
    _run([program, "--format=custom", f"--file={fresh}"], environment)
    # Reading the table of contents back fails for a file that was cut short.
    _run([shutil.which("pg_restore") or "pg_restore", "--list", str(fresh)], environment)
    return {}


def _run(command, environment):
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
    except OSError as error:
        raise CannotKeep(f"{command[0]} could not be run: {error.strerror}.") from error
    if done.returncode:
        raise CannotKeep(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-400:]}")
