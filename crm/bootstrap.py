"""From a bare python3 to a working .venv. Standard library only: it runs before anything is installed."""

import argparse
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import secrets
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
POSTGRES_LOCK = "requirements-postgres.lock"

OWN_COMMANDS = """\
Set up everything they need first:
  start    Serve Callback on this machine (start --help)
  test     Check the code and run the tests (test --help)
"""
OFFLINE = re.compile(
    r"NewConnectionError|name resolution|nodename nor servname|Network is unreachable|timed out|ProxyError"
)


class Stop(Exception):
    """Ends the command; its text is the one sentence that says why and what to do."""


def main(argv):
    """Run one command of manage.py and return its exit code."""
    command = argv[0] if argv else "help"
    if command == "help" and argv[1:2] in (["start"], ["test"]):
        command, argv = argv[1], [argv[1], "--help"]
    try:
        if command == "start":
            return start(argv[1:])
        if command == "test":
            from crm import suite

            return suite.test(argv[1:])
        if command in ("help", "-h", "--help") and not argv[1:]:
            print(OWN_COMMANDS, flush=True)
        return run_django(argv)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def run_django(argv):
    """Any other command: in .venv where there is one, else with the Python at hand."""
    if PYTHON.exists() and not in_venv():
        re_exec(argv)
    if importlib.util.find_spec("django") is None:
        raise Stop("Django is not installed for this Python; run `python3 manage.py start` once to set it up.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    if argv[:1] == ["migrate"] and not {"-h", "--help", "--plan", "--check", "--fake"} & set(argv):
        from crm import prepare

        prepare.back_up_before_migrating(argv[1:])
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *argv])
    return 0


def start(argv):
    """Set up in whatever Python this is, then go on inside .venv (crm.serve)."""
    options = start_options(argv)
    if not in_venv() or not installed(start_locks()):
        # What would fail after the minute of installing is tried before it.
        claim(data_folder(), "").close()
        listen(options.host, options.port).close()
        set_up(start_locks())
    if not in_venv():
        re_exec(["start", *argv])
    from crm import serve

    return serve.run(options)


def start_options(argv):
    parser = argparse.ArgumentParser(
        prog="manage.py start",
        description="Set up Callback if need be, serve it, and open it in the browser.",
        epilog="Environment: CALLBACK_HOME (data folder, default var/), DATABASE_URL, CALLBACK_SECRET_KEY, "
        "CALLBACK_HOSTS; docs/install.md describes them. Ctrl-C stops it.",
    )
    parser.add_argument("--port", type=int, default=8000, help="port (default 8000; 0 picks a free one)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (default 127.0.0.1, this machine only; 0.0.0.0: the whole network)",
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    parser.add_argument("--empty", action="store_true", help="load no sample data on the very first start")
    options = parser.parse_args(argv)
    if not 0 <= options.port <= 65535:
        parser.error("--port takes a number from 0 to 65535")
    return options


def start_locks():
    return [LOCK, POSTGRES_LOCK] if uses_postgres() else [LOCK]


def uses_postgres():
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


# --- the data folder ---------------------------------------------------------------------------------------


def data_folder():
    """CALLBACK_HOME or var/, absolute; made for its owner alone where it is missing. Raises Stop."""
    home = Path(os.environ.get("CALLBACK_HOME") or ROOT / "var").expanduser().resolve()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(
            f"Callback cannot make its data folder {home} ({error.strerror}); set CALLBACK_HOME to another."
        ) from error
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise Stop(f"Callback may not write to its data folder {home}; change its owner or set CALLBACK_HOME.")
    # Children agree on it, wherever they are started.
    os.environ["CALLBACK_HOME"] = str(home)
    return home


def secret_key(home):
    """The key kept in the data folder (mode 0600), made on first use; several processes may ask at once."""
    path = home / "secret_key"
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = home / f"secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            # A link appears whole or not at all, and fails where somebody else was first.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return path.read_text().strip()


def claim(home, url):
    """Hold the data folder for one running server, which `url` names; the open file is the claim.

    Raises Stop where another server holds it.
    """
    handle = open(home / "start.lock", "a+", opener=lambda path, flags: os.open(path, flags, 0o600))  # noqa: SIM115
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.seek(0)
        where = handle.read().strip() or "it is just starting"
        handle.close()
        raise Stop(f"Callback is already running on {home}: {where} (Ctrl-C there stops it).") from None
    handle.truncate(0)
    handle.write(url)
    handle.flush()
    return handle


def listen(host, port):
    """A bound and listening socket. Raises Stop with the reason in words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except PermissionError:
        reason = f"Port {port} needs administrator rights; choose one above 1023, such as --port 8000."
    except socket.gaierror:
        reason = f"{host} is no address of this machine; --host takes one such as 127.0.0.1 or 0.0.0.0."
    except OSError as error:
        if error.errno in (98, 48):  # EADDRINUSE on Linux and on macOS
            reason = f"Port {port} is taken by another program; choose another, such as --port {port + 1}."
        else:
            reason = f"Callback cannot listen on {host}, port {port}: {error.strerror}."
    else:
        return listener
    listener.close()
    raise Stop(reason)


# --- .venv -------------------------------------------------------------------------------------------------


def in_venv():
    return VENV.is_dir() and os.path.samefile(sys.prefix, VENV)


def re_exec(argv):
    """Become the same command inside .venv."""
    sys.stdout.flush()
    # On macOS the framework's launcher leaves this behind, and the next Python would believe it.
    os.environ.pop("__PYVENV_LAUNCHER__", None)
    os.execv(PYTHON, [str(PYTHON), str(ROOT / "manage.py"), *argv])


def set_up(locks):
    """Make .venv if need be and install what `locks` name, with hashes; does nothing when all is there."""
    if installed(locks):
        return
    with _alone():
        if installed(locks):
            return
        if not _usable():
            _make_venv()
        _install([lock for lock in locks if not installed([lock])])


def installed(locks):
    """True when each of `locks` was installed, as it reads now, by the Python that .venv uses now."""
    stamps = _stamps()
    return (
        PYTHON.exists()
        and stamps.get("python") == os.path.realpath(PYTHON)
        and all(stamps.get(lock) == _digest(lock) for lock in locks)
    )


def _stamps():
    try:
        return json.loads((VENV / "installed.json").read_text())
    except (OSError, ValueError):
        return {}


def _digest(lock):
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


@contextmanager
def _alone():
    """Two starts at once do not install over each other: the second waits."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _usable():
    """True when .venv has a working Python 3.11 or newer, the one it was made with, and pip."""
    known = _stamps().get("python")
    if not PYTHON.exists() or (known and known != os.path.realpath(PYTHON)):
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
    return subprocess.run([PYTHON, "-c", probe], capture_output=True).returncode == 0


def _make_venv():
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise Stop(
            "This Python lacks its venv module; install it (on Debian and Ubuntu: apt install python3-venv) "
            "and run this again."
        )
    if not os.access(ROOT, os.W_OK):
        raise Stop(f"Callback may not write to {ROOT}, where .venv belongs; change its owner or move it.")
    if VENV.exists() and any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists():
        raise Stop(f"{VENV} is in the way and no virtual environment; move it elsewhere and run this again.")
    print("Making .venv …", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        raise Stop(f"Callback could not make .venv: {_last_line(made.stderr or made.stdout)}.")


def _install(locks):
    log = VENV / "pip.log"
    pip = [PYTHON, "-m", "pip", "--no-input", "--disable-pip-version-check"]
    command = [*pip, "install", "--require-hashes", *(f"--requirement={ROOT / lock}" for lock in locks)]
    print(f"Installing {' and '.join(locks)} into .venv (only once; a minute or so) …", flush=True)
    try:
        with open(log, "w") as output:
            # A user-wide `user = true` would make pip refuse to install into .venv.
            done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "PIP_USER": "0"})
    except PermissionError as error:
        raise Stop(f"Callback may not write to {VENV}; change its owner and run this again.") from error
    if done.returncode:
        said = log.read_text(errors="replace")
        if OFFLINE.search(said):
            raise Stop(f"The packages could not be fetched: no network; run this again with one ({log} has the rest).")
        raise Stop(f"The packages could not be installed: {_last_line(said)} ({log} has the rest).")
    stamps = {**_stamps(), "python": os.path.realpath(PYTHON), **{lock: _digest(lock) for lock in locks}}
    fresh = VENV / "installed.json.new"
    fresh.write_text(json.dumps(stamps, indent=1))
    fresh.replace(VENV / "installed.json")


def _last_line(text):
    """The last thing a tool complained of, else the last it said."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["it gave no reason"])[-1].removeprefix("ERROR:").strip().rstrip(".")
