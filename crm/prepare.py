"""What a set-up .venv still lacks before it can serve: an up-to-date database, static files, sample data."""

import hashlib
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path

from crm.bootstrap import ROOT, Stop, data_folder


def django_itself():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Stop(str(error)) from error


def database(home):
    """Bring the database up to this version, backed up before; True when it was newly made."""
    from django.core.management import call_command

    applied, pending = _migrations()
    if pending:
        if applied:
            print("Updating the database (it is backed up first) …", flush=True)
            kept = f"; {back_up(home)} has it as it was"
        else:
            print("Making the database …", flush=True)
            kept = ""
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except Exception as error:
            traceback.print_exc()
            raise Stop(f"The database could not be updated, what is printed above says why{kept}.") from error
    return not applied


def back_up_before_migrating(arguments):
    """What `manage.py migrate` does first: a backup, where there is something to keep and to change."""
    os.umask(0o077)
    django_itself()
    applied, pending = _migrations()
    # A named app or migration may mean going back.
    if applied and (pending or any(not argument.startswith("-") for argument in arguments)):
        print(f"Backed up to {back_up(data_folder())}", file=sys.stderr)


def _migrations():
    """(Are any applied, are any pending.) Raises Stop where the database does not answer."""
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except Error as error:
        raise Stop(f"The database does not answer: {' '.join(str(error).split()).rstrip('.?')}.") from error
    targets = executor.loader.graph.leaf_nodes()
    return bool(executor.loader.applied_migrations), bool(executor.migration_plan(targets))


def back_up(home):
    """A backup in the data folder, named for the moment; its path. Raises Stop where it fails."""
    from django.core.management import call_command

    folder = home / "backups"
    path = folder / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}-before-migration.callback"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        call_command("backup", str(path), verbosity=0)
    except Exception as error:
        raise Stop(f"The backup before the update failed, so nothing was changed: {error}") from error
    return path


def static_files(home):
    """Collect and compress the static files, unless nothing changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    # What is made of the files depends on the packages, and on our own storage and lists of assets.
    for path in (ROOT / "requirements.lock", *sorted((ROOT / "crm" / "web").glob("*.py"))):
        seen.update(path.read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = os.stat(storage.path(name))
            seen.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    stamp = home / "static.stamp"
    whole = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if whole.exists() and stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(seen.hexdigest())


def sample_data():
    from django.core.management import call_command

    print("Loading the sample data (settings removes it again) …", flush=True)
    try:
        call_command("sample", "load", verbosity=0)
    except Exception:
        traceback.print_exc()
        print("The sample data could not be loaded; Callback starts without.", file=sys.stderr)
