"""From the one-time link of a new installation to the first logged call, and back."""

import re

import pytest
from playwright.sync_api import expect

from .patience import settled


def choose(page, chip):
    """Tap it, and wait until the preview has been drawn with it."""
    with page.expect_response("**/log/preview/**"):
        chip.click()
    settled(page)


@pytest.mark.parametrize("seed", ["bare"], indirect=True)
def test_from_the_link_to_the_first_logged_call(live, seeded, browse):
    page = browse(None)
    page.goto("/")
    expect(page).to_have_url(re.compile("/login/"))

    page.goto((seeded("bare") / "link.txt").read_text())
    page.get_by_label("name").first.fill("Sam Porter")
    page.fill("[name=email]", "sam@callback.example")
    page.fill("[name=password]", "a long enough passphrase")
    page.fill("[name=time_zone]", "America/New_York")
    page.get_by_role("button", name="Start selling").click()
    page.wait_for_selector("text=Your day starts with one line")
    expect(page.locator(".toast-text")).to_have_text(re.compile("^Callback is yours"))

    page.keyboard.press("l")
    page.keyboard.type("called Dana at Halvane, left vm, call back thu 10am")
    preview = page.locator("#log-preview")
    preview.get_by_text("Left voicemail").first.wait_for()
    preview.get_by_text("Halvane").first.wait_for()
    # A name nobody knows is offered, never taken silently: one tap makes it a prospect.
    assert live.rows("select count(*) from accounts_prospect") == [(0,)]
    choose(page, preview.locator("label.chip", has_text="Halvane").first)
    dana = preview.locator("label.chip", has_text="Dana")
    if dana.count():
        choose(page, dana.first)
    page.locator("#quicklog-box textarea").focus()
    page.keyboard.press("Enter")

    page.wait_for_selector(".toast-text >> text=Logged")
    assert live.rows("select name from accounts_prospect") == [("Halvane",)]
    assert live.rows("select kind, outcome, text from accounts_activity") == [
        ("call", "left_voicemail", "called Dana at Halvane, left vm, call back thu 10am")
    ]
    page.locator(".notes", has_text="Logged today").get_by_role("link", name="Halvane").first.wait_for()
    page.locator(".notes", has_text="Logged today").get_by_role("link", name="Halvane").first.click()

    page.wait_for_selector("h1 >> text=Halvane")
    expect(page.locator("section", has_text="People").last).to_contain_text("Dana")
    expect(page.locator(".prospect-steps")).to_contain_text("call back", ignore_case=True)
    expect(page.locator(".timeline .said").first).to_have_text(
        re.compile("^“?called Dana at Halvane, left vm, call back thu 10am”?$")
    )

    # A second line, and Undo.
    page.keyboard.press("l")
    page.keyboard.type("sent the wrong price list")
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast-text >> text=Logged")
    page.wait_for_selector(".timeline >> text=sent the wrong price list")
    page.keyboard.press("z")
    page.wait_for_selector(".toast-text >> text=/undone|Undone|taken back/i")
    expect(page.locator(".timeline")).not_to_contain_text("wrong price list", use_inner_text=True)
    # The link is used up.
    assert page.request.get((seeded("bare") / "link.txt").read_text()).status == 404
