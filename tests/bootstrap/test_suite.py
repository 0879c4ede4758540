"""`manage.py test`: what pytest is given, and which browser."""

import pytest

from crm import suite
from crm.bootstrap import Stop


@pytest.fixture
def machine(monkeypatch):
    """A machine with the programs in the returned dict, and no CI."""
    programs = {}
    monkeypatch.setattr(suite.shutil, "which", lambda name: programs.get(name))
    for variable in ("CHROMIUM", "CI"):
        monkeypatch.delenv(variable, raising=False)
    return programs


@pytest.mark.parametrize(
    ("argv", "given"),
    [
        ([], ["--ignore=tests/bench", "-n", "2"]),
        (["-k", "brief"], ["--ignore=tests/bench", "-n", "2", "-k", "brief"]),
        (["-n", "4"], ["--ignore=tests/bench", "-n", "4"]),
        (["-n0"], ["--ignore=tests/bench", "-n0"]),
        (["-p", "no:xdist"], ["--ignore=tests/bench", "-p", "no:xdist"]),
        (["--pdb", "tests/deals"], ["--ignore=tests/bench", "--pdb", "tests/deals"]),
        (["tests/bench"], ["tests/bench"]),
        (["./tests/bench/test_pages.py::test_today"], ["./tests/bench/test_pages.py::test_today"]),
        (["--no-browser"], ["--ignore=tests/bench", "-n", "2", "-m", "not e2e"]),
        (["--no-browser", "-m", "bench"], ["--ignore=tests/bench", "-n", "2", "-m", "(bench) and not e2e"]),
    ],
)
def test_pytest_arguments(argv, given):
    assert suite.pytest_arguments(argv) == given


def test_first_browser_found(machine):
    assert suite.find_chromium() is None
    machine["google-chrome"] = "/opt/google-chrome"
    assert suite.find_chromium() == "/opt/google-chrome"
    machine["chromium"] = "/usr/bin/chromium"
    assert suite.find_chromium() == "/usr/bin/chromium"


def test_named_browser_goes_first(machine, monkeypatch):
    machine.update({"chromium": "/usr/bin/chromium", "/opt/my": "/opt/my"})
    monkeypatch.setenv("CHROMIUM", "/opt/my")
    assert suite.find_chromium() == "/opt/my"
    monkeypatch.setenv("CHROMIUM", "/opt/gone")
    with pytest.raises(Stop, match="/opt/gone, which is no program"):
        suite.find_chromium()


def test_no_browser_says_how_to_get_one(machine):
    with pytest.raises(Stop, match=r"apt install chromium.*--no-browser"):
        suite.test([])


def test_ci_installs_the_browser(machine, monkeypatch):
    ran = []

    def run(command, **_):
        ran.append(command)
        if "install" in command:
            machine["chromium"] = "/usr/bin/chromium"

    machine["apt-get"] = "/usr/bin/apt-get"
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(suite.os, "geteuid", lambda: 0)
    monkeypatch.setattr(suite.subprocess, "run", run)
    assert suite.install_chromium() == "/usr/bin/chromium"
    assert [command[2] for command in ran] == ["update", "install"]


def test_only_ci_as_root_installs(machine, monkeypatch):
    machine["apt-get"] = "/usr/bin/apt-get"
    monkeypatch.setattr(suite.subprocess, "run", lambda *_, **__: pytest.fail("installed something"))
    monkeypatch.setattr(suite.os, "geteuid", lambda: 0)
    with pytest.raises(Stop):
        suite.install_chromium()
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(suite.os, "geteuid", lambda: 1000)
    with pytest.raises(Stop):
        suite.install_chromium()


def test_everything_runs_and_the_first_failure_counts(machine, monkeypatch, capsys):
    runs = []

    def call(command, cwd, env):
        runs.append((command[2], env))
        return 1

    def run(command, env, **_):
        runs.append((command[2], env))
        failed = command[2] == "ruff"
        return suite.subprocess.CompletedProcess(
            command, 3 if failed else 0, "F401 unused\n" if failed else "all is well"
        )

    machine["chromium"] = "/usr/bin/chromium"
    monkeypatch.setenv("CALLBACK_HOSTS", "example.com")
    monkeypatch.setattr(suite, "set_up", lambda locks: None)
    monkeypatch.setattr(suite.subprocess, "call", call)
    monkeypatch.setattr(suite.subprocess, "run", run)
    assert suite.test([]) == 3
    assert capsys.readouterr().out == "ruff: failed\nF401 unused\n\nimport layers: ok\n"
    assert [name for name, _ in runs] == ["ruff", suite.LAYERS, "pytest"]
    environment = runs[-1][1]
    assert environment["CALLBACK_CHROMIUM"] == "/usr/bin/chromium"
    assert "callback-test-" in environment["CALLBACK_HOME"]
    assert "CALLBACK_HOSTS" not in environment
