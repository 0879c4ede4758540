"""manage.py backup: one file with everything, consistent while somebody writes, and nobody else's file lost."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from .homes import ROOT, Home

WRITER = """
import django; django.setup()
import uuid
from accounts.models import Entry, Activity
from crm.web import clock
print("on", flush=True)
while True:
    with Entry.submission(uuid.uuid4()) as entry:
        for n in range(2):
            Activity(kind="note", on=clock.today(), text="pair").write(entry)
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    home = Home.made(tmp_path_factory.mktemp("homes") / "filled")
    home.done("sample", "load")
    return home


def test_everything_is_in_it(filled, tmp_path):
    told = filled.done("backup", tmp_path / "one.callback")
    assert told["rows"]["accounts_activity"] == filled.count() > 1000
    assert filled.count(path=tmp_path / "one.callback") == filled.count()
    assert [path.name for path in tmp_path.iterdir()] == ["one.callback"]
    assert (tmp_path / "one.callback").stat().st_mode & 0o777 == 0o600
    assert filled.sql("PRAGMA journal_mode", path=tmp_path / "one.callback") == [("delete",)]


def test_an_earlier_backup_is_replaced(filled, tmp_path):
    for _ in range(2):
        filled.done("backup", tmp_path / "one.callback")
    assert len(list(tmp_path.iterdir())) == 1


def test_other_files_are_not(filled, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("to whom it may concern")
    assert "no Callback backup" in filled.refused("backup", letter)
    assert letter.read_text().startswith("to whom")
    with closing(sqlite3.connect(tmp_path / "else.db")) as other:
        other.execute("CREATE TABLE t (x)")
    assert "no Callback backup" in filled.refused("backup", tmp_path / "else.db")
    assert "in use" in filled.refused("backup", filled.database)
    assert "folder" in filled.refused("backup", tmp_path)
    assert "folder" in filled.refused("backup", tmp_path / "nowhere" / "x.callback")


def test_consistent_while_somebody_writes(filled, tmp_path):
    home = filled.copied(tmp_path / "busy")
    before = home.count()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, env=home.environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout.readline() == "on\n"
        found, until = [], time.monotonic() + 60
        # Until one has seen what was written meanwhile, however slowly that is.
        while len(found) < 3 or (found[-1] == before and time.monotonic() < until):
            copy = tmp_path / f"{len(found)}.callback"
            told = home.done("backup", copy)
            found.append(home.count(path=copy))
            assert told["rows"]["accounts_activity"] == found[-1]
    finally:
        writer.kill()
        writer.wait()
    assert found == sorted(found) and found[-1] > before
    # A submission writes two: none is torn.
    assert all((count - before) % 2 == 0 for count in found)
    assert writer.returncode == -9  # it was still writing, not stopped by an error


def test_a_copy_that_lacks_rows_is_thrown_away(filled, tmp_path, monkeypatch):
    from crm.desk.keeping import CannotKeep, sqlite
    from crm.desk.keeping.files import placed

    counts = iter([{"accounts_activity": 7}, {"accounts_activity": 6}])
    monkeypatch.setattr(sqlite, "rows", lambda connection: next(counts))
    with (
        pytest.raises(CannotKeep, match="accounts_activity"),
        placed(tmp_path / "x.callback") as fresh,
        closing(sqlite.open_file(filled.database)) as source,
    ):
        sqlite.copy(source, fresh)
    assert not list(tmp_path.iterdir())


def test_of_a_database_from_before_the_audit(filled, tmp_path):
    home = filled.copied(tmp_path / "older")
    home.sql("DROP TABLE access_auditevent")
    finished = home.manage("backup", tmp_path / "older.callback")
    assert (finished.returncode, finished.stderr) == (0, "")


def test_automatic_ones_are_few(filled, tmp_path):
    home = filled.copied(tmp_path / "old")
    folder = home.path / "backups"
    folder.mkdir()
    for n in range(1, 8):
        (folder / f"2026-01-0{n}-120000-before-migration.callback").write_bytes(b"old")
    home.done("backup", folder / "2026-02-01-120000-before-migration.callback")
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 5 and names[0].startswith("2026-01-04") and names[-1].startswith("2026-02-01")


def test_postgresql_without_its_tool_says_so(monkeypatch, tmp_path, db):
    from crm.desk.keeping import CannotKeep, backup

    monkeypatch.setattr(backup.connection, "vendor", "postgresql")
    monkeypatch.setattr(backup.shutil, "which", lambda name: None)
    with pytest.raises(CannotKeep, match="pg_dump"):
        backup.back_up(tmp_path / "x.callback")
    assert not list(tmp_path.iterdir())
