"""Everything as files to take along: CSV for people, spreadsheets and our import; JSON for all there is.

Read in one transaction, so that the files agree with each other while Callback runs.
"""

import json
import os
import secrets
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from django.apps import apps
from django.db import Error, connection

from crm.web import clock, csvs

from . import CannotKeep
from .files import flush
from .sheets import sheets

_CHUNK = 2000
# Of these nothing leaves: they let people in, or say nothing once they leave.
_SECRETS = {"password", "token_hash"}
_LEFT_OUT = {"access.onetimelink", "accounts.namechange", "accounts.standing", "desk.lease"}
_ABOUT = """Everything that was in Callback on {day}.

*.csv        one row a record, for spreadsheets and for Callback's own import, in this order: prospects,
             contacts, deals, deal-people, activities, steps. What is in the trash is left out.
json/*.json  every record of every kind with all its fields, history and trash included: a list of
             objects a file, named for the model.
"""


def export(folder):
    """Write everything into `folder`, which is made (or empty). Returns {file: records}.

    The folder is there whole or not at all. Raises CannotKeep.
    """
    folder = Path(folder).absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotKeep(f"{folder} is there already and not empty; name another folder.")
    if not folder.parent.is_dir():
        raise CannotKeep(f"There is no folder {folder.parent}.")
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        fresh.mkdir(mode=0o700)
        counts = write(fresh)
        os.replace(fresh, folder)
        flush(folder.parent)
    except OSError as error:
        raise CannotKeep(f"{folder} cannot be written: {error.strerror}.") from error
    except Error as error:
        raise CannotKeep(f"The database does not answer: {str(error).strip()} (was `migrate` run?).") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return counts


def zipped():
    """Everything as one .zip, in an open temporary file that is gone once it is closed."""
    with tempfile.TemporaryDirectory(prefix="callback-export-") as folder:
        base = f"callback-{clock.today().isoformat()}"
        counts = write(Path(folder))
        file = tempfile.TemporaryFile(prefix="callback-export-")  # noqa: SIM115
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in sorted([*counts, "README.txt"]):
                archive.write(Path(folder) / name, f"{base}/{name}")
    file.seek(0)
    return file


def write(folder):
    """The files, each flushed, into an existing empty folder; {file: records}."""
    counts = {}
    (folder / "json").mkdir(mode=0o700)
    with snapshot():
        for name, header, rows in sheets():
            counts[name] = _save(folder / name, csvs.lines(header, rows)) - 1
        for model in _models():
            name = f"json/{model._meta.label_lower.split('.')[1]}.json"
            counts[name] = _save(folder / name, _json_lines(model)) - 2
    _save(folder / "README.txt", [_ABOUT.format(day=clock.today().isoformat())])
    flush(folder / "json")
    flush(folder)
    return counts


@contextmanager
def snapshot():
    """One state of the database for all that is read inside; writers are not held up."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")


def _save(path, lines):
    """Write and flush; how many lines there were."""
    count = 0
    with open(path, "w", encoding="utf-8", newline="", opener=_private) as file:
        for line in lines:
            file.write(line)
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def _private(path, flags):
    return os.open(path, flags, 0o600)


def _models():
    labels = ("access", "accounts", "deals", "desk")
    for model in apps.get_models():
        if model._meta.app_label in labels and model._meta.label_lower not in _LEFT_OUT:
            yield model


def _json_lines(model):
    """A JSON list, a record a line; the first and last line are its brackets."""
    manager = getattr(model, "everything", model._default_manager)
    fields = [field.attname for field in model._meta.concrete_fields if field.name not in _SECRETS]
    many = {
        field.name: _pairs(field) for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created
    }
    yield "["
    before = "\n"
    for row in manager.order_by("pk").values_list("pk", *fields).iterator(chunk_size=_CHUNK):
        values = dict(zip(fields, row[1:], strict=True))
        values |= {name: pairs.get(row[0], []) for name, pairs in many.items()}
        yield before + json.dumps(values, ensure_ascii=False, default=_plain)
        before = ",\n"
    yield "\n]\n"


def _pairs(field):
    """{id: ids it is linked to} of a many-to-many field."""
    found = {}
    through = field.remote_field.through._default_manager
    for one, other in through.order_by("pk").values_list(field.m2m_column_name(), field.m2m_reverse_name()).iterator():
        found.setdefault(one, []).append(other)
    return found


def _plain(value):
    """As JSON can hold it: days and instants (UTC) in ISO 8601, sums and UUIDs as text."""
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)
