"""Measure the pages on the database of CALLBACK_HOME: `python -m tests.bench.measure [ROUNDS]`, JSON on stdout.

In-process, through Django's test client, with the production settings (cached templates, hashed static files, SQLite
in WAL mode with synchronous=FULL). Each round asks for the empty page and then for one page, for each page in
turn, so that whatever else the machine does falls on both. The empty page is Django's own: the middleware, session
store and user backend of `startproject`, a view that reads session and user, no template. Afterwards each page is
asked for right after a write ("fresh"), as what a server remembers of a page is gone then.
"""

import gc
import itertools
import json
import os
import statistics
import sys
import time
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
WARM_UP = 3
FORM = "application/x-www-form-urlencoded"  # as browsers send it
STARTPROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
STOCK_BACKEND = "django.contrib.auth.backends.ModelBackend"


_TALKED_TO = 250  # so many that hardly anybody is written to twice


class World:
    """Of each kind one with much on it; an ordinary prospect besides. `talks`: whom the lines to log name, in turn."""

    def __init__(self):
        from django.db.models import Count

        from accounts.models import Contact, Prospect
        from deals.models import Deal

        busy = Prospect.objects.annotate(n=Count("activities")).order_by("-n", "pk")
        self.prospect, self.ordinary = busy.first(), busy[busy.count() // 2]
        self.contact = Contact.objects.filter(prospect=self.prospect).first()
        busy = Deal.objects.open().order_by().annotate(n=Count("activities")).order_by("-n", "pk")
        self.deal = busy.first()
        self.talks = itertools.cycle(_talks(busy[:_TALKED_TO]))


def _talks(deals):
    """[(first name, its prospect's name)] of people of these deals, one each, that the log is sure of."""
    from crm.desk import filing

    found = []
    for deal in deals:
        for contact in deal.contacts.all():
            who = contact.name.split(" ")[0], deal.prospect.name
            plan, _ = filing.preview("called {} at {}".format(*who))
            if plan.people == [contact] and not plan.pending:
                found.append(who)
                break
    return found


def clients():
    """(the project's client, the empty page's), both signed in as the seller."""
    from django.conf import settings
    from django.test import Client, override_settings

    from crm.access.models import User

    seller = User.objects.seller() or User.objects.create_user("sam@callback.example", "Sam", "a long one", "seller")
    project = Client(SERVER_NAME="localhost")
    project.force_login(seller, backend="crm.access.backends.UserBackend")
    plain = Client(SERVER_NAME="localhost")
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, STOCK_BACKEND]
    with override_settings(MIDDLEWARE=STARTPROJECT, SESSION_ENGINE="tests.bench.stock_sessions"):
        plain.force_login(seller, backend=STOCK_BACKEND)
        plain.handler.load_middleware()
    assert plain.get("/bench/empty/").content, "the empty page does not know who asks"
    return project, plain


def ask(client, page, url, world):
    """((milliseconds, milliseconds of processor), response)"""
    data = page.post(world) if page and page.post else None
    headers = page.headers if page else None
    started, worked = time.perf_counter_ns(), time.process_time_ns()
    if data is None:
        response = client.get(url, headers=headers)
    else:
        response = client.post(url, urlencode(data), FORM, headers=headers)
    response.getvalue() if response.streaming else response.content
    return ((time.perf_counter_ns() - started) / 1e6, (time.process_time_ns() - worked) / 1e6), response


def measure(rounds):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from .pages import PAGES

    world = World()
    project, plain = clients()
    pages = [(page, url) for page in PAGES if (url := page.url(world))]
    found = {}
    for page, url in pages:
        # The first time, so that nothing is remembered of it.
        with CaptureQueriesContext(connection) as queries:
            _, response = ask(project, page, url, world)
        asked = len(queries)  # the next request clears the log
        for _ in range(WARM_UP):
            ask(plain, None, "/bench/empty/", world)
            ask(project, page, url, world)
        body = 0 if response.streaming else len(response.content)
        found[page.name] = {
            "status": response.status_code, "queries": asked, "bytes": body, "limit": page.limit,
            "writes": bool(page.post and "POST" in page.name), "times": [], "empty": [], "fresh": [],
        }  # fmt: skip
    gc.collect()
    gc.freeze()
    import crm.wsgi  # noqa: F401 (as it is served: it says how often to look for garbage)

    # Reading first, while nothing changes; then writing; then each page right after somebody wrote.
    reading = [(page, url) for page, url in pages if not page.post]
    writing = [(page, url) for page, url in pages if page.post]
    for turn in (reading, writing):
        for _ in range(rounds):
            for page, url in turn:
                found[page.name]["empty"].append(ask(plain, None, "/bench/empty/", world)[0])
                found[page.name]["times"].append(ask(project, page, url, world)[0])
    written = next(((page, url) for page, url in writing if page.name == "log POST"), None)
    for _ in range(max(3, rounds // 4) if written else 0):
        for page, url in reading:
            ask(project, *written, world)
            found[page.name]["fresh"].append(ask(project, page, url, world)[0])
    return {name: _medians(row) for name, row in found.items()}


def _medians(row):
    (row["ms"], row["cpu"]), (row["empty_ms"], row["empty_cpu"]) = (
        map(statistics.median, zip(*row.pop(name), strict=True)) for name in ("times", "empty")
    )
    row["ratio"], row["cpu_ratio"] = row["ms"] / row["empty_ms"], row["cpu"] / row["empty_cpu"]
    fresh = row.pop("fresh")
    row["fresh_ms"] = statistics.median(wall for wall, _ in fresh) if fresh else row["ms"]
    row["fresh_cpu_ratio"] = (
        statistics.median(cpu for _, cpu in fresh) / row["empty_cpu"] if fresh else row["cpu_ratio"]
    )
    return row


def main():
    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "tests.bench.urls"
    from crm.access import locale

    locale.activate()
    json.dump(measure(int(sys.argv[1]) if sys.argv[1:] else 40), sys.stdout)


if __name__ == "__main__":
    main()
