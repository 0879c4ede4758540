import contextlib
import os
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.conventions.routes import ROOT
from tests.e2e.conftest import chromium  # noqa: F401 (one for all of these: two event loops do not go together)
from tests.e2e.servers import listening
from tests.once import once
from tests.ports import free_port

from .world import Town


@pytest.fixture
def world(installation):
    return Town()


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A data folder with the World in it; made once, to be copied."""
    fill = (
        "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
    )
    fill += "; from tests import make; make.installation(); from tests.security.world import Town; Town()"
    return once(tmp_path_factory, "filled", lambda home: python(home, "-c", fill))


def python(home, *arguments):
    """Let it fill a data folder."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def environment(home, **more):
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("CALLBACK_", "DJANGO_"))}
    keep.pop("DATABASE_URL", None)
    keep |= {"CALLBACK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "crm.settings", "PYTHONPATH": str(ROOT)}
    return keep | more


def collect(home):
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment(home), check=True, capture_output=True)


@contextlib.contextmanager
def gunicorn(home, **more):
    """Callback as docs/install.md serves it, over a data folder; yields its port and `home`."""
    port = free_port()
    (home / "static").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "gunicorn", "-c", "python:crm.gunicorn_conf", "crm.wsgi"]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment(home, **more),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            listening(port, process, lambda: (home / "server.log").read_text())
            yield SimpleNamespace(port=port, home=home)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def by_https(filled, tmp_path_factory):
    """A server that stands behind a proxy that speaks https, as crm.example."""
    home = tmp_path_factory.mktemp("by-https") / "home"
    shutil.copytree(filled, home)
    collect(home)
    with gunicorn(home, CALLBACK_HTTPS="1", CALLBACK_HOSTS="crm.example") as server:
        yield server
