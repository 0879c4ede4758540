"""Put a backup in the place of the database in use, which is kept beside it."""

import fcntl
import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from crm.web import clock

from . import CannotKeep, sqlite
from .backup import SUFFIX, folder, live_file
from .files import flush, placed


def restore(path):
    """Replace the database by the backup at `path` and bring it up to this version.

    Returns the path of what was replaced, or None where there was nothing. Raises CannotKeep, and leaves
    everything as it was then. Callback must not be running on this data folder.
    """
    path, live = Path(path).absolute(), live_file()
    if connection.vendor == "postgresql":
        raise CannotKeep(
            "On PostgreSQL a backup is put back by PostgreSQL's own tool, with Callback stopped: "
            f"pg_restore --clean --if-exists --no-owner --single-transaction --dbname=… {path}"
        )
    if live is None:
        raise CannotKeep("The database in use is no file, so nothing can take its place.")
    if live.exists() and path.exists() and os.path.samefile(path, live):
        raise CannotKeep(f"{path} is the database in use.")
    sqlite.recognise(path)
    with _nobody_else(live):
        connections.close_all()
        aside = _set_aside(live)
        try:
            with placed(live) as fresh, closing(sqlite.open_file(path)) as source:
                sqlite.copy(source, fresh)
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        except BaseException as error:
            connections.close_all()
            _put_back(aside, live)
            if isinstance(error, CannotKeep):
                raise
            raise CannotKeep(f"{path} could not be restored, nothing was changed: {error}") from error
    return aside


@contextmanager
def _nobody_else(live):
    """Refuse while a server uses the data folder, and keep one from starting meanwhile."""
    lock = Path(settings.HOME) / "start.lock"
    with open(lock, "a+", opener=lambda name, flags: os.open(name, flags, 0o600)) as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            claim.seek(0)
            where = claim.read().strip() or "another terminal"
            raise CannotKeep(f"Callback is running ({where}): stop it first, then restore.") from None
        if live.exists():
            _sole_user(live)
        yield


def _sole_user(live):
    """Raises CannotKeep while another process has the database open.

    Leaving WAL mode needs to be alone, and writes all that was in the log into the one file.
    """
    connections.close_all()
    try:
        with closing(sqlite.open_file(live, write=True)) as alone:
            alone.execute("PRAGMA busy_timeout=2000")
            mode = alone.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = "wal"
    except sqlite3.DatabaseError:
        return  # damaged: all the more reason to restore
    if mode != "delete":
        raise CannotKeep("Something still uses the database: stop Callback first, then restore.")


def _set_aside(live):
    """A second name for the database in use; the first stays until the new one takes its place."""
    if not live.exists():
        return None
    aside = folder() / f"{clock.wall():%Y-%m-%d-%H%M}-replaced{SUFFIX}"
    number = 1
    while aside.exists():
        number += 1
        aside = folder() / f"{clock.wall():%Y-%m-%d-%H%M}-replaced-{number}{SUFFIX}"
    os.chmod(live, 0o600)
    os.link(live, aside)
    flush(aside.parent)
    return aside


def _put_back(aside, live):
    for suffix in ("-wal", "-shm", "-journal"):
        live.with_name(live.name + suffix).unlink(missing_ok=True)
    if aside is None:
        live.unlink(missing_ok=True)
    elif live.exists() and os.path.samefile(aside, live):  # renaming would leave both names
        aside.unlink()
    else:
        os.replace(aside, live)
    flush(live.parent)
