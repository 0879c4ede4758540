"""The board as a seller uses it: dragging, "Move to…" by keyboard, without scripts, on a phone; two tabs."""

import pytest
from playwright.sync_api import expect

from .patience import settled

pytestmark = pytest.mark.parametrize("seed", ["board"], indirect=True)


def column(page, name):
    return page.locator(f"section.board-column[aria-label='{name}']")


def shows(page, name, *figures):
    """A column's head shows, or soon will: count, total, weighted."""
    head = column(page, name).locator("header")
    for part, words in zip(("count", "total", "weighted"), figures, strict=False):
        expect(head.locator(f"[data-{part}]")).to_have_text(words)


def drag(page, card, target):
    """By hand: Sortable follows the pointer, so it has to move in steps."""
    settled(page)
    start, end = card.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 40, start["y"] + 40)
    page.mouse.down()
    for part in range(1, 13):
        x = start["x"] + 40 + (end["x"] + end["width"] / 2 - start["x"] - 40) * part / 12
        y = start["y"] + 40 + (end["y"] + min(60, end["height"] / 2) - start["y"] - 40) * part / 12
        page.mouse.move(x, y)
        page.wait_for_timeout(16)
    page.mouse.up()


def test_drag_moves_the_deal_and_the_totals(live, page):
    page.goto("/deals/")
    shows(page, "Conversation", "2", "$30,000", "$3,000")
    drag(page, page.locator(".deal-card", has_text="Acme"), column(page, "Diagnosed").locator("ul"))
    page.wait_for_selector("text=Acme moved to Diagnosed")
    shows(page, "Conversation", "1", "$20,000", "$2,000")
    shows(page, "Diagnosed", "2", "$40,000", "$14,000")
    expect(page.locator("h1")).to_have_text("$60,000 open, $16,000 weighted")
    page.reload()
    shows(page, "Diagnosed", "2", "$40,000", "$14,000")
    expect(column(page, "Diagnosed").locator(".deal-card")).to_have_count(2)


def test_undo_of_a_drag_brings_the_board_back(live, page):
    page.goto("/deals/")
    drag(page, page.locator(".deal-card", has_text="Acme"), column(page, "Proposal").locator("ul"))
    page.get_by_role("button", name="Undo").click()
    shows(page, "Conversation", "2")
    shows(page, "Proposal", "0")


def test_drop_on_a_zone_asks_for_day_and_reason(live, page):
    page.goto("/deals/")
    drag(page, page.locator(".deal-card", has_text="Globex"), page.locator(".drop-zone[data-outcome=lost]"))
    page.wait_for_selector("dialog[open] >> text=How did Globex end?")
    page.fill("dialog [name=end_reason]", "went with the incumbent")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Globex rollout lost")
    expect(page.locator("main")).not_to_contain_text("Globex", use_inner_text=True)
    shows(page, "Conversation", "1", "$10,000", "$1,000")
    expect(page.locator("[data-outcome=lost]")).to_contain_text("1 this quarter, $20,000")
    assert live.rows("select outcome, end_reason from deals_deal where name = 'Globex rollout'") == [
        ("lost", "went with the incumbent")
    ]


def test_a_drag_from_an_old_page_is_refused_and_the_board_shows_the_truth(live, page, browse):
    page.goto("/deals/")
    other = browse()
    other.goto("/deals/")
    drag(other, other.locator(".deal-card", has_text="Acme"), column(other, "Proposal").locator("ul"))
    other.wait_for_selector("text=Acme moved to Proposal")
    drag(page, page.locator(".deal-card", has_text="Acme"), column(page, "Diagnosed").locator("ul"))
    page.wait_for_selector("text=is in Proposal by now")
    column(page, "Proposal").locator(".deal-card", has_text="Acme").wait_for()
    shows(page, "Conversation", "1", "$20,000", "$2,000")
    shows(page, "Diagnosed", "1")


def test_move_to_by_keyboard(live, page):
    page.goto("/deals/")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.wait_for_selector("dialog[open] >> text=Move Acme to")
    page.locator("dialog").get_by_role("button", name="Evaluating").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Acme moved to Evaluating")
    shows(page, "Evaluating", "1")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_without_scripts(live, plain):
    plain.goto("/deals/")
    plain.locator(".deal-card", has_text="Acme").get_by_role("link", name="Move Acme").click()
    plain.get_by_role("button", name="Proposal").click()
    plain.wait_for_selector("text=Acme moved to Proposal")
    plain.goto("/deals/")
    shows(plain, "Proposal", "1", "$10,000", "$7,000")
    column(plain, "Proposal").get_by_role("link", name="Acme", exact=True).click()
    plain.get_by_role("link", name="Won").click()
    plain.fill("[name=end_reason]", "two-year price")
    plain.get_by_role("button", name="End the deal").click()
    expect(plain.locator(".stands-why")).to_contain_text("Won on")
    plain.get_by_role("button", name="Open again").click()
    expect(plain.locator(".stands-why")).to_contain_text("In Proposal")
    plain.fill("#plan-add-what", "Send the contract")
    plain.get_by_role("button", name="Add", exact=True).click()
    expect(plain.locator("#deal-plan li", has_text="Send the contract")).to_be_visible()


def test_two_tabs_editing_one_deal(live, page):
    page.goto("/deals/")
    page.get_by_role("link", name="Acme", exact=True).click()
    page.wait_for_url("**/deals/*/")
    second = page.context.new_page()
    second.goto(page.url)
    for tab in (page, second):
        tab.locator("#deal-value-amount a").click()
        tab.wait_for_selector("[name=amount]")
    page.fill("[name=amount]", "11k")
    page.keyboard.press("Enter")
    page.wait_for_selector("#deal-value-amount >> text=$11,000")
    second.fill("[name=amount]", "12k")
    second.keyboard.press("Enter")
    second.wait_for_selector("text=This changed while you were typing")
    expect(second.locator("[name=amount]")).to_have_value("12k")
    expect(second.locator(".conflict")).to_contain_text("$11,000")
    second.get_by_role("button", name="Save").click()
    second.wait_for_selector("#deal-value-amount >> text=$12,000")
    assert live.rows("select amount from deals_deal where name = 'Acme rollout'") == [(12000,)]


def test_plan_by_buttons(live, page):
    page.goto("/deals/")
    page.get_by_role("link", name="Halden Freight", exact=True).click()
    page.fill("#plan-add-what", "Send the contract")
    page.keyboard.press("Enter")
    step = page.locator(".plan li", has_text="Send the contract")
    step.wait_for()
    step.hover()
    step.get_by_role("button", name="Earlier").click()
    expect(page.locator(".plan [data-step]").first).to_contain_text("Send the contract")
    step.hover()
    step.get_by_role("button", name="Done").click()
    page.wait_for_selector("text=1 of 2 behind you")


def test_phone_shows_one_column_and_keeps_the_zones_within_reach(live, phone):
    phone.goto("/deals/")
    settled(phone)
    first, second = column(phone, "Conversation").bounding_box(), column(phone, "Goal shared").bounding_box()
    assert first["width"] > 300 and second["x"] > first["x"] + 300
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
    zone, bar = phone.locator(".drop-zone").first.bounding_box(), phone.locator(".tab-bar").bounding_box()
    assert zone["height"] >= 48 and zone["y"] + zone["height"] <= bar["y"]
    phone.locator(".deal-card", has_text="Acme").locator(".move-to").tap()
    phone.get_by_role("button", name="Goal shared").tap()
    phone.wait_for_selector("text=Acme moved to Goal shared")


def test_a_column_keeps_its_width_with_many_stages_and_large_amounts(live, page):
    for n in range(4):
        page.goto("/stages/create/")
        page.fill("[name=name]", f"Another stage number {n}")
        page.locator("main form[method=post] button.button--primary").click()
        page.wait_for_url("**/settings/stages/")
    page.goto("/deals/")
    wide = page.evaluate(
        """() => [...document.querySelectorAll(".board-column")].filter((column) =>
            [...column.querySelectorAll("header, header *, ul, .deal-card")].some((part) =>
                part.getBoundingClientRect().right > column.getBoundingClientRect().right + 0.5)).length"""
    )
    assert wide == 0
