"""The brief in two keys or taps from anywhere, in the clipboard, and on one sheet of paper."""

import re

import pytest

pytestmark = pytest.mark.parametrize("seed", ["board"], indirect=True)
OPEN = "#sheet[open] .brief-sheet"


def hold(page, element, milliseconds):
    """A finger on the element for so long."""
    box = element.bounding_box()
    touch = page.context.new_cdp_session(page)
    point = {"x": box["x"] + min(60, box["width"] / 2), "y": box["y"] + box["height"] / 2}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(milliseconds)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_by_key(live, page):
    for address in ("/prospects/", "/deals/table/", "/deals/"):
        page.goto(address)
        page.keyboard.press("j")
        page.keyboard.press("b")
        page.locator(OPEN).wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Shift+F10")
        page.locator(OPEN).wait_for()
    page.goto("/prospects/1/")
    page.keyboard.press("b")
    page.locator(OPEN).wait_for()
    assert page.locator(f"{OPEN} dt").count() == 5


def test_from_the_palette(live, page):
    page.goto("/")
    for finish in (
        lambda: page.keyboard.press("Shift+Enter"),
        lambda: page.get_by_role("option", name="Brief of").click(),
    ):
        page.keyboard.press("Control+k")
        page.keyboard.type("acme")
        page.locator(".palette [data-brief][data-current]").wait_for()
        finish()
        page.locator(OPEN, has_text="Acme").wait_for()
        assert page.locator("dialog.palette[open]").count() == 0
        page.keyboard.press("Escape")


def test_by_a_long_press(live, phone):
    for address in ("/prospects/", "/deals/"):
        phone.goto(address)
        hold(phone, phone.locator("main [data-brief]").first, 750)
        phone.locator(OPEN).wait_for()
        assert phone.url.endswith(address)
        phone.locator("#sheet [data-sheet-close]").tap()
        hold(phone, phone.locator("main [data-brief] a").first, 60)
        phone.wait_for_url(re.compile(r"/\d+/$"))


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
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".brief dt").count() == 5


def test_without_scripts(live, plain):
    plain.goto("/search/?q=acme")
    plain.get_by_role("link", name="Brief of").click()
    assert plain.locator("main .brief dt").count() == 5
    plain.locator("main .brief a").first.click()
    assert re.search(r"/(deals|prospects)/\d+/", plain.url)
