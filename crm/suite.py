"""`manage.py test`: set up with the test extras, find Chromium, then ruff, the import layers and pytest."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile

from crm.bootstrap import POSTGRES_LOCK, PYTHON, ROOT, TEST_LOCK, Stop, set_up, uses_postgres

HELP = """\
usage: manage.py test [--no-browser] [pytest arguments …]

Set up the tests' packages if need be, find Chromium, then run ruff, the import layers and pytest.
The exit code is the first failure's.

  --no-browser   leave out what needs a browser (the tests marked e2e)

Everything else goes to pytest: paths, -k, -x, … The tests run two at a time unless -n says otherwise.
tests/bench runs only when it is named. Environment: CHROMIUM (path of the browser to use); CALLBACK_FRESH=1
(new dice for what is tried at random), CALLBACK_SLOW=6 (a browser six times slower).
"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
LAYERS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def test(argv):
    """Run everything and return the first failure's exit code."""
    if argv in (["-h"], ["--help"]):
        print(HELP, end="")
        return 0
    browser = "--no-browser" not in argv
    chromium = (find_chromium() or install_chromium()) if browser else None
    set_up([TEST_LOCK, POSTGRES_LOCK] if uses_postgres() else [TEST_LOCK])
    with tempfile.TemporaryDirectory(prefix="callback-test-") as home:
        environment = {**os.environ, "CALLBACK_HOME": home}
        environment.pop("CALLBACK_HOSTS", None)
        if chromium:
            environment["CALLBACK_CHROMIUM"] = chromium
        codes = [
            _check("ruff", ["-m", "ruff", "check", "."], environment),
            _check("import layers", ["-c", LAYERS], environment),
            _run_pytest(pytest_arguments(argv), environment),
        ]
    return next((code for code in codes if code), 0)


def _check(name, arguments, environment):
    """Run a checker, which is heard only where it finds something."""
    done = subprocess.run(
        [PYTHON, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    print(f"{name}: {'failed' if done.returncode else 'ok'}", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode


def _run_pytest(arguments, environment):
    # Ctrl-C reaches pytest as well, which says what it was at; this process waits for that.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.call([PYTHON, "-m", "pytest", *arguments], cwd=ROOT, env=environment)
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def pytest_arguments(argv):
    """What pytest is given: `argv` with our defaults where it says nothing else."""
    rest = [argument for argument in argv if argument != "--no-browser"]
    bench = any(os.path.normpath(argument).split("::")[0].startswith("tests/bench") for argument in rest)
    defaults = []
    if not bench:
        defaults.append("--ignore=tests/bench")
    if not bench and not _says_how_many(rest):
        defaults += ["-n", "2"]
    if "--no-browser" in argv:
        rest = _and_not_e2e(rest)
    return defaults + rest


def _says_how_many(arguments):
    return (
        any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)
        or ("-p", "no:xdist") in itertools.pairwise(arguments)
        or "-pno:xdist" in arguments
    )


def _and_not_e2e(arguments):
    """pytest heeds the last -m alone, so the user's is kept inside ours."""
    if "-m" in arguments[:-1]:
        at = arguments.index("-m") + 1
        return [*arguments[:at], f"({arguments[at]}) and not e2e", *arguments[at + 1 :]]
    return [*arguments, "-m", "not e2e"]


def find_chromium():
    """The path of a Chromium or Chrome on this machine, or None. Raises Stop for a wrong CHROMIUM."""
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if path is None:
            raise Stop(f"CHROMIUM names {named}, which is no program; set it to Chromium's path or unset it.")
        return path
    for name in (*BROWSERS, *MAC_BROWSERS):
        path = shutil.which(name)
        if path:
            return path
    return None


def install_chromium():
    """Debian's chromium, in CI alone and where this may; else Stop says how to get it."""
    if os.environ.get("CI") == "true" and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "chromium"]):
            done = subprocess.run(
                ["apt-get", "-q", *command],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        path = find_chromium()
        if path:
            return path
        print("\n".join(done.stdout.splitlines()[-15:]), flush=True)
    raise Stop(
        "No Chromium found: install it (Debian: apt install chromium; macOS: brew install --cask chromium), "
        "name it in the variable CHROMIUM, or leave the browser tests out with --no-browser."
    )
