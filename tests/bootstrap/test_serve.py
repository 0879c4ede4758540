"""`manage.py start` inside a set-up environment: addresses, static files, and a server that really runs."""

import http.client
import os
import re
import resource
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from crm import bootstrap, serve
from crm.bootstrap import ROOT, Stop

SLOW = 60  # seconds after which something is taken for broken
# What `start` does once it is inside .venv, whatever environment these tests run in.
IN_VENV = "import sys; from crm import bootstrap, serve; sys.exit(serve.run(bootstrap.start_options(sys.argv[1:])))"


@contextmanager
def started(home, *arguments):
    """A running start on a free port: its process and its output up to the last line it greets with."""
    environment = {**os.environ, "CALLBACK_HOME": str(home)}
    # DATABASE_URL names somebody's real database, from which pytest-django makes its own; start would use the real one.
    for variable in ("CALLBACK_HOSTS", "CALLBACK_SECRET_KEY", "DATABASE_URL"):
        environment.pop(variable, None)
    process = subprocess.Popen(
        [sys.executable, "-c", IN_VENV, "--port", "0", "--no-browser", "--empty", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        yield SimpleNamespace(process=process, said=said, port=port_in(said))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def port_in(said):
    found = re.search(r"Callback is at http://127\.0\.0\.1:(\d+)/", said)
    return int(found[1]) if found else None


def get(port, path="/login/"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SLOW)
    try:
        connection.request("GET", path, headers={"Connection": "close"})
        return connection.getresponse().status
    finally:
        connection.close()


def cpu_seconds():
    """Of all children that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def gone(port):
    try:
        get(port)
    except OSError:
        return True
    return False


# --- pure parts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("192.168.1.5", "http://192.168.1.5:8000/"),
        ("::", "http://[::1]:8000/"),
    ],
)
def test_local_url(host, url):
    assert serve.local_url(host, 8000) == url


@pytest.mark.parametrize(
    ("host", "https", "url"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "", "http://192.0.2.7:8000/"),
        ("0.0.0.0", "1", "https://crm.example.com/"),
    ],
)
def test_links_in_mails_lead_where_others_reach_it(monkeypatch, host, https, url):
    monkeypatch.setattr(serve, "network_address", lambda: "192.0.2.7")
    monkeypatch.setenv("CALLBACK_HOSTS", "crm.example.com")
    monkeypatch.setenv("CALLBACK_HTTPS", https)
    assert serve.mailed_url(host, "http://127.0.0.1:8000/") == url


def test_public_url_behind_a_proxy(monkeypatch):
    monkeypatch.setenv("CALLBACK_HOSTS", "crm.example.com,localhost")
    monkeypatch.setenv("CALLBACK_HTTPS", "")
    assert serve.public_url("http://127.0.0.1:8000/") == "http://127.0.0.1:8000/"
    monkeypatch.setenv("CALLBACK_HTTPS", "1")
    assert serve.public_url("http://127.0.0.1:8000/") == "https://crm.example.com/"


def test_loopback_lets_in_nobody_else(monkeypatch):
    monkeypatch.delenv("CALLBACK_HOSTS", raising=False)
    serve.let_in("127.0.0.1")
    assert "CALLBACK_HOSTS" not in os.environ


def test_a_wider_host_names_this_machine(monkeypatch):
    monkeypatch.setenv("CALLBACK_HOSTS", "")
    monkeypatch.setattr(serve, "network_address", lambda: "192.168.1.5")
    monkeypatch.setattr(serve.socket, "gethostname", lambda: "desk")
    serve.let_in("0.0.0.0")
    assert os.environ["CALLBACK_HOSTS"] == "localhost,127.0.0.1,[::1],192.168.1.5,desk,desk.local"


def test_named_hosts_stay(monkeypatch):
    monkeypatch.setenv("CALLBACK_HOSTS", "crm.example.com")
    serve.let_in("0.0.0.0")
    assert os.environ["CALLBACK_HOSTS"] == "crm.example.com"


def test_no_browser_without_a_display(monkeypatch):
    monkeypatch.setattr(serve.sys, "platform", "linux")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    assert not serve.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert serve.has_display()


# --- for real ----------------------------------------------------------------------------------------------


def test_start_twice_and_stop(tmp_path):
    home, before = tmp_path / "home", cpu_seconds()
    with started(home) as first:
        assert first.port, first.said
        assert home.stat().st_mode & 0o777 == 0o700
        for name in ("secret_key", "callback.sqlite3"):
            assert (home / name).stat().st_mode & 0o077 == 0
        link = re.search(r"works once: http://127\.0\.0\.1:\d+(/\S+)", first.said)
        assert link, first.said
        assert get(first.port, link[1]) == 200
        with started(home) as other:
            assert "already running" in other.said and other.port is None
            assert other.process.wait(SLOW) == 1
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(SLOW) == 0
        assert "Stopped." in first.process.stdout.read()
        assert gone(first.port)

    worked, before = cpu_seconds() - before, cpu_seconds()
    with started(home) as second:
        assert second.port, second.said
        assert get(second.port) == 200
        assert "Making the database" not in second.said
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(SLOW) == 0
    # How long that takes is measured by tests/bench: here, that it does not do the first one's work again.
    print(f"{worked:.1f} s of work, then {cpu_seconds() - before:.1f} s")
    assert cpu_seconds() - before < worked / 2


def test_the_server_ends_with_a_killed_start(tmp_path):
    with started(tmp_path) as run:
        run.process.kill()
        run.process.wait()
        deadline = time.monotonic() + SLOW
        while not gone(run.port) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert gone(run.port)
        # The folder is free again once the last of its processes is gone.
        while time.monotonic() < deadline:
            try:
                bootstrap.claim(tmp_path, "").close()
            except Stop:
                time.sleep(0.05)
            else:
                return
        pytest.fail("the data folder is still held")
