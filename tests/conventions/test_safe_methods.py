"""Looking changes nothing, and nothing is shown under a loose policy."""

import pytest
from django.test import Client

from .database import fingerprint, writes
from .routes import report, urls

pytestmark = pytest.mark.django_db
SAFE = ("GET", "HEAD", "OPTIONS")
# What may be answered to a seller who looks. 405: the address is an action. 404: sample arguments lead nowhere.
FINE = {200, 204, 302, 303, 405}
OTHERS = {"setup": {404}, "trash_restore": {404}, "import_rejected": {404}}
STRICT = {
    "default-src": "'none'",
    **dict.fromkeys(
        ("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src", "worker-src", "form-action"),
        "'self'",
    ),
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_looking_writes_nothing(world, htmx):
    client, failures = signed_in(world.seller), []
    before = fingerprint()
    for route, url in urls(world, failures):
        for method in SAFE:
            with writes() as written:
                answer = client.generic(method, url, headers={"HX-Request": "true"} if htmx else {})
                b"".join(answer) if answer.streaming else answer.content
            if written:
                failures.append(f"{method} {route} writes: {written[0]}")
            if method != "OPTIONS" and answer.status_code not in FINE | OTHERS.get(route.name, set()):
                failures.append(f"{method} {route} answers {said(answer)} to the seller, with {url}")
    if fingerprint() != before:
        failures.append("the database is not what it was before")
    report(failures)


@pytest.mark.parametrize("who", ["seller", "manager", None])
def test_every_page_has_the_strict_policy(world, who):
    client, failures = signed_in(getattr(world, who)) if who else Client(raise_request_exception=False), []
    for route, url in [*urls(world, failures), ("404", "/nothing/here/"), ("login", "/login/?next=/")]:
        policy = client.get(url).headers.get("Content-Security-Policy", "")
        if dict(part.strip().split(" ", 1) for part in policy.split(";") if part) != STRICT:
            failures.append(f"{route} is shown under {policy or 'no policy'}")
    report(failures)


def signed_in(user, **how):
    """A browser of that user. A view that breaks answers it 500, so that the others are tried as well."""
    client = Client(raise_request_exception=False, **how)
    client.force_login(user, backend="crm.access.backends.UserBackend")
    return client


def said(answer):
    """The status, and what broke where it is 500."""
    broke = getattr(answer, "exc_info", None)
    return f"{answer.status_code} ({broke[1]!r:.200})" if broke else answer.status_code
