"""What `start` and `migrate` do to the database and the static files before anything is served."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from crm import prepare
from crm.bootstrap import Stop


@pytest.fixture
def collected(monkeypatch, settings, tmp_path):
    """Static files in a folder of their own; the list of times they were collected."""
    times = []

    def collect(name, **_):
        times.append(name)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
        (Path(settings.STATIC_ROOT) / "staticfiles.json").write_text("{}")

    source = tmp_path / "source"
    source.mkdir()
    (source / "app.js").write_text("1")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], str(tmp_path / "static")
    monkeypatch.setattr("django.core.management.call_command", collect)
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    yield SimpleNamespace(times=times, source=source, home=tmp_path)
    finders.get_finder.cache_clear()


def test_static_files_are_collected_when_something_changed(collected):
    prepare.static_files(collected.home)
    prepare.static_files(collected.home)
    assert len(collected.times) == 1
    (collected.source / "app.js").write_text("12")
    prepare.static_files(collected.home)
    assert len(collected.times) == 2
    (collected.home / "static" / "staticfiles.json").unlink()
    prepare.static_files(collected.home)
    assert len(collected.times) == 3


# --- the database ------------------------------------------------------------------------------------------


@pytest.fixture
def commands(monkeypatch):
    """Notes management commands instead of running them; those in `fail` raise."""
    noted = SimpleNamespace(called=[], fail=set())

    def call_command(name, *arguments, **_):
        noted.called.append((name, *arguments))
        if name in noted.fail:
            raise OSError("No space left on device")

    monkeypatch.setattr("django.core.management.call_command", call_command)
    return noted


@pytest.mark.parametrize(
    ("applied", "pending", "new", "wanted"),
    [
        (False, True, True, ["migrate"]),
        (True, True, False, ["backup", "migrate"]),
        (True, False, False, []),
    ],
)
def test_backup_goes_before_migrating(monkeypatch, commands, tmp_path, applied, pending, new, wanted):
    monkeypatch.setattr(prepare, "_migrations", lambda: (applied, pending))
    assert prepare.database(tmp_path) is new
    assert [call[0] for call in commands.called] == wanted


@pytest.mark.parametrize(
    ("applied", "pending", "arguments", "backed_up"),
    [
        (True, True, [], True),
        (True, False, [], False),
        (True, False, ["--no-input"], False),
        (True, False, ["deals", "0001"], True),
        (False, True, [], False),
    ],
)
def test_migrate_backs_up_first(monkeypatch, commands, tmp_path, applied, pending, arguments, backed_up):
    monkeypatch.setenv("CALLBACK_HOME", str(tmp_path))
    monkeypatch.setattr(prepare, "_migrations", lambda: (applied, pending))
    monkeypatch.setattr(prepare.os, "umask", lambda _: None)
    prepare.back_up_before_migrating(arguments)
    assert [call[0] for call in commands.called] == (["backup"] if backed_up else [])


def test_no_backup_no_migration(monkeypatch, commands, tmp_path):
    monkeypatch.setattr(prepare, "_migrations", lambda: (True, True))
    commands.fail.add("backup")
    with pytest.raises(Stop, match="nothing was changed: No space left on device"):
        prepare.database(tmp_path)
    assert [call[0] for call in commands.called] == ["backup"]


def test_failed_migration_says_where_the_backup_is(monkeypatch, commands, tmp_path):
    monkeypatch.setattr(prepare, "_migrations", lambda: (True, True))
    commands.fail.add("migrate")
    with pytest.raises(Stop, match=r"backups/.*-before-migration\.callback has it as it was"):
        prepare.database(tmp_path)


def test_failing_sample_data_stops_nothing(commands, capsys):
    commands.fail.add("sample")
    prepare.sample_data()
    assert "starts without" in capsys.readouterr().err


@pytest.mark.django_db
def test_migrations_are_told_apart():
    assert prepare._migrations() == (True, False)
