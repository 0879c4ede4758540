"""From a set-up .venv to a page in the browser: gunicorn, and the periodic jobs beside it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
import webbrowser
from contextlib import suppress

from crm import gunicorn_conf, prepare
from crm.bootstrap import ROOT, Stop, claim, data_folder, listen, secret_key

TICK_SECONDS = 60
STOP_SECONDS = 10


def run(options):
    """Serve until Ctrl-C, SIGTERM or the end of the terminal; the exit code."""
    os.umask(0o077)
    home = data_folder()
    if not os.environ.get("CALLBACK_SECRET_KEY"):
        secret_key(home)
    claimed = claim(home, "")
    listener = listen(options.host, options.port)
    base_url = local_url(options.host, listener.getsockname()[1])
    claimed.write(base_url)
    claimed.flush()
    let_in(options.host)
    os.environ.setdefault("CALLBACK_URL", mailed_url(options.host, base_url))
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
            signal.signal(number, signal.default_int_handler)

    prepare.django_itself()
    new = prepare.database(home)
    prepare.static_files(home)
    if new and not options.empty:
        prepare.sample_data()
    from crm.access import setup

    first_visit = setup.one_time_link(public_url(base_url))
    return serve(listener, base_url, first_visit, options)


# --- addresses ---------------------------------------------------------------------------------------------


def local_url(host, port):
    """Where this machine's own browser finds a server that listens on `host`."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def public_url(base_url):
    """What people type: the first of CALLBACK_HOSTS where a proxy speaks https for it, else `base_url`."""
    return f"https://{first_host()}/" if os.environ.get("CALLBACK_HTTPS") == "1" and first_host() else base_url


def first_host():
    """The first of CALLBACK_HOSTS, or an empty string."""
    return os.environ.get("CALLBACK_HOSTS", "").split(",")[0].lstrip(".")


def network_address():
    """This machine's address in its network, or None. Connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return probe.getsockname()[0]


def network_url(host, base_url):
    """Where another device of the network finds it, where `host` lets others in; "" where it does not."""
    if host not in ("0.0.0.0", "::") or not network_address():
        return ""
    return f"http://{network_address()}:{base_url.rstrip('/').rsplit(':', 1)[1]}/"


def mailed_url(host, base_url):
    """Where links in mails lead: as `public_url`, but by the network's address where others were let in."""
    found = public_url(base_url)
    return (network_url(host, base_url) or found) if found == base_url else found


def let_in(host):
    """Django answers only to names it was told of: tell it this machine's, where others may come in."""
    if host in ("127.0.0.1", "localhost", "::1") or os.environ.get("CALLBACK_HOSTS"):
        return
    name = socket.gethostname()
    names = ["localhost", "127.0.0.1", "[::1]", network_address()]
    names += [name, name.removesuffix(".local") + ".local"]
    if host not in ("0.0.0.0", "::"):
        names.append(f"[{host}]" if ":" in host else host)
    os.environ["CALLBACK_HOSTS"] = ",".join(dict.fromkeys(name for name in names if name))


# --- the server and its periodic jobs ----------------------------------------------------------------------


def serve(listener, base_url, first_visit, options):
    """Run gunicorn as a child and the jobs beside it; returns the exit code when told to stop."""
    server, _lifeline = fork_gunicorn(listener)
    listener.close()
    quitting = threading.Event()
    jobs = threading.Thread(target=tick, args=[quitting], daemon=True)
    try:
        wait_for_answer(base_url, server)
        announce(base_url, first_visit, options)
        jobs.start()
        _, status = os.waitpid(server, 0)
        raise Stop(f"The server ended by itself ({os.waitstatus_to_exitcode(status)}); start it again.")
    except KeyboardInterrupt:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop_child(server)
        with suppress(OSError):  # the terminal may be gone
            print("\nStopped.", flush=True)
        return 0
    finally:
        quitting.set()
        if jobs.is_alive():
            jobs.join(STOP_SECONDS)


def fork_gunicorn(listener):
    """Start gunicorn on an open socket; its process id, and the pipe end that ends it when this process dies.

    Forked rather than executed: Django is loaded here already, which halves the time to the first page.
    """
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid:
        os.close(read_end)
        return pid, write_end
    code = 1
    try:
        os.close(write_end)
        os.setsid()  # Ctrl-C is for the parent, which then stops this in order
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        _gunicorn(listener.fileno(), read_end).run()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _gunicorn(listener, lifeline):
    from gunicorn.app.base import BaseApplication

    arbiter = os.getpid()

    def watch_lifeline(worker):
        def watch():
            os.read(lifeline, 1)
            if os.getppid() == arbiter:
                os.kill(arbiter, signal.SIGTERM)

        threading.Thread(target=watch, daemon=True).start()

    class Gunicorn(BaseApplication):
        def load_config(self):
            always = {name: value for name, value in vars(gunicorn_conf).items() if not name.startswith("__")}
            for name, value in {
                **always,
                "bind": f"fd://{listener}",
                "graceful_timeout": 2,  # it waits for idle browser connections too
                "loglevel": "error",  # it warns of every HEAD request
                "post_worker_init": watch_lifeline,
            }.items():
                self.cfg.set(name, value)

        def load(self):
            from crm.wsgi import application

            return application

    return Gunicorn()


def wait_for_answer(base_url, server):
    """Return once the server answers. Raises Stop where it ends instead."""
    host, port = base_url.removeprefix("http://").rstrip("/").rsplit(":", 1)
    headers = {"Connection": "close"}
    if first_host():
        headers["Host"] = first_host()
    connection = http.client.HTTPConnection(host.strip("[]"), int(port), timeout=60)
    try:
        # The socket is open since before the fork, so this waits in its queue until a worker is there.
        connection.request("GET", "/login/", headers=headers)
        status = connection.getresponse().status
    except OSError:
        stop_child(server)
        raise Stop("The server ended while starting; what it printed above says why.") from None
    finally:
        connection.close()
    if status >= 500:
        print(f"Callback answers with an error ({status}); what is printed above says why.", file=sys.stderr)


def announce(base_url, first_visit, options):
    print(f"Callback is at {public_url(base_url)}")
    if network_url(options.host, base_url):
        print(f"From a phone in the same network: {network_url(options.host, base_url)}")
    if first_visit:
        print(f"Make your login first, by this link, which works once: {first_visit}")
    print("Ctrl-C stops it.", flush=True)
    if not options.no_browser and has_display():
        webbrowser.open(first_visit or base_url)


def has_display():
    if sys.platform == "darwin":
        return "SSH_CONNECTION" not in os.environ
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def tick(quitting):
    """Run `manage.py tick` once a minute, in a process of its own, until `quitting` is set."""
    while not quitting.wait(TICK_SECONDS):
        job = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "tick"], stdout=subprocess.DEVNULL, start_new_session=True
        )
        while job.poll() is None:
            if quitting.wait(0.2):
                job.terminate()
                job.wait()


def stop_child(pid):
    """Ask a child to end, insist after STOP_SECONDS, and reap it."""
    timer = threading.Timer(STOP_SECONDS, os.kill, [pid, signal.SIGKILL])
    timer.start()
    try:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass
    finally:
        timer.cancel()
