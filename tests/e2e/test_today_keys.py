"""The whole day on Today by keyboard only: nothing here touches the mouse."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("seed", ["day"], indirect=True)


class Keys:
    def __init__(self, page):
        self.page = page

    def __call__(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words):
        self.page.keyboard.type(words)

    def drawn_after(self, *keys):
        """Press, and wait until the desk has been drawn again."""
        self.page.evaluate("() => document.getElementById('today-desk').dataset.old = ''")
        self(*keys)
        self.page.wait_for_selector("#today-desk:not([data-old])")

    def tab_to(self, selector, back=False):
        for _ in range(60):
            self("Shift+Tab" if back else "Tab")
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"Tab never reaches {selector}")

    @property
    def card(self):
        return self.page.locator("#next-card h1").inner_text()


@pytest.fixture
def keys(page):
    page.goto("/")
    return Keys(page)


def test_done_with_words_and_a_next_step(live, page, keys):
    assert "Dana" in keys.card
    keys.drawn_after("d")
    page.wait_for_selector("#next-text:focus")
    keys.type("left vm, try again in 3 days")
    keys.drawn_after("Enter")
    page.wait_for_selector(".toast-text >> text=Done: Call Dana back")
    assert live.rows("select state from accounts_step where what = 'Call Dana back'") == [("done",)]
    said = (
        "select kind, outcome from accounts_activity where text = 'left vm, try again in 3 days' and trashed_at is null"
    )
    assert live.rows(said) == [("call", "left_voicemail")]
    again = (
        "select count(*), max(due_on) > date('now', '+1 day') from accounts_step where state = 'open' and kind = 'call'"
    )
    assert live.rows(again) == [(1, 1)]
    # And taken back with one key.
    keys.drawn_after("z")
    expect(page.locator("#next-card h1")).to_contain_text("Dana")
    assert live.rows("select state from accounts_step where what = 'Call Dana back'") == [("open",)]
    assert live.rows(said) == []


def test_escape_leaves_the_panel_and_changes_nothing(live, page, keys):
    keys.drawn_after("d")
    page.wait_for_selector("#next-text:focus")
    keys.drawn_after("Escape")
    expect(page.locator("#next-panel")).to_have_count(0)
    keys.drawn_after("s")
    page.wait_for_selector("#next-panel button:focus")
    keys.drawn_after("Escape")
    assert live.rows("select count(*) from accounts_stepchange where state != 'open'") == [(0,)]


def test_later_and_next(live, page, keys):
    first = keys.card
    keys.drawn_after("n")
    second = keys.card
    assert second != first
    keys.drawn_after("s")
    page.wait_for_selector("#next-panel button:focus")
    keys("Tab")
    keys.drawn_after("Enter")
    page.wait_for_selector(".toast-text >> text=Later:")
    assert keys.card not in (first, second)
    # Passed over three times, it asks why. The others are passed over as well, so it comes round.
    for _ in range(15):
        if page.locator("#next-panel").count():
            break
        keys.drawn_after("n")
    expect(page.locator("#next-panel")).to_contain_text("What is in the way?")


def test_through_the_queue_and_into_a_row(page, keys):
    rows = page.locator("[data-list] > .queue-row")
    expect(rows).to_have_count(3)
    keys("j", "j")
    expect(rows.nth(1)).to_have_attribute("data-current", "")
    keys("k")
    expect(rows.nth(0)).to_have_attribute("data-current", "")
    who = rows.nth(0).locator(".who a").inner_text()
    keys("Enter")
    page.wait_for_url("**/contacts/*/")
    expect(page.locator("h1")).to_have_text(who)
    keys("g", "t")
    page.wait_for_selector("#next-card")


def test_log_with_a_name_that_two_people_have(live, page, keys):
    keys("l")
    keys.type("called Dana, no answer")
    page.wait_for_selector("#log-preview .chip-set >> text=Dana Moss")
    keys.tab_to("#log-preview .chip-set input")
    chosen = page.evaluate("() => document.activeElement.closest('label').innerText.trim()")
    keys(" ")
    expect(page.locator("#log-preview .chip-set")).to_have_count(0)
    expect(page.locator("form.quick-log :focus")).to_have_count(1)
    keys.drawn_after("Enter")
    page.wait_for_selector(".toast-text >> text=Logged")
    who = (
        "select c.name from accounts_contact c join accounts_activity_contacts l on l.contact_id = c.id "
        "join accounts_activity a on a.id = l.activity_id where a.kind = 'call' and a.outcome = 'no_answer' "
        "and a.trashed_at is null"
    )
    [(name,)] = live.rows(who)
    assert name in chosen
    keys.drawn_after("z")
    assert live.rows(who) == []


def test_palette_board_and_help(page, keys):
    keys("Control+k")
    page.wait_for_selector(".palette input:focus")
    keys.type("hal")
    page.wait_for_selector(".palette [data-results] >> text=Halden")
    keys("Enter")
    page.wait_for_url("**/prospects/*/")
    expect(page.locator("h1")).to_have_text("Halden")
    keys("g", "b")
    page.wait_for_selector(".board")
    keys("?")
    page.wait_for_selector("#help-dialog[open]")
    keys("Escape")
    page.wait_for_selector("#help-dialog", state="hidden")


def test_single_keys_can_be_switched_off(live, page, keys):
    page.goto("/settings/shortcuts/")
    keys.tab_to("main [type=checkbox]")
    keys(" ", "Enter")
    page.wait_for_selector(".toast-text")
    page.goto("/")
    keys("d", "n", "s", "l", "?", "g", "b")
    page.wait_for_timeout(300)  # what would open would be open
    assert page.locator("#next-panel, dialog[open], textarea:focus").count() == 0
    assert page.url == live.url + "/"
    keys("Control+k")
    page.wait_for_selector(".palette input:focus")
