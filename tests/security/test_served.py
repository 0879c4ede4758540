"""gunicorn as documented, by https behind a proxy: cookies, HSTS, and what no browser would send."""

import re

import pytest

from crm.web.middleware import SafeAnswers
from tests.make import PASSWORD

from .raw import request, send
from .test_headers import ALWAYS

FORM = "application/x-www-form-urlencoded"


def get(server, path, **headers):
    return send(server.port, request("GET", path, **{"X_Forwarded_Proto": "https"} | headers))


def jar(headers):
    """{"name": ("value", "attributes")} of the cookies set."""
    return {
        line.split("=", 1)[0]: (line.split("=", 1)[1].split(";")[0], line.partition(";")[2].lower())
        for name, line in headers
        if name == "set-cookie"
    }


def sign_in(server, email="sam@callback.example", **more):
    """The cookies after signing in, as a Cookie header, and the answer."""
    _, headers, body = get(server, "/login/")
    csrf = jar(headers)["__Host-csrf"][0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', body)[1].decode()
    data = f"username={email}&password={PASSWORD.replace(' ', '+')}&csrfmiddlewaretoken={token}&next=/trash/".encode()
    headers = {"Cookie": f"__Host-csrf={csrf}", "Content_Type": FORM, "X_Forwarded_Proto": "https"}
    headers |= {"Origin": "https://crm.example"} | more
    return send(server.port, request("POST", "/login/", data, **headers))


def test_cookies_are_this_hosts_alone(by_https):
    status, headers, _ = sign_in(by_https)
    assert status == 303
    cookies = jar(headers)
    assert set(cookies) == {"__Host-session", "__Host-csrf"}
    for _, attributes in cookies.values():
        assert "secure" in attributes
        assert "httponly" in attributes
        assert "samesite=lax" in attributes
        assert "path=/" in attributes
        assert "domain" not in attributes


def test_hsts_and_the_other_headers_on_every_kind_of_answer(by_https):
    for path, status in (
        ("/login/", 200),
        ("/trash/", 302),
        ("/nothing/", 404),
        ("/static/js/theme.js", 200),
        ("/static/no.js", 404),
    ):
        got, headers, _ = get(by_https, path)
        headers = dict(headers)
        assert got == status, path
        assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
        assert "default-src 'none'" in headers["content-security-policy"]
        script = headers.get("content-type", "").startswith(SafeAnswers.NO_PAGES)
        for name, value in ALWAYS.items():
            if not script or name not in SafeAnswers.OF_PAGES:
                assert headers[name.lower()] == value, path
        assert "access-control-allow-origin" not in headers


def test_plain_http_is_sent_to_https_whatever_else_the_header_says(by_https):
    for said in (None, "http", "http, https", "HTTPS", "on"):
        status, headers, _ = send(by_https.port, request("GET", "/trash/?a=1", X_Forwarded_Proto=said))
        assert (status, dict(headers)["location"]) == (301, "https://crm.example/trash/?a=1")


def test_a_form_from_elsewhere_is_refused(by_https):
    for more in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://crm.example"},
        {"Origin": None},
        {"Origin": None, "Referer": "https://evil.example/"},
        {"Origin": "https://crm.example", "Cookie": None},
    ):
        assert sign_in(by_https, **more)[0] == 403, more
    assert sign_in(by_https, Origin=None, Referer="https://crm.example/login/")[0] == 303


def test_the_host_is_named_in_the_settings_or_not_answered(by_https):
    for host in (
        "evil.example",
        "crm.example.evil.example",
        "crm.example@evil.example",
        "",
        "127.0.0.1",
        "crm.example:x",
    ):
        assert get(by_https, "/login/", Host=host)[0] == 400, host
    _, headers, _body = get(by_https, "/trash/", X_Forwarded_Host="evil.example", Forwarded="host=evil.example")
    assert "evil" not in dict(headers)["location"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a line too long", request("GET", "/login/?q=" + "x" * 9000)),
        ("a header too long", request("GET", "/login/", Cookie="x" * 9000)),
        ("too many headers", request("GET", "/login/", **{f"X_{n}": "1" for n in range(200)})),
        ("no request", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"),
        ("no such method", request("GET\t", "/login/")),
        ("no version", b"GET /login/\r\nHost: crm.example\r\n\r\n"),
        ("two lengths", request("POST", "/login/", b"a=b", content_length="30")),
        ("a length that is none", request("POST", "/login/", b"a=b", Content_Length="-1")),
        ("a length in words", request("POST", "/login/", b"a=b", Content_Length="+3")),
        ("both framings", request("POST", "/login/", b"0\r\n\r\n", Transfer_Encoding="chunked")),
        ("an unknown coding", request("POST", "/login/", b"", Content_Length=None, Transfer_Encoding="xchunked")),
        ("a name with a space", b"GET /login/ HTTP/1.1\r\nHost : crm.example\r\n\r\n"),
        ("a folded line", b"GET /login/ HTTP/1.1\r\nHost: crm.example\r\nX: 1\r\n 2\r\n\r\n"),
        (
            "an encoding that is none",
            request("GET", "/login/?a=b", Content_Type="a/b; charset=hex", X_Forwarded_Proto="https"),
        ),
        ("a NUL", b"GET /login/\x00 HTTP/1.1\r\nHost: crm.example\r\n\r\n"),
    ],
)
def test_what_is_no_request_is_refused(by_https, name, raw):
    status, _headers, body = send(by_https.port, raw)
    assert status in (0, 301, 302, 400, 403, 411, 413, 414, 431, 501), (name, status, body[:200])
    assert b"Traceback" not in body
    assert get(by_https, "/login/")[0] == 200


def test_a_body_is_refused_by_its_length_before_it_is_sent(by_https):
    for path in ("/login/", "/imports/create/", "/log/"):
        head = request("POST", path, Content_Length=str(100_000_000), Content_Type=FORM, X_Forwarded_Proto="https")
        assert send(by_https.port, head)[0] == 413, path


def test_names_that_only_a_server_sets_are_not_taken_from_headers(by_https):
    """gunicorn would let a proxy set these; Caddy passes them on from anybody."""
    for name in ("SCRIPT_NAME", "PATH_INFO", "REMOTE_USER"):
        raw = request("GET", "/login/", X_Forwarded_Proto="https").replace(
            b"Connection:", f"{name}: /evil\r\nConnection:".encode()
        )
        status, _, body = send(by_https.port, raw)
        assert status in (200, 400)
        assert b"/evil" not in body
