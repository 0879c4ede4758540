"""What happens before anything is installed: one sentence for each thing that can be wrong, and no second time."""

import ast
import json
import os
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest
from packaging.requirements import Requirement

from crm import bootstrap
from crm.bootstrap import ROOT, Stop
from tests.ports import free_port


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A folder in place of the repository, with a .venv that looks complete and one lock."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("")
    (venv / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / "some.lock").write_text("django==5.2 --hash=sha256:00\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "PYTHON", venv / "bin" / "python")
    return tmp_path


@pytest.fixture
def pip(tree, monkeypatch):
    """Stands in for pip: notes what it was asked, prints `says`, ends with `ends`."""

    class Pip:
        calls, says, ends = [], "", 0

    def run(command, stdout=None, **_):
        Pip.calls.append([str(part) for part in command])
        if stdout not in (None, subprocess.PIPE):
            stdout.write(Pip.says)
        return subprocess.CompletedProcess(command, Pip.ends, "", "")

    Pip.calls = []
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    monkeypatch.setattr(bootstrap, "_usable", lambda: True)
    return Pip


def one_sentence(stop):
    text = str(stop.value)
    assert "\n" not in text and len(text) < 300
    return text


# --- manage.py ---------------------------------------------------------------------------------------------


def test_manage_py_parses_on_old_pythons():
    source = (ROOT / "manage.py").read_text()
    ast.parse(source, feature_version=(3, 6))
    assert source.isascii()


def test_old_python_gets_one_sentence():
    source = (ROOT / "manage.py").read_text()
    fake = f"import sys; sys.version_info = (3, 6, 15); exec({source!r}, {{'__name__': '__main__'}})"
    done = subprocess.run([sys.executable, "-c", fake], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "Callback needs Python 3.11 or newer; this is Python 3.6, so run it with a newer one.\n"


def test_bootstrap_needs_nothing_installed():
    """-S leaves site-packages out, as on a bare machine; --help goes through bootstrap and suite."""
    for command in ("start", "test"):
        done = subprocess.run(
            [sys.executable, "-S", ROOT / "manage.py", command, "--help"], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert f"usage: manage.py {command}" in done.stdout


def test_other_commands_without_django_say_what_to_run(tree, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "in_venv", lambda: True)
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    assert bootstrap.main(["quicklog", "called Dana"]) == 1
    assert "python3 manage.py start" in capsys.readouterr().err


def test_other_commands_go_on_in_venv(tree, monkeypatch):
    became = []
    monkeypatch.setattr(bootstrap.os, "execv", lambda path, argv: became.append(argv) or sys.exit())
    with pytest.raises(SystemExit):
        bootstrap.main(["brief", "Acme"])
    assert became == [[str(tree / ".venv/bin/python"), str(tree / "manage.py"), "brief", "Acme"]]


def test_ctrl_c_ends_without_a_traceback(monkeypatch, capsys):
    def interrupted(argv):
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "start", interrupted)
    assert bootstrap.main(["start"]) == 130
    assert capsys.readouterr().err == "\nStopped.\n"


# --- start's arguments -------------------------------------------------------------------------------------


def test_start_defaults():
    options = bootstrap.start_options([])
    assert (options.host, options.port, options.no_browser, options.empty) == ("127.0.0.1", 8000, False, False)


@pytest.mark.parametrize("argv", [["--port", "66000"], ["--port", "x"], ["--port", "-1"], ["--nonsense"]])
def test_start_refuses(argv, capsys):
    with pytest.raises(SystemExit) as end:
        bootstrap.start_options(argv)
    assert end.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_postgres_installs_its_driver(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert bootstrap.start_locks() == ["requirements.lock"]
    monkeypatch.setenv("DATABASE_URL", "postgres://me@localhost/callback")
    assert bootstrap.start_locks() == ["requirements.lock", "requirements-postgres.lock"]


# --- the data folder ---------------------------------------------------------------------------------------


def test_data_folder_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("CALLBACK_HOME", str(tmp_path / "a" / "b"))
    home = bootstrap.data_folder()
    assert home == tmp_path / "a" / "b"
    assert home.stat().st_mode & 0o777 == 0o700


def test_data_folder_from_a_relative_path_is_absolute_for_children(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLBACK_HOME", "data")
    bootstrap.data_folder()
    assert os.environ["CALLBACK_HOME"] == str(tmp_path / "data")


def test_data_folder_that_cannot_be_made(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CALLBACK_HOME", str(tmp_path / "file" / "data"))
    with pytest.raises(Stop) as stop:
        bootstrap.data_folder()
    assert "CALLBACK_HOME" in one_sentence(stop)


def test_data_folder_without_write_permission(tmp_path, monkeypatch):
    monkeypatch.setenv("CALLBACK_HOME", str(tmp_path))
    monkeypatch.setattr(bootstrap.os, "access", lambda *_: False)
    with pytest.raises(Stop) as stop:
        bootstrap.data_folder()
    assert "may not write" in one_sentence(stop)


def test_secret_key_is_made_once_and_private(tmp_path):
    home = tmp_path / "home"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: bootstrap.secret_key(home), range(24)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert [path.name for path in home.iterdir()] == ["secret_key"]
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600


def test_secret_key_readable_by_others_is_closed(tmp_path):
    (tmp_path / "secret_key").write_text("k" * 50)
    (tmp_path / "secret_key").chmod(0o644)
    assert bootstrap.secret_key(tmp_path) == "k" * 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_claimed_folder_names_who_holds_it(tmp_path):
    held = bootstrap.claim(tmp_path, "http://127.0.0.1:8000/")
    with pytest.raises(Stop) as stop:
        bootstrap.claim(tmp_path, "")
    assert "already running" in one_sentence(stop)
    assert "http://127.0.0.1:8000/" in str(stop.value)
    held.close()
    bootstrap.claim(tmp_path, "").close()


# --- the port ----------------------------------------------------------------------------------------------


def test_taken_port():
    port = free_port()
    with bootstrap.listen("127.0.0.1", port), pytest.raises(Stop) as stop:
        bootstrap.listen("127.0.0.1", port)
    text = one_sentence(stop)
    assert f"Port {port} is taken by another program" in text
    assert f"--port {port + 1}" in text


def test_port_for_administrators(monkeypatch):
    def refuse(self, address):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(bootstrap.socket.socket, "bind", refuse, raising=False)
    with pytest.raises(Stop) as stop:
        bootstrap.listen("127.0.0.1", 80)
    assert "administrator rights" in one_sentence(stop)


def test_address_of_another_machine():
    with pytest.raises(Stop) as stop:
        bootstrap.listen("203.0.113.7", 0)
    assert "203.0.113.7" in one_sentence(stop)


# --- .venv -------------------------------------------------------------------------------------------------


def test_installs_with_hashes_and_not_again(tree, pip):
    bootstrap.set_up(["some.lock"])
    bootstrap.set_up(["some.lock"])
    [command] = pip.calls
    assert command[0] == str(tree / ".venv/bin/python")
    assert "--require-hashes" in command and f"--requirement={tree / 'some.lock'}" in command


def test_installs_again_when_the_lock_changes(tree, pip):
    bootstrap.set_up(["some.lock"])
    (tree / "some.lock").write_text("django==5.2.1 --hash=sha256:11\n")
    assert not bootstrap.installed(["some.lock"])
    bootstrap.set_up(["some.lock"])
    assert len(pip.calls) == 2
    assert bootstrap.installed(["some.lock"])


def test_installs_only_what_is_missing(tree, pip):
    (tree / "other.lock").write_text("pytest==9 --hash=sha256:22\n")
    bootstrap.set_up(["some.lock"])
    bootstrap.set_up(["some.lock", "other.lock"])
    assert f"--requirement={tree / 'some.lock'}" not in pip.calls[1]
    assert bootstrap.installed(["some.lock", "other.lock"])


def test_another_python_is_another_environment(tree, pip):
    bootstrap.set_up(["some.lock"])
    stamps = json.loads((tree / ".venv/installed.json").read_text())
    (tree / ".venv/installed.json").write_text(json.dumps({**stamps, "python": "/usr/bin/python3.10"}))
    assert not bootstrap.installed(["some.lock"])


def test_damaged_stamp_is_no_stamp(tree, pip):
    (tree / ".venv/installed.json").write_text("{")
    bootstrap.set_up(["some.lock"])
    assert len(pip.calls) == 1


@pytest.mark.parametrize(
    ("says", "wanted"),
    [
        ("WARNING: Retrying: Temporary failure in name resolution\nERROR: No matching distribution", "no network"),
        ("ERROR: No space left on device", "No space left on device ("),
        ("", "it gave no reason"),
    ],
)
def test_failed_install(tree, pip, says, wanted):
    pip.says, pip.ends = says, 1
    with pytest.raises(Stop) as stop:
        bootstrap.set_up(["some.lock"])
    assert wanted in one_sentence(stop)
    assert not bootstrap.installed(["some.lock"])


def test_missing_venv_module(tree, monkeypatch):
    monkeypatch.setattr(bootstrap, "_usable", lambda: False)
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Stop) as stop:
        bootstrap.set_up(["some.lock"])
    assert "apt install python3-venv" in one_sentence(stop)


def test_no_write_permission_for_venv(tree, monkeypatch):
    monkeypatch.setattr(bootstrap, "_usable", lambda: False)
    monkeypatch.setattr(bootstrap.os, "access", lambda *_: False)
    with pytest.raises(Stop) as stop:
        bootstrap.set_up(["some.lock"])
    assert "may not write" in one_sentence(stop)


def test_a_folder_that_is_no_environment_is_kept(tree, monkeypatch):
    monkeypatch.setattr(bootstrap, "_usable", lambda: False)
    (tree / ".venv/pyvenv.cfg").unlink()
    with pytest.raises(Stop) as stop:
        bootstrap.set_up(["some.lock"])
    assert "in the way" in one_sentence(stop)
    assert (tree / ".venv/bin/python").exists()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock", "requirements-postgres.lock"])
def test_locks_pin_hashes_and_name_no_index(lock):
    lines = (ROOT / lock).read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pins and all("==" in pin and pin.endswith("\\") for pin in pins)
    assert not [line for line in lines if "://" in line or "--index" in line or "--find-links" in line]


def pins(lock):
    lines = (ROOT / lock).read_text().splitlines()
    return {line.split(" ")[0] for line in lines if line[:1].isalpha()}


def test_locks_agree_with_each_other():
    assert pins("requirements.lock") <= pins("requirements-test.lock")
    assert pins("requirements.lock") <= pins("requirements-postgres.lock")


@pytest.mark.parametrize(
    ("lock", "extra"),
    [("requirements.lock", None), ("requirements-test.lock", "test"), ("requirements-postgres.lock", "postgres")],
)
def test_locks_follow_pyproject(lock, extra):
    """docs/install.md has the command that makes the locks anew."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    versions = dict(pin.split("==") for pin in pins(lock))
    wanted = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    for requirement in map(Requirement, wanted):
        version = versions.get(requirement.name)
        assert version and requirement.specifier.contains(version), f"{requirement} is not what {lock} pins"
