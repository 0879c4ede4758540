# ruff: noqa: E501
"""Random requests out of the grammar, and what must hold of each answer. Seeded: the same number, the same requests."""

import json
import random
import re
import string
import uuid
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urljoin, urlsplit

MARKUP = "<x-canary onclick=canary()>\"'"
INJECTED = "a\r\nX-Injected: 1"
TEXTS = (
    "", " ", "0", "1", "-1", "on", "true", "null", "None", "undefined", "[]", "{}",
    "2147483648", "-9223372036854775809", "99999999999999999999999999", "1e400", "-1e-400", "NaN", "Infinity", "0x10",
    "١٢٣", "½", "1,000.00", "1.000,00", "€5", "99999999999999.999", "1_0",
    "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "2026-03-11T99:99", "24:00", "3/15", "in 999999999 days",
    "friday", "tomorrow 3pm", "call bob in 3 months", "won", "moved to diagnosed 45k close 3/30",
    "'", "''", "\"", "' OR 1=1 --", "'; DROP TABLE accounts_prospect; --", "1) UNION SELECT 1,2,3 --", "%", "_", "\\",
    "a*", "\"a", "a\"", "NEAR(a b)", "a AND", "NOT", "a OR", "(", ")", "^a", "a:b", "name:a", "-a", "+a", "* *", "a^2",
    MARKUP, "javascript:alert(1)", "{{7*7}}", "{% debug %}", "${7*7}", "%s%n%x", "{0.__class__}", INJECTED,
    "=cmd|'/c calc'!A0", "@SUM(1)", "../../../etc/passwd", "..\\..\\", "file:///etc/passwd", "//evil.example/",
    "https://evil.example/", "/\\evil.example", "\\\\evil.example", "http:evil.example", "///evil.example",
    "http://[", "//[::1", "http://testserver@evil.example/", "/login/", "?a=b", "#",
    "é", "ǅ", "İ", "ß", "\u202e", "\ufeff", "\u200b", "\u2028", "🙂", "\U000e0041", "\ud7ff", "a\u0300" * 50,
    "\x00", "a\x00b", "\x07", "\x1b[31m", "\x85", "\n", "\r\n\r\n", "\t",
)  # fmt: skip
LONG = (
    "x" * 300,
    "x" * 5_000,
    "a " * 4_000,
    "(" * 2_000,
    "9" * 5_000,
    "🙂" * 1_000,
    "\n" * 2_000,
    "@" * 3_000,
    "1/" * 900,
)
SECTIONS = ("step", "contact", "prospect", "deal", "activity", "draft", "entry")
DEEP = "[" * 50_000
BODIES = (
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"null", "application/json"),
    (b"[]", "application/json"),
    (b'{"uuid": 1, "kind": [], "fields": null}', "application/json"),
    (DEEP.encode(), "application/json"),
    (b'{"a":' * 20_000, "application/json"),
    (b'{"kind": "log", "fields": {"text": "\\ud800"}, "uuid": "\\udfff"}', "application/json"),
    (b'{"seq": 1e999, "occurred_at": NaN}', "application/json"),
    (b"\xff\xfe\x00", "application/json; charset=utf-16"),
    (b"a=%ff%fe&b=%zz&=&&;", "application/x-www-form-urlencoded"),
    (b"a=b", "application/x-www-form-urlencoded; charset=utf-16"),
    (b"a=b", "application/x-www-form-urlencoded; charset=hex"),
    (b"a=b", "application/x-www-form-urlencoded; charset=nonsense"),
    (b"&".join(b"a%d=1" % n for n in range(2_500)), "application/x-www-form-urlencoded"),
    (b"text=" + b"x" * 2_200_000, "application/x-www-form-urlencoded"),
    (b"--x\r\n", "multipart/form-data; boundary=x"),
    (b"", "multipart/form-data"),
    (b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", "multipart/form-data; boundary=x"),
    (b"--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--", "multipart/form-data; boundary=x"),
    (b"--x\r\nContent-Disposition: form-data; name=\"\xff\"; filename=\"\x00..\\..\\a\"\r\n\r\nb\r\n--x--",
     "multipart/form-data; boundary=x"),
    (b"--x\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n!!!\r\n--x--",
     "multipart/form-data; boundary=x"),
    (b"".join(b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nb\r\n' for _ in range(20)) + b"--x--",
     "multipart/form-data; boundary=x"),
    (b"a", "multipart/form-data; boundary=" + "x" * 300),
    (b"a", "multipart/form-data; boundary=\xe9"),
    (b"\x00" * 500, "application/octet-stream"),
    (b"<a/>", "text/xml"),
)  # fmt: skip
HEADERS = {
    "HX-Request": ("true", "false", "x"),
    "HX-Boosted": ("true",),
    "HX-History-Restore-Request": ("true",),
    "HX-Current-URL": (
        "http://testserver/",
        "http://testserver/deals/",
        "http://[",
        "//evil.example/",
        "%ff",
        "x" * 3_000,
    ),
    "HX-Current-URL-URI-AutoEncoded": ("true",),
    "HX-Target": ("main", MARKUP),
    "HX-Trigger": ("x", MARKUP),
    "HX-Prompt": (MARKUP,),
    "Referer": ("http://testserver/", "https://evil.example/", "http://[", "\xff", "javascript:alert(1)"),
    "Accept-Language": ("de-DE,de;q=0.9", "x" * 3_000, ";;;,,,q=", "de;q=nan"),
    "Accept": ("text/html", "application/json", "*/*;q=x"),
    "Range": ("bytes=0-1", "bytes=5-1", "bytes=-", "bytes=0-1,3-4"),
    "If-Modified-Since": ("Tue, 24 Nov 2099 00:00:00 GMT", "yesterday", "Mon, 99 Foo 0000"),
    "If-None-Match": ("*", '"x'),
    "Cookie2": ("x",),
    "X-Forwarded-For": ("1.2.3.4", "x,y", "::1"),
    "X-Forwarded-Host": ("evil.example",),
    "X-Forwarded-Proto": ("https",),
    "X-HTTP-Method-Override": ("DELETE",),
    "X-CSRFToken": ("x" * 32, "\xff"),
    "Content-Encoding": ("gzip",),
    "Expect": ("100-continue",),
}
OURS = {"testserver", "127.0.0.1", "crm.example"}
METHODS = ("GET",) * 9 + ("POST",) * 9 + ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")


@dataclass
class Shot:
    """One request."""

    role: str
    method: str
    path: str
    body: bytes = b""
    kind: str = ""
    headers: dict = field(default_factory=dict)
    route: str = ""

    def __str__(self):
        said = {name: value[:60] for name, value in self.headers.items()}
        return f"{self.role}: {self.method} {self.path[:300]} {self.kind[:60]} {self.body[:400]!r} {said or ''}"


class Fuzz:
    """`shots(n)` random requests of those roles, out of what the grammar knows."""

    def __init__(self, grammar, roles, seed):
        self.grammar, self.roles, self.random = grammar, roles, random.Random(seed)
        self.routes = sorted(grammar.addresses)
        self.names = grammar.every_name()
        self.values = sorted({value for form in grammar.every_form() for _, value in form.data if value})
        # The way out ends the session of all that follow: rarely.
        self.patterns = {name: sorted(found) for name, found in grammar.addresses.items()}

    def shots(self, number):
        for _ in range(number):
            yield self.shot()

    def shot(self):
        r = self.random
        route = r.choice(self.routes)
        method = r.choice(METHODS)
        shot = Shot(r.choice(self.roles), method, self.path(route), route=route)
        if method in ("POST", "PUT", "PATCH", "DELETE"):
            self.fill(shot)
        shot.headers |= {
            name: r.choice(HEADERS[name]) for name in r.sample(sorted(HEADERS), r.choice((0, 0, 0, 1, 1, 2, 4)))
        }
        if r.random() < 0.4:
            shot.headers["HX-Request"] = "true"
        return shot

    def path(self, route):
        """Its address with right or wrong arguments and a question."""
        r = self.random
        path = r.choice(self.patterns[route])
        if r.random() < 0.25:
            path = re.sub(r"(?<=/)\d+(?=/)", lambda found: self.number(), path)
        if r.random() < 0.05:
            path = re.sub(r"(?<=/)[0-9a-f-]{36}(?=/)", lambda found: str(uuid.UUID(int=r.getrandbits(128))), path)
        if r.random() < 0.06:
            parts = path.split("/")
            parts[r.randrange(len(parts))] = quote(self.text()[:200], safe="")
            path = "/".join(parts)
            path = "/" + path.lstrip("/")
        asked = sorted(self.grammar.questions.get(route, ()))
        pairs = [
            r.choice(asked) if asked and r.random() < 0.7 else (self.name(), self.text())
            for _ in range(r.choice((0, 0, 1, 1, 2, 5)))
        ]
        pairs = [(name, self.text() if r.random() < 0.5 else value) for name, value in pairs]
        if not pairs:
            return path
        question = urlencode([(n, v[:1_500]) for n, v in pairs], errors="replace")
        if r.random() < 0.05:
            question += r.choice(("&%ff=%fe", "&=", "&&&", "&a", "%", "&q=%00", "&%00=1", ";x=1", "&page=%F0%9F%99%82"))
        return f"{path}?{question}"

    def fill(self, shot):
        """A body: a form as a page shows it with some fields changed, or something else altogether."""
        r = self.random
        forms = self.grammar.forms_of(shot.route)
        roll = r.random()
        if roll < 0.1:
            shot.body, shot.kind = r.choice(BODIES)
            return
        if roll < 0.2:
            shot.body, shot.kind = self.json(), "application/json"
            return
        form = r.choice(forms) if forms and r.random() < 0.9 else None
        pairs = [(n, v) for n, v in form.data if n != "csrfmiddlewaretoken"] if form else []
        if form:
            pairs += [(n, r.choice(values)) for n, values in form.choices.items() if r.random() < 0.4]
            if r.random() < 0.7 and not re.search(r"\D\d+/.*\?|\?", shot.path):
                shot.path = form.action
        pairs = [(n, str(uuid.UUID(int=r.getrandbits(128))) if n == "uuid" else v) for n, v in pairs]
        for _ in range(r.choice((0, 1, 1, 2, 4))):
            change = r.random()
            if change < 0.6 and pairs:
                at = r.randrange(len(pairs))
                pairs[at] = (pairs[at][0], self.text())
            elif change < 0.7 and pairs:
                pairs.pop(r.randrange(len(pairs)))
            elif change < 0.8 and pairs:
                pairs.append((r.choice(pairs)[0], self.text()))
            else:
                pairs.append((self.name(), self.text()))
        if (form and form.multipart) or r.random() < 0.1:
            shot.body, shot.kind = self.multipart(pairs, form.files if form else ["file"])
        else:
            shot.body, shot.kind = urlencode(pairs, errors="replace").encode(), "application/x-www-form-urlencoded"

    def text(self):
        r = self.random
        roll = r.random()
        if roll < 0.6:
            return r.choice(TEXTS)
        if roll < 0.75 and self.values:
            return r.choice(self.values)[:2_000]
        if roll < 0.82:
            return self.number()
        if roll < 0.86:
            return f"{r.choice(SECTIONS)}-{self.number()}"
        if roll < 0.9:
            return r.choice(LONG)
        return "".join(r.choice(string.printable + "äßÆ漢字🙂\u0301") for _ in range(r.randrange(1, 30)))

    def number(self):
        return self.random.choice(
            ("0", "1", "2", "3", "4", "7", "99", "999999", "2147483648", "9223372036854775808", "1" * 30)
        )

    def name(self):
        r = self.random
        return r.choice(self.names) if r.random() < 0.9 else r.choice(TEXTS)[:60]

    def json(self):
        """What the outbox sends, with parts of another kind."""
        r = self.random

        def odd(value):
            return r.choice(
                (value, value, value, self.text(), None, [], {}, -1, 1e308, True, [[["a"]]], {"a": {"b": 1}})
            )

        kind = r.choice(("log", "outcome", "step_done", "nothing"))
        fields = {
            "text": odd("called dana at halden, left a voicemail"), "context": odd("contact-1"), "private": odd(False),
            "choices": odd([["with", "1"]]), "contact": odd(1), "deal": odd(1), "number": odd("+14155550142"),
            "outcome": odd("no_answer"), "next": odd({"kind": "call", "what": "Call", "due_on": odd("2026-03-12"), "due_time": odd(None)}),
            "step": odd(1),
        }  # fmt: skip
        item = {
            "uuid": odd(str(uuid.UUID(int=r.getrandbits(128)))), "seq": odd(1), "kind": odd(kind), "zone": odd("Europe/Berlin"),
            "occurred_at": odd("2026-03-11T10:00:00+01:00"), "sent_at": odd("2026-03-11T10:00:01+01:00"), "fields": odd(fields),
        }  # fmt: skip
        return json.dumps(odd(item)).encode()

    def multipart(self, pairs, files):
        r = self.random
        parts = [
            b"--x\r\nContent-Disposition: form-data; name=\"" + name.replace('"', "%22").replace("\r", "").replace("\n", "").encode(errors="replace")
            + b"\"\r\n\r\n" + value.encode(errors="replace") + b"\r\n"
            for name, value in pairs
        ]  # fmt: skip
        for name in files:
            called = r.choice(
                ("book.csv", "a.exe", "..%2f..%2fa.csv", "<x-canary>.csv", "x" * 300 + ".csv", "", "a.csv\x00.exe")
            )
            held = r.choice(
                (b"Name,Email\r\nAcme,a@acme.example\r\n", b"", b"\x00" * 99, b"PK\x03\x04", b"\xff\xfeN\x00", b'"' * 5_000,
                 b"Name\r\n" + b"=cmd()\r\n" * 50, b"a," * 3_000, b"Prospect;Amount\r\n<x-canary>;1e99\r\n")
            )  # fmt: skip
            parts.append(
                f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\nContent-Type: text/csv\r\n\r\n'.encode()
                + held
                + b"\r\n"
            )
        return b"".join([*parts, b"--x--\r\n"]), "multipart/form-data; boundary=x"


def wrong_with(shot, status, headers, body, secrets=()):
    """What must not be in any answer, in words; "" where all is well. `headers`: a case-insensitive mapping."""
    if status >= 500:
        return f"answers {status}"
    if "X-Injected" in headers:
        return "sets a header it was sent"
    for name in ("Location", "HX-Redirect"):
        to = headers.get(name) or ""
        if to and urlsplit(urljoin("http://testserver" + shot.path, to.replace("\\", "/"))).netloc not in OURS:
            return f"leads to {to!r}"
    if "html" in (headers.get("Content-Type") or "") and b"<x-canary" in body:
        return "shows markup it was sent"
    if b"Something broke on our side" in body:
        return "says that something broke"
    if b"Traceback (most recent" in body or b"/site-packages/" in body:
        return "shows a traceback"
    folded = body.decode(errors="replace").casefold()
    for secret in secrets:
        if secret.casefold() in folded:
            return f"shows {secret!r}"
    return ""
