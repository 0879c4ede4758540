"""A manager looks in: no page of theirs has a form, a button, a key or a hint of what would change a sales record."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from .routes import report, urls
from .test_permissions import OWN
from .test_safe_methods import signed_in

pytestmark = pytest.mark.django_db
# What scripts that write hang on: the board's drag, the quick log, undo, the outbox, the return from a call.
WRITING = re.compile(
    r"draggable$"
    r"|data-(board|cards|deal|amount|version|move-url|end-url|undo|outbox|log-for|log-name|preview-url|plan|order-url"
    r"|call|who|prep|calls|outcome-url)$"
)
# Keys that press something a manager has: none of them writes.
KEYS = set()
# Words that offer to write, where they stand on a button, in a link, or in an empty state.
OFFERS = re.compile(
    r"\b(log (a|an|the|it|something|what|your)|add (a|an|the|your)|new (deal|prospect|contact|step)"
    r"|open (a|the first) deal|move to|drag|drop it|undo|edit|delete|reschedule|next!|import|merge|reopen"
    r"|make it|mark as done|park)\b",
    re.I,
)
# Said of what happened or is on record, and no offer.
SAID = re.compile(r"open again|moved|put in the trash|taken back|\bparked\b|imported", re.I)
METHODS = {"hx-post", "hx-put", "hx-patch", "hx-delete"}


class Page(HTMLParser):
    """Its forms, links, keys, and the text of what can be pressed; what other people wrote is left aside."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.forms, self.links, self.attributes, self.pressed, self.hints = [], [], [], [], []
        self._open = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.attributes.append((tag, attrs))
        if tag == "form":
            self.forms.append(attrs)
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        for name in ("title", "placeholder", "aria-label"):
            if tag in ("button", "a", "input", "textarea", "select", "div", "form") and attrs.get(name):
                self.hints.append(attrs[name])
        classes = (attrs.get("class") or "").split()
        opens = tag in ("button", "summary", "dt", "dd") or (tag == "a" and "button" in classes) or "empty" in classes
        if opens or (self._open and tag == self._open[-1]):
            self._open.append(tag)

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data):
        if self._open and self._open[-1] in ("button", "summary", "a", "div", "p") and data.strip():
            self.pressed.append(" ".join(data.split()))


@pytest.fixture
def looked(world):
    """[(address, Page)] of every page and fragment that a manager is shown."""
    client, found, failures = signed_in(world.manager), [], []
    # A page of nobody's, that a seller's device fills in without a connection; no page of a manager leads there.
    asked = [url for route, url in urls(world, failures) if route.name != "offline_shell"]
    asked += [
        "/search/?q=hal",
        "/status/?as_of=2026-03-01",
        "/deals/table/?q=zzz",
        "/prospects/?q=zzz",
        "/nothing/here/",
    ]
    for url in asked:
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(url, headers=headers)
            if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                found.append((url, Page(answer.content.decode())))
    assert len(found) > 40
    return found, client


def name_of(address):
    try:
        return resolve(urlsplit(address).path).url_name
    except Resolver404:
        return None


def test_no_form_but_their_own(looked):
    failures = []
    for url, page in looked[0]:
        for form in page.forms:
            sent = form.get("method", "get").lower()
            if sent == "post" and name_of(urljoin(url, form.get("action") or "")) not in OWN:
                failures.append(f"{url} has a form that posts to {form.get('action')!r}")
        for tag, attributes in page.attributes:
            for method in METHODS & attributes.keys():
                if name_of(attributes[method]) not in OWN:
                    failures.append(f"{url}: <{tag} {method}={attributes[method]}>")
    report(sorted(set(failures)))


def test_nothing_that_scripts_write_by(looked):
    failures = []
    for url, page in looked[0]:
        for tag, attributes in page.attributes:
            failures += [f"{url}: <{tag} {name}>" for name in attributes if WRITING.match(name)]
            if attributes.get("data-key") and attributes["data-key"] not in KEYS:
                failures.append(f"{url}: <{tag} data-key={attributes['data-key']}>")
            src = attributes.get("src", "") if tag == "script" else ""
            if re.search(r"sortable|board|outbox|call|quick-log|plan", src) and not _of_every_page(src):
                failures.append(f"{url} loads {src}")
    report(sorted(set(failures)))


def _of_every_page(src):
    """Scripts that come in one bundle for everybody, and hang on nothing where nothing is to hang on."""
    from crm.web.assets import SCRIPTS

    return any(src.endswith(name.removeprefix("js/")) for name in SCRIPTS)


def test_no_link_that_a_manager_may_not_follow(looked):
    pages, client = looked
    failures, known = [], {}
    for url, page in pages:
        for link in page.links:
            address = urljoin(url, link).split("#")[0]
            if not address.startswith("/"):
                continue
            if address not in known:
                answer = client.get(address)
                known[address] = answer.status_code
                b"".join(answer) if answer.streaming else answer.content
            if known[address] in (403, 404, 405, 500):
                failures.append(f"{url} links to {address}, which answers {known[address]}")
    report(sorted(set(failures)))


def test_no_word_that_offers_to_write(looked):
    failures = []
    for url, page in looked[0]:
        for words in [*page.pressed, *page.hints]:
            if OFFERS.search(SAID.sub("", words)):
                failures.append(f"{url} says {words!r}")
    report(sorted(set(failures)))


def test_the_keys_told_are_those_that_work(looked):
    """The help dialog names no key that would write."""
    html = looked[1].get("/deals/").content.decode()
    told = re.search(r'id="help-dialog".*?</dialog>', html, re.S)[0]
    keys = set(re.findall(r"<kbd[^>]*>(\w)</kbd>", told))
    assert {"g", "j", "k"} <= keys and not keys & {"l", "n", "m", "z"}


def test_the_seller_has_all_of_it(world):
    """The patterns above are alive: the seller's pages have what a manager's lack."""
    client = signed_in(world.seller)
    board, prospect = (
        Page(client.get(url).content.decode()) for url in ("/deals/", f"/prospects/{world.prospect.pk}/")
    )
    assert any(WRITING.match(name) for _, attributes in board.attributes for name in attributes)
    assert any(attributes.get("data-key") for _, attributes in board.attributes)
    assert any(OFFERS.search(words) for words in [*prospect.pressed, *prospect.hints])
    assert any(name_of(form.get("action") or "") not in OWN for form in prospect.forms if form.get("method") == "post")
