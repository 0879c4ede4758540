"""The brief in two keys or taps from anywhere, in the clipboard, and on one sheet of paper."""

import re

import pytest
from playwright.sync_api import expect

from .patience import settled

pytestmark = pytest.mark.parametrize("seed", ["board"], indirect=True)
OPEN = "#sheet[open] .brief-sheet"


def hold(page, element):
    """A finger on the element until its brief is there."""
    settled(page)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    touch = page.context.new_cdp_session(page)
    point = {"x": box["x"] + min(60, box["width"] / 2), "y": box["y"] + box["height"] / 2}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.locator(OPEN).wait_for()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_by_key(live, page):
    for address in ("/prospects/", "/deals/table/", "/deals/"):
        page.goto(address)
        page.keyboard.press("j")
        page.keyboard.press("b")
        page.locator(OPEN).wait_for()
        page.keyboard.press("Escape")
        expect(page.locator("#sheet[open]")).to_have_count(0)
        page.keyboard.press("Shift+F10")
        page.locator(OPEN).wait_for()
    page.goto("/prospects/1/")
    page.keyboard.press("b")
    page.locator(OPEN).wait_for()
    expect(page.locator(f"{OPEN} dt")).to_have_count(5)


def test_from_the_palette(live, page):
    for address, finish in (
        ("/", lambda: page.keyboard.press("Shift+Enter")),
        ("/settings/", lambda: page.keyboard.press("Shift+Enter")),
        ("/deals/1/", lambda: page.get_by_role("option", name="Brief of").click()),
    ):
        page.goto(address)
        page.keyboard.press("Control+k")
        page.keyboard.type("acme")
        page.locator(".palette [data-brief][data-current]").wait_for()
        finish()
        page.locator(OPEN, has_text="Acme").wait_for()
        expect(page.locator("dialog.palette[open]")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(page.locator("#sheet[open]")).to_have_count(0)


def test_by_a_long_press(live, phone):
    for address in ("/prospects/", "/deals/"):
        phone.goto(address)
        hold(phone, phone.locator("main [data-brief]").first)
        assert phone.url.endswith(address)
        phone.locator("#sheet [data-sheet-close]").tap()
        expect(phone.locator("#sheet[open]")).to_have_count(0)
        phone.locator("main [data-brief] a").first.tap()
        phone.wait_for_url(re.compile(r"/\d+/$"))
    phone.goto("/status/")
    hold(phone, phone.locator("main [data-brief] .account-head").first)
    assert phone.url.endswith("/status/")


def test_copied(live, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/prospects/1/brief/")
    page.get_by_role("button", name="Copy as text").click()
    page.get_by_text("Copied.").wait_for()
    lines = page.evaluate("() => navigator.clipboard.readText()").strip().splitlines()
    assert len(lines) == 7 and lines[2].startswith("Where it stands: ")


def test_one_page_of_paper(live, page):
    page.goto("/prospects/1/brief/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.emulate_media(media="print")
    for gone in ("button", ".top", ".side-nav", ".filters", ".phone-foot"):
        expect(page.locator(gone).first).not_to_be_visible()
    expect(page.locator(".brief dt")).to_have_count(5)


def test_without_scripts(live, plain):
    plain.goto("/search/?q=acme")
    plain.get_by_role("link", name="Brief of").click()
    expect(plain.locator("main .brief dt")).to_have_count(5)
    plain.locator("main .brief a").first.click()
    expect(plain).to_have_url(re.compile(r"/(deals|prospects)/\d+/$"))
