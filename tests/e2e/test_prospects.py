"""Finding anybody by keyboard, changing what happened in the sheet, and the forms without scripts."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("seed", ["board"], indirect=True)


def chosen(page, *words):
    """The palette's chosen option has these words; the box tells screen readers the same one."""
    option = page.locator("#palette-results [aria-selected=true]")
    for part in words:
        expect(option).to_contain_text(part)
    expect(page.locator(".palette input")).to_have_attribute("aria-activedescendant", option.get_attribute("id"))


def open_palette(page, text):
    page.keyboard.press("Control+k")
    page.keyboard.type(text)
    page.wait_for_selector(f".palette mark >> text=/^{text}/i")


def test_the_palette_by_keyboard(page):
    page.goto("/contacts/")
    open_palette(page, "hal")
    chosen(page, "Halden Freight", "Diagnosed, $30,000")
    page.keyboard.press("ArrowUp")
    chosen(page, "Log something for Halden Freight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    chosen(page, "Dana Halden")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1 >> text=Halden Freight")
    page.keyboard.press("/")
    page.wait_for_selector(".palette[open]")
    page.keyboard.press("Escape")
    expect(page.locator(".palette[open]")).to_have_count(0)


def test_logging_for_a_prospect_from_the_palette(live, page):
    page.goto("/contacts/")
    open_palette(page, "hal")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.name === 'text'")
    page.keyboard.type("called, left vm")
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast >> text=Logged")
    rows = live.rows("SELECT p.name FROM accounts_activity a JOIN accounts_prospect p ON p.id = a.prospect_id")
    assert rows == [("Halden Freight",)]


def test_the_phone_goes_to_the_log_page(phone):
    phone.goto("/search/?q=halden")
    phone.click("text=Log something for")
    phone.wait_for_url(re.compile(r"/log/\?context=prospect-\d+"))


def test_what_happened_is_logged_and_changed_in_the_sheet(live, page):
    page.goto("/prospects/?q=halden")
    page.click("main tbody a >> text=Halden Freight")
    page.click("text=Log with a form")
    page.fill("#sheet [name=text]", "she likes mornings")
    page.click("#sheet button >> text=Log it")
    page.wait_for_selector(".timeline >> text=she likes mornings")
    page.wait_for_selector("dialog.sheet:not([open])", state="attached")
    page.locator(".timeline li", has_text="mornings").hover()
    page.click(".timeline [aria-label='Edit this']")
    page.select_option("#sheet [name=outcome]", "connected")
    page.fill("#sheet [name=text]", "she likes evenings")
    page.click("#sheet button >> text=Save")
    page.wait_for_selector(".timeline [data-two-way] >> text=she likes evenings")
    page.wait_for_selector("text=as typed: she likes mornings")
    page.click(".toast:has-text('Changed') >> text=Undo")
    page.wait_for_selector(".timeline .said >> text=she likes mornings")


def test_parking_in_the_sheet(page):
    page.goto("/prospects/?q=halden")
    page.click("main tbody a >> text=Halden Freight")
    page.click("main a >> text=Park")
    page.fill("#sheet [name=parked_until]", "2099-03-01")
    page.click("#sheet button >> text=Park")
    page.wait_for_selector("text=Parked until")


def test_without_scripts_a_duplicate_is_warned_of_and_a_person_added(live, plain):
    plain.goto("/prospects/create/")
    plain.fill("main [name=name]", "Halden Freight Inc")
    plain.click("main .form button >> text=Create")
    expect(plain.locator(".alike a")).to_have_text("Halden Freight")
    plain.click("text=Create anyway")
    expect(plain.locator("h1")).to_have_text("Halden Freight Inc")
    plain.click("main a >> text=Add a person")
    plain.fill("main [name=name]", "Lou Castellane")
    plain.fill("[name=phones-0-raw]", "(415) 555-0199")
    plain.click("text=Another number")
    plain.fill("[name=phones-1-raw]", "(415) 555-0198")
    plain.click("main .form-actions button")
    assert live.rows("SELECT count(*) FROM accounts_phonenumber WHERE raw LIKE '%019_'") == [(2,)]
    plain.click("main .stands a >> text=Merge")
    plain.click("text=Merge into this")
    expect(plain.locator("h1")).to_have_text("Halden Freight")
    expect(plain.locator(".person >> text=Lou Castellane")).to_have_count(1)
