"""The seller's day with scripts off: every form is a form, every link a page."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("seed", ["day"], indirect=True)


def says(page, words):
    """The toast of the page does, or that of the page which is coming."""
    expect(page.locator(".toast-text").first).to_have_text(re.compile(words))


def test_log_and_undo(live, plain):
    plain.goto("/")
    plain.fill("#quicklog-box textarea", "called Priya, left vm, call back thu 10am")
    plain.locator("#quicklog-box").get_by_role("button", name="Log it").click()
    says(plain, "^Logged")
    assert live.rows(
        "select count(*) from accounts_activity where outcome = 'left_voicemail' and trashed_at is null"
    ) == [(1,)]
    plain.locator(".toast").get_by_role("button", name="Undo").click()
    says(plain, "ndone")
    assert live.rows(
        "select count(*) from accounts_activity where outcome = 'left_voicemail' and trashed_at is null"
    ) == [(0,)]


def test_a_line_that_leaves_something_open_is_kept_and_settled(live, plain):
    plain.goto("/log/")
    plain.fill("#log-text", "called Dana, no answer")
    plain.get_by_role("button", name="Log it").click()
    says(plain, "^Kept")
    plain.goto("/")
    plain.get_by_role("link", name="Check this").or_(plain.get_by_role("link", name="Check it")).first.click()
    plain.locator("label.choice", has_text="Dana Moss").click()
    plain.get_by_role("button", name="File it").click()
    says(plain, "^Filed")
    assert live.rows(
        "select p.name from accounts_activity a join accounts_prospect p on p.id = a.prospect_id "
        "where a.text = 'called Dana, no answer'"
    ) == [("Initech",)]


def test_done_later_and_next(live, plain):
    plain.goto("/")
    plain.locator("#next-card").get_by_role("link", name="Done").click()
    plain.fill("#next-text", "connected, wants the price")
    plain.locator("#next-panel").get_by_role("button", name="Done").click()
    says(plain, "^Done: Call Dana back$")
    assert live.rows("select state from accounts_step where what = 'Call Dana back'") == [("done",)]
    first = plain.locator("#next-card h1").inner_text()
    plain.locator("#next-card").get_by_role("button", name="Next!").click()
    expect(plain.locator("#next-card h1")).not_to_have_text(first)
    second = plain.locator("#next-card h1").inner_text()
    plain.locator("#next-card").get_by_role("link", name="Later").click()
    plain.locator("#next-panel button").nth(1).click()
    says(plain, "^Later:")
    expect(plain.locator("#next-card h1")).not_to_have_text(second)


def test_win_and_edit_a_deal(live, plain):
    plain.goto("/deals/1/")
    plain.get_by_role("link", name="Edit").first.click()
    plain.fill("main .form [name=amount]", "47.5k")
    plain.locator("main .form").get_by_role("button", name="Save").click()
    expect(plain.locator(".stands")).to_contain_text("$47,500")
    plain.get_by_role("link", name="Move").first.click()
    plain.get_by_role("button", name="Verbal").or_(plain.get_by_role("button", name="Evaluating")).first.click()
    says(plain, "moved to")
    plain.goto("/deals/1/")
    plain.get_by_role("link", name="Won").click()
    plain.fill("[name=end_reason]", "two-year price")
    plain.get_by_role("button", name="End the deal").click()
    assert live.rows("select outcome, end_reason, amount from deals_deal where id = 1") == [
        ("won", "two-year price", 47500)
    ]
    plain.locator(".toast").get_by_role("button", name="Undo").click()
    assert live.rows("select outcome from deals_deal where id = 1") == [("open",)]


def test_create_prospect_contact_activity_and_find_them(live, plain):
    plain.goto("/prospects/")
    plain.get_by_role("link", name="New prospect").first.click()
    plain.fill("main .form [name=name]", "Émile & Söhne")
    plain.get_by_role("button", name="Create").click()
    expect(plain.locator("h1")).to_have_text("Émile & Söhne")
    plain.get_by_role("link", name="Add who you talk to").click()
    plain.fill("main .form [name=name]", "Jürgen Groß")
    plain.fill("main .form [name=phones-0-raw]", "+49 30 901820")
    plain.locator("main .form").get_by_role("button", name="Create", exact=True).click()
    expect(plain.locator("h1, main .person, .toast-text").filter(has_text="Jürgen Groß").first).to_be_visible()
    plain.goto("/prospects/")
    plain.get_by_role("link", name="Émile & Söhne").first.click()
    plain.get_by_role("link", name="Log with a form").first.click()
    plain.locator("main .form textarea[name=text]").fill("sent the brochure by post")
    plain.locator("main .form").get_by_role("button", name="Log it").click()
    assert live.rows("select count(*) from accounts_activity where text = 'sent the brochure by post'") == [(1,)]
    for question, found in (("emile sohne", "Émile & Söhne"), ("jurgen", "Jürgen Groß"), ("brochure", "Émile")):
        plain.goto("/search/")
        plain.locator("main [name=q]").fill(question)
        plain.get_by_role("button", name="Find").click()
        expect(plain.locator("#search-results")).to_contain_text(found)
