"""HTML that is kept until something is written (crm/web/kept_html.py): what one reader was shown reaches no other."""

import re

import pytest

from crm.web import remember
from tests.conventions.routes import report, urls
from tests.conventions.test_safe_methods import signed_in

from .test_forms import still  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)  # inside of a transaction nothing is kept
# A UUID, a token, a key of forms.
DRAWN = re.compile(r"[\w-]{32,}")


def test_each_reader_is_shown_what_they_would_be_shown_alone(still, world, monkeypatch):  # noqa: F811
    """Each page that is kept by turns to the seller and two managers, and then to each with nothing kept."""
    readers = {
        "the seller": signed_in(world.seller),
        "a manager": signed_in(world.manager),
        "another manager": signed_in(world.rival),
    }
    asked = [url for _, url in urls(world, [])]
    asked += ["/search/?q=seventh", "/deals/table/?outcome=all", "/status/?as_of=2026-03-11"]
    failures, kept = [], set()
    for url in asked:
        for headers in ({}, {"HX-Request": "true"}):
            seen(readers["a manager"], url, headers)
            if not any(key[1] == url for key in remember._local.kept if isinstance(key, tuple)):
                break
            kept.add(url)
            shown = [{who: seen(client, url, headers) for who, client in readers.items()} for _ in range(2)]
            with monkeypatch.context() as patch:
                patch.setattr(remember, "_state", lambda: None)
                alone = {who: seen(client, url, headers) for who, client in readers.items()}
            failures += [f"{url} to {who}, {headers}" for who in readers if shown[1][who] != alone[who]]
            if "seventh seal" in "".join(shown[1][who][1].casefold() for who in readers if who != "the seller"):
                failures.append(f"{url} shows a private line, {headers}")
    assert len(kept) >= 8, kept
    report(failures)


def seen(client, url, headers):
    answer = client.get(url, headers=headers)
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, DRAWN.sub("", body.decode(errors="replace"))
