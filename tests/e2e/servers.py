"""Servers of the journeys, as in life: gunicorn, collected static files, templates kept."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
# Seconds after which something is taken for broken. A machine may be ten times slower than ours.
PATIENCE = int(os.environ.get("CALLBACK_PATIENCE") or 60)


def environment(home, debug=""):
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("CALLBACK_", "DJANGO_"))}
    keep.pop("DATABASE_URL", None)
    return keep | {"CALLBACK_HOME": str(home), "CALLBACK_DEBUG": debug, "PYTHONPATH": str(ROOT)}


def collect(home):
    """Static files for a data folder."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    done = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def copied(seed, static, home):
    """`home`, a new data folder with what `seed` holds and the static files of `static`."""
    home.mkdir()
    for name in ("callback.sqlite3", "secret_key"):
        shutil.copy(seed / name, home / name)
    (home / "static").symlink_to(static / "static")
    return home


class Rows(list):
    """What the database held. Compared with `==` it is looked at again until it holds that or patience ends: what a
    click has started ends a little later. What is *not* there is only asked after a sign that all is over."""

    def __init__(self, look):
        super().__init__(look())
        self.look = look

    def __eq__(self, wanted):
        until = time.monotonic() + PATIENCE / 3
        while not list.__eq__(self, wanted):
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
            self[:] = self.look()
        return True

    __hash__ = None


class Live:
    """A running server: its address, its data folder. `debug="1"`: static files as they lie in the tree."""

    def __init__(self, home, debug=""):
        self.home, self.port = home, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = (home / "server.log").open("w+")
        command = [sys.executable, "-m", "gunicorn", "crm.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--threads", "4", "--no-control-socket"]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(home, debug),
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def wait(self):
        listening(self.port, self.process, self.said)

    def said(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def rows(self, sql, *values):
        """What the database holds; see Rows."""

        def look():
            with closing(sqlite3.connect(self.home / "callback.sqlite3", timeout=PATIENCE)) as connection:
                return connection.execute(sql, values).fetchall()

        return Rows(look)

    def some(self, sql, *values):
        """What the database holds once it holds anything."""
        until = time.monotonic() + PATIENCE / 3
        while not (rows := self.rows(sql, *values)) and time.monotonic() < until:
            time.sleep(0.05)
        return rows

    def stop(self):
        """At once: what it leaves behind is thrown away."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()


def listening(port, process, said):
    """Wait until somebody listens there; said(): what the server wrote, for the message if it gives up."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, said()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens: {said()}")
