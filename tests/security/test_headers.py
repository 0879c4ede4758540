"""The headers of every answer: pages, fragments, refusals, errors, redirects, downloads, static files."""

import pytest
from django.test import Client

from crm.web.middleware import SafeAnswers
from tests.conventions.routes import report, urls
from tests.conventions.test_safe_methods import signed_in

pytestmark = pytest.mark.django_db
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
ERRORS = ["/nothing/here/", "/static/nothing.css", "/login/?next=%00", "/people/999999/access/", "/%00/"]


def missing(answer, static=False):
    """What the headers lack, in words; "" where all is well."""
    page = not answer.get("Content-Type", "").startswith(SafeAnswers.NO_PAGES)
    always = {name: value for name, value in ALWAYS.items() if page or name not in SafeAnswers.OF_PAGES}
    wrong = [f"{name}: {answer.get(name)}" for name, value in always.items() if answer.get(name) != value]
    wrong += [part for part in STRICT if part not in answer.get("Content-Security-Policy", "")]
    if page and answer.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        wrong.append(f"Referrer-Policy: {answer.get('Referrer-Policy')}")
    if page and "camera=()" not in answer.get("Permissions-Policy", ""):
        wrong.append("no Permissions-Policy")
    if not static and "no-store" not in answer.get("Cache-Control", ""):
        wrong.append(f"Cache-Control: {answer.get('Cache-Control')}")
    if answer.get("Content-Type", "").startswith("text/") and "utf-8" not in answer["Content-Type"].lower():
        wrong.append(f"Content-Type: {answer['Content-Type']}")
    for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin"):
        if name in answer:
            wrong.append(f"{name}: {answer[name]}")
    return ", ".join(wrong)


# Addresses whose answer is the same for everybody and says nothing about the records: a browser may keep it.
PUBLIC_FILES = {"offline_worker", "offline_manifest"}


@pytest.mark.parametrize("who", ["seller", "manager", None])
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_every_answer_of_every_address(world, who, htmx):
    client, failures = signed_in(getattr(world, who)) if who else Client(raise_request_exception=False), []
    for route, url in [*urls(world, failures), *((address, address) for address in ERRORS)]:
        for method in ("GET", "POST", "OPTIONS"):
            answer = client.generic(method, url, headers={"HX-Request": "true"} if htmx else {})
            wrong = missing(answer, static=getattr(route, "name", "") in PUBLIC_FILES)
            if wrong:
                failures.append(f"{method} {route} ({answer.status_code}): {wrong}")
            if who and "_auth_user_id" not in client.session:
                client = signed_in(getattr(world, who))  # that was the way out
    report(failures)


def test_static_files(client):
    for path in ("css/base.css", "js/theme.js", "img/icons.svg", "img/icon-192.png", "fonts/instrument-sans.woff2"):
        answer = client.get(f"/static/{path}")
        assert answer.status_code == 200
        assert missing(answer, static=True) == ""
        assert ("Permissions-Policy" in answer) is path.endswith(".svg")
        assert "public" in answer["Cache-Control"]


def test_refusals(world):
    stranger = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for answer, status in (
        (stranger.post("/login/"), 403),
        (stranger.get("/login/", headers={"Host": "evil example"}), 400),
        (stranger.post("/login/", b"x" * 3_000_000, content_type="text/plain"), 413),
        (signed_in(world.manager).post("/deals/create/"), 403),
    ):
        assert answer.status_code == status
        assert missing(answer) == ""


def test_an_error_of_ours(world, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("seventh seal")

    monkeypatch.setattr("crm.web.answer.render", broken)
    answer = signed_in(world.seller).get("/settings/")
    assert answer.status_code == 500
    assert missing(answer) == ""
    assert b"seventh seal" not in answer.content
    assert b"Traceback" not in answer.content
