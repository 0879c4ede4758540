"""Two tabs with one record: the second save is told, sees both versions, and what was typed in it stays.

A deal edited in place is in test_board.py; here are the records that have a page to edit them.
"""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("seed", ["day"], indirect=True)

# What is edited, its field, and where the database shows it.
RECORDS = {
    "prospect": ("/prospects/1/edit/", "about", "select about from accounts_prospect where id = 1"),
    "contact": ("/contacts/1/edit/", "title", "select title from accounts_contact where id = 1"),
    "activity": ("/activities/1/edit/", "text", "select text from accounts_activity where id = 1"),
    "step": ("/steps/1/edit/", "what", "select what from accounts_step where id = 1"),
    "deal": ("/deals/1/edit/", "name", "select name from deals_deal where id = 1"),
    "stage": ("/stages/1/edit/", "name", "select name from deals_stage where id = 1"),
}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_second_save_is_told(live, browse, scripts):
    first = browse(java_script_enabled=scripts)
    second = first.context.new_page()
    for record, (address, field, sql) in RECORDS.items():
        # The form of the page: the quick log has fields of the same names.
        box = f"main .form [name={field}]"
        for tab in (first, second):
            tab.goto(address)
        first.fill(box, f"{record} of the first tab")
        first.locator("main .form-actions .button--primary").first.click()
        first.wait_for_url(lambda url, address=address: not url.endswith(address))
        assert live.rows(sql) == [(f"{record} of the first tab",)], record

        second.fill(box, f"{record} of the second tab")
        second.locator("main .form-actions .button--primary").first.click()
        second.wait_for_selector("main .conflict >> text=This changed while you were typing")
        expect(second.locator(".conflict")).to_contain_text(f"{record} of the first tab")
        expect(second.locator(box)).to_have_value(f"{record} of the second tab")
        assert live.rows(sql) == [(f"{record} of the first tab",)], record

        # Saving again, having seen it, puts the second version in place.
        second.locator("main .form-actions .button--primary").first.click()
        second.wait_for_url(lambda url, address=address: not url.endswith(address))
        assert live.rows(sql) == [(f"{record} of the second tab",)], record


DEAF = "window.BroadcastChannel = class extends EventTarget { postMessage() {} close() {} };"


def test_another_tab_shows_what_one_has_done(live, page):
    page.goto("/prospects/1/")
    second = page.context.new_page()
    second.goto("/prospects/1/")
    done = second.get_by_role("button", name="Done: Call Dana back")
    expect(done.first).to_be_visible()
    page.get_by_role("button", name="Done: Call Dana back").first.click()
    done.first.wait_for(state="detached")


def test_an_old_tab_cannot_finish_what_another_dropped(live, page):
    page.goto("/prospects/1/")
    second = page.context.new_page()
    second.add_init_script(DEAF)  # it has heard nothing of the first
    second.goto("/prospects/1/")
    page.get_by_role("button", name="Done: Call Dana back").first.click()
    page.wait_for_selector(".toast-text")
    second.get_by_role("button", name="Done: Call Dana back").first.click()
    second.wait_for_selector(".toast-text")
    assert live.rows("select state from accounts_step where id = 1") == [("done",)]
    assert live.rows("select count(*) from accounts_stepchange where step_id = 1 and state = 'done'") == [(1,)]
