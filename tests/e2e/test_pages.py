"""Every page of the URLconf, in the browser: full and empty, as seller and as manager, wide and narrow, light and dark.

Nothing in the console, no breach of the policy, nothing wider than the window, axe without violations. A page that
is added to a urls.py is looked at by being there. axe is what takes the time, and what it finds depends on little:
the seller's full pages are asked everything; narrow and in the dark only what depends on what is seen; a manager's
pages, which are the same with less on them, everything but the contrast of their colours.
"""

import json
import re
from pathlib import Path

import axe_playwright_python
import pytest

from .patience import settled
from .seeds import SESSIONS

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = {"color-contrast": {"enabled": False}}
ALL = {"runOnly": {"type": "tag", "values": TAGS}}
WORDS = ALL | {"rules": CONTRAST}
SEEN = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}}
LOOK = """(what) => axe.run(document, {resultTypes: ["violations"], preload: false, ...what}).then((found) =>
  found.violations.map((one) => `${one.id} ×${one.nodes.length}: ${one.nodes[0].html.slice(0, 140)}`))"""
SPILL = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const wide = [...document.querySelectorAll("main *")].find((one) => one.getBoundingClientRect().right > width + 1);
  return `wider than ${width} px: ${wide ? wide.outerHTML.slice(0, 120) : "?"}`;
}"""


class Eye:
    """Looks at pages in one tab and collects what is wrong with them."""

    def __init__(self, chromium, live, user=None):
        self.context = chromium.new_context(
            base_url=live.url, viewport=WIDE, reduced_motion="reduce", service_workers="block"
        )
        if user:
            self.context.add_cookies([{"name": "session", "value": SESSIONS[user], "url": live.url}])
        self.context.add_init_script(AXE)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.note(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.note(str(error)))
        self.wrong, self.at = [], ""

    def note(self, words):
        # A page that is meant to be missing, and a form that is refused, say so in the console as well.
        if not re.search("status of (404|422)|registration blocked by Playwright", words):
            self.wrong.append(f"{self.at}: {words}")

    def go(self, name, address):
        self.at = f"{name} {address}"
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(address)
        if answer.status >= 500:
            self.note(f"answers {answer.status}")

    def look(self, wide=ALL, narrow=ALL):
        """Wide in light, narrow in the dark; the page is loaded once. `wide`, `narrow`: what axe is asked there."""
        settled(self.page)
        place = self.at
        for size, scheme, axe in ((WIDE, "light", wide), (NARROW, "dark", narrow)):
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=scheme)
            self.at = f"{place} at {size['width']} px, {scheme}"
            if said := self.page.evaluate(SPILL):
                self.note(said)
            for words in self.page.evaluate(LOOK, axe) if axe else ():
                self.note(words)


@pytest.fixture
def eye(chromium, live):
    eyes = []

    def open_eye(user=None):
        eyes.append(Eye(chromium, live, user))
        return eyes[-1]

    yield open_eye
    for one in eyes:
        one.context.close()
    wrong = [words for one in eyes for words in one.wrong]
    assert not wrong, "\n" + "\n".join(f"- {words}" for words in dict.fromkeys(wrong))


@pytest.fixture
def pages(seeded, seed):
    return json.loads((seeded(seed) / "pages.json").read_text())


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("seed", ["year"], indirect=True)
def test_full_pages_for_the_seller(eye, pages, part):
    sam = eye("sam")
    assert len(pages["seller"]) > 50
    for name, address in list(pages["seller"].items())[part::3]:
        sam.go(name, address)
        sam.look(narrow=SEEN)


@pytest.mark.parametrize("seed", ["year"], indirect=True)
def test_full_pages_for_the_manager(eye, pages):
    morgan = eye("morgan")
    assert len(pages["manager"]) > 20
    for name, address in pages["manager"].items():
        morgan.go(name, address)
        morgan.look(wide=WORDS, narrow=None)


@pytest.mark.parametrize("seed", ["fresh"], indirect=True)
def test_empty_pages_for_the_seller(eye, pages):
    sam = eye("sam")
    for name, address in pages["seller"].items():
        sam.go(name, address)
        sam.look(wide=None)


@pytest.mark.parametrize("seed", ["fresh"], indirect=True)
def test_empty_pages_for_the_manager(eye, pages):
    morgan = eye("morgan")
    for name, address in pages["manager"].items():
        morgan.go(name, address)
        morgan.look(wide=WORDS, narrow=None)


def test_pages_before_signing_in(eye):
    nobody = eye()
    nobody.go("login", "/login/")
    nobody.look()
    nobody.page.fill("[name=username]", "sam@callback.example")
    nobody.page.fill("[name=password]", "wrong")
    nobody.page.click("main button")
    nobody.page.locator("main [role=alert], main .errors, main .error").first.wait_for()
    nobody.at = "login, wrong password"
    nobody.look()


@pytest.mark.parametrize("seed", ["year"], indirect=True)
def test_what_opens_on_a_page(eye):
    sam = eye("sam")
    page = sam.page
    sam.go("palette", "/")
    page.keyboard.press("Control+k")
    page.locator(".palette input").fill("a")
    page.wait_for_selector(".palette [data-results] a")
    sam.look()
    sam.go("help", "/")
    page.keyboard.press("?")
    page.wait_for_selector("#help-dialog[open]")
    sam.look()
    sam.go("preview", "/")
    page.keyboard.press("l")
    page.keyboard.type("called Zebulon at Nowhere Inc, left vm, call back thu 10am, 45k")
    page.wait_for_selector(".quick-log-preview .chip")
    page.locator(".quick-log-preview summary").first.click()
    sam.look()
    sam.go("sheet", "/deals/")
    page.locator(".move-to").first.click()
    page.wait_for_selector("dialog[open] button")
    sam.look()
