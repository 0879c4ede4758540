"""manage.py restore: what was kept comes back, what is replaced is kept, and nothing else takes its place."""

import os
import signal
import subprocess
import sys
import time

import pytest

from .homes import ROOT, Home


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """An installation with sample data, and a backup of it."""
    home = Home.made(tmp_path_factory.mktemp("homes") / "first")
    home.done("sample", "load")
    home.kept = home.path.parent / "kept.callback"
    home.done("backup", home.kept)
    return home


@pytest.fixture(scope="module")
def later(first):
    """The same later on: no sample data."""
    home = first.copied(first.path.parent / "later")
    home.done("sample", "remove")
    return home


@pytest.fixture
def home(first, later, tmp_path):
    home = later.copied(tmp_path / "home")
    home.kept = first.kept
    return home


def test_it_comes_back_and_the_rest_is_kept(home):
    told = home.done("restore", home.kept)
    assert home.count() == home.count(path=home.kept) > 1000
    assert home.count(path=told["replaced"]) == 0
    assert os.path.dirname(told["replaced"]) == str(home.path / "backups")
    assert os.stat(home.database).st_mode & 0o777 == 0o600
    # And forth again.
    home.done("restore", told["replaced"])
    assert home.count() == 0


def test_into_an_empty_folder(first, tmp_path):
    (tmp_path / "new").mkdir()
    home = Home(tmp_path / "new")
    told = home.done("restore", first.kept)
    assert told["replaced"] is None and home.count() > 1000
    assert home.manage("sample", "load").returncode == 0


def test_twice_in_a_minute_keeps_both(home):
    first, second = (home.done("restore", home.kept)["replaced"] for _ in range(2))
    assert first != second and home.count(path=first) == 0 and home.count(path=second) > 1000


@pytest.mark.parametrize("kind", ["missing", "text", "empty", "foreign", "cut", "damaged", "self"])
def test_what_is_no_backup_is_refused(home, tmp_path, kind):
    file = tmp_path / "file.callback"
    if kind == "text":
        file.write_text("no database" * 1000)
    elif kind == "empty":
        file.touch()
    elif kind == "foreign":
        home.sql("CREATE TABLE django_migrations (app, name)", path=file)
    elif kind == "cut":
        file.write_bytes(home.kept.read_bytes()[:300_000])
    elif kind == "damaged":
        body = bytearray(home.kept.read_bytes())
        body[200_000:260_000] = b"\0" * 60_000
        file.write_bytes(body)
    elif kind == "self":
        file = home.database
    before = home.database.read_bytes()
    said = home.refused("restore", file)
    assert {"missing": "no file", "self": "in use"}.get(
        kind, "Callback" if kind == "foreign" else "file.callback"
    ) in said
    assert home.database.read_bytes() == before
    assert not (home.path / "backups").exists() or not list((home.path / "backups").iterdir())


def test_of_a_newer_version_is_refused(home, tmp_path):
    newer = tmp_path / "newer.callback"
    newer.write_bytes(home.kept.read_bytes())
    home.sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('deals', '0099_later', '2030-01-01')", path=newer
    )
    said = home.refused("restore", newer)
    assert "newer version" in said and "0099_later" in said
    assert home.count() == 0


def test_of_an_older_version_is_brought_up_to_date(home, tmp_path):
    older = tmp_path / "older.callback"
    older.write_bytes(home.kept.read_bytes())
    home.sql("DELETE FROM django_migrations WHERE app = 'sessions'", path=older)
    home.sql("DROP TABLE django_session", path=older)
    home.done("restore", older)
    assert home.count("django_session") == 0


def test_a_migration_that_fails_changes_nothing(home, tmp_path):
    broken = tmp_path / "broken.callback"
    broken.write_bytes(home.kept.read_bytes())
    home.sql("DELETE FROM django_migrations WHERE app = 'sessions'", path=broken)  # its table is there already
    said = home.refused("restore", broken)
    assert "nothing was changed" in said
    assert home.count() == 0
    assert home.manage("sample", "load").returncode == 0


def test_refused_while_a_server_runs(home):
    code = (
        "from crm.bootstrap import claim, data_folder; import time;"
        "held = claim(data_folder(), 'http://127.0.0.1:8123/'); print('on', flush=True); time.sleep(600)"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=home.environment, stdout=subprocess.PIPE, text=True
    )
    try:
        server.stdout.readline()
        assert "http://127.0.0.1:8123/" in home.refused("restore", home.kept)
    finally:
        server.kill()
        server.wait()
    home.done("restore", home.kept)


def test_refused_while_anything_has_it_open(home):
    code = (
        "import django; django.setup(); from accounts.models import Prospect; Prospect.objects.count();"
        "import time; print('on', flush=True); time.sleep(600)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=home.environment, stdout=subprocess.PIPE, text=True
    )
    try:
        other.stdout.readline()
        assert "stop Callback first" in home.refused("restore", home.kept)
        assert home.count() == 0
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
    home.done("restore", home.kept)


def test_killed_at_any_moment_leaves_a_whole_database(home):
    outcomes = set()
    for n in range(4):
        process = subprocess.Popen(
            [sys.executable, "manage.py", "restore", str(home.kept)], cwd=ROOT, env=home.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(0.35 + 0.15 * n)
        process.kill()
        process.wait()
        assert home.sql("PRAGMA integrity_check") == [("ok",)]
        outcomes.add(home.count())
    assert outcomes <= {0, home.count(path=home.kept)}
