"""The board as a seller uses it: dragging, "Move to…" by keyboard, without scripts, on a phone; two tabs."""

import pytest

pytestmark = pytest.mark.parametrize("seed", ["board"], indirect=True)


def column(page, name):
    return page.locator(f"section.board-column[aria-label='{name}']")


def figures(page, name):
    """(count, total, weighted) as a column's head shows them."""
    head = column(page, name).locator("header")
    return tuple(head.locator(f"[data-{part}]").inner_text() for part in ("count", "total", "weighted"))


def drag(page, card, target):
    """By hand: Sortable follows the pointer, so it has to move in steps."""
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
    assert figures(page, "Conversation") == ("2", "$30,000", "$3,000")
    drag(page, page.locator(".deal-card", has_text="Acme"), column(page, "Diagnosed").locator("ul"))
    page.wait_for_selector("text=Acme moved to Diagnosed")
    assert figures(page, "Conversation") == ("1", "$20,000", "$2,000")
    assert figures(page, "Diagnosed") == ("2", "$40,000", "$14,000")
    assert page.locator("h1").inner_text() == "$60,000 open, $16,000 weighted"
    page.reload()
    assert figures(page, "Diagnosed") == ("2", "$40,000", "$14,000")
    assert column(page, "Diagnosed").locator(".deal-card").count() == 2


def test_undo_of_a_drag_brings_the_board_back(live, page):
    page.goto("/deals/")
    drag(page, page.locator(".deal-card", has_text="Acme"), column(page, "Proposal").locator("ul"))
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => document.querySelector('[aria-label=Conversation] [data-count]').textContent === '2'")
    assert figures(page, "Proposal")[0] == "0"


def test_drop_on_a_zone_asks_for_day_and_reason(live, page):
    page.goto("/deals/")
    drag(page, page.locator(".deal-card", has_text="Globex"), page.locator(".drop-zone[data-outcome=lost]"))
    page.wait_for_selector("dialog[open] >> text=How did Globex end?")
    page.fill("dialog [name=end_reason]", "went with the incumbent")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Globex rollout lost")
    page.wait_for_function("() => !document.querySelector('main').innerText.includes('Globex')")
    assert figures(page, "Conversation") == ("1", "$10,000", "$1,000")
    assert "1 this quarter, $20,000" in page.locator("[data-outcome=lost]").inner_text()
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
    assert figures(page, "Conversation") == ("1", "$20,000", "$2,000")
    assert figures(page, "Diagnosed")[0] == "1"


def test_move_to_by_keyboard(live, page):
    page.goto("/deals/")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.wait_for_selector("dialog[open] >> text=Move Acme to")
    page.locator("dialog").get_by_role("button", name="Evaluating").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Acme moved to Evaluating")
    page.wait_for_function("() => document.querySelector('[aria-label=Evaluating] [data-count]').textContent === '1'")
    assert page.locator("dialog[open]").count() == 0


def test_without_scripts(live, plain):
    plain.goto("/deals/")
    plain.locator(".deal-card", has_text="Acme").get_by_role("link", name="Move Acme").click()
    plain.get_by_role("button", name="Proposal").click()
    plain.wait_for_selector("text=Acme moved to Proposal")
    plain.goto("/deals/")
    assert figures(plain, "Proposal") == ("1", "$10,000", "$7,000")
    column(plain, "Proposal").get_by_role("link", name="Acme", exact=True).click()
    plain.get_by_role("link", name="Won").click()
    plain.fill("[name=end_reason]", "two-year price")
    plain.get_by_role("button", name="End the deal").click()
    assert "Won on" in plain.locator(".stands-why").inner_text()
    plain.get_by_role("button", name="Open again").click()
    assert "In Proposal" in plain.locator(".stands-why").inner_text()
    plain.fill("#plan-add-what", "Send the contract")
    plain.get_by_role("button", name="Add", exact=True).click()
    assert "Send the contract" in plain.locator("#deal-plan").inner_text()


def test_two_tabs_editing_one_deal(live, page):
    page.goto("/deals/")
    page.get_by_role("link", name="Acme", exact=True).click()
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
    assert second.locator("[name=amount]").input_value() == "12k"
    assert "$11,000" in second.locator(".conflict").inner_text()
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
    page.wait_for_function("() => document.querySelector('.plan [data-step]').innerText.includes('Send the contract')")
    step.hover()
    step.get_by_role("button", name="Done").click()
    page.wait_for_selector("text=1 of 2 behind you")


def test_phone_shows_one_column_and_keeps_the_zones_within_reach(live, phone):
    phone.goto("/deals/")
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
