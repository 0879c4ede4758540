"""A call, by thumb: the number tapped, what to know, the call, and two taps that log it with its follow-up."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE
from tests.e2e.patience import settled

pytestmark = pytest.mark.parametrize("seed", ["day"], indirect=True)
CALLS = (
    "select a.outcome, a.at, c.name, e.occurred_at from accounts_activity a"
    " join accounts_activity_contacts l on l.activity_id = a.id join accounts_contact c on c.id = l.contact_id"
    " join accounts_entry e on e.id = a.entry_id where a.kind = 'call'"
)
AWAY = "() => { document.dispatchEvent(new Event('visibilitychange')); dispatchEvent(new Event('focus')); }"


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def dial(page, where="#next-card"):
    """Tap the number and, knowing what to know, call; the browser itself is kept from looking for a telephone."""
    page.evaluate(
        "() => document.querySelector('[data-call-now]').addEventListener('click', (e) => e.preventDefault())"
    )
    page.locator(f"{where} a[href^='tel:']").first.tap()
    page.locator("#call-prep").wait_for()
    page.locator("[data-call-now]").tap()


def back(page):
    page.evaluate(AWAY)
    page.locator("#call-sheet .outcome", has_text="No answer").wait_for()


def logged(live, page):
    page.wait_for_selector(".toast-text >> text=Logged: No answer, Dana Whitfield")
    return live.some(CALLS)


def test_two_taps_log_a_no_answer_with_its_follow_up(live, phone):
    phone.goto("/")
    began = datetime.now(UTC)
    dial(phone)
    card = phone.locator("#call-sheet")
    for words in ("Call Dana Whitfield", "asked for a two-year price", "Call Dana back", "$45,000"):
        expect(card).to_contain_text(words)
    called = datetime.now(UTC)
    phone.wait_for_timeout(2500)  # they talk
    talked = datetime.now(UTC) - called
    back(phone)
    phone.locator("#call-sheet .outcome", has_text="No answer").tap()
    phone.locator("#call-sheet button", has_text="Log the call").tap()
    [(outcome, at, who, answered)] = logged(live, phone)
    assert (outcome, who) == ("no_answer", "Dana Whitfield")
    # Logged with the moment it was dialled, whenever it was answered for.
    assert abs(instant(at) - began) < timedelta(minutes=2)
    assert instant(answered) - instant(at) > talked - timedelta(seconds=0.1)
    [(what, due, deal)] = live.rows(
        "select what, due_on, deal_id from accounts_step where state = 'open' and kind = 'call'"
    )
    tomorrow = datetime.now().astimezone().date() + timedelta(days=1)
    assert what == "Call Dana again" and deal is not None
    assert timedelta(0) <= datetime.fromisoformat(due).date() - tomorrow + timedelta(days=1) <= timedelta(days=3)
    assert live.rows("select state from accounts_step where what = 'Call Dana back'") == [("done",)]
    expect(phone.locator("#calls-waiting")).to_be_hidden()


def test_a_page_that_was_killed_during_the_call_asks_when_the_next_one_loads(live, phone):
    phone.goto("/")
    dial(phone)
    phone.close()
    page = phone.context.new_page()
    page.goto("/deals/")
    sheet = page.locator("#call-sheet")
    sheet.locator(".outcome", has_text="No answer").tap()
    expect(sheet.locator("h2")).to_have_text("How did it go with Dana Whitfield?")
    # Put off it waits, on every page, and is not logged.
    sheet.locator("[data-call-later]").tap()
    expect(sheet).to_be_hidden()
    page.goto("/log/")
    expect(page.locator("#calls-waiting")).to_be_visible()
    expect(page.locator("#call-sheet")).to_be_hidden()
    page.locator("#calls-waiting", has_text="How did it go with Dana Whitfield?").tap()
    expect(page.locator("#call-sheet [value=no_answer]")).to_be_checked()
    page.locator("#call-sheet [name=text]").fill("her deal is at 50k")
    page.locator("#call-sheet button", has_text="Log the call").tap()
    assert len(logged(live, page)) == 1
    assert live.rows("select amount from deals_deal where name = 'Acme rollout'") == [(50000,)]


def test_three_calls_wait_in_a_row(live, phone):
    phone.goto("/")
    phone.evaluate(
        "() => document.querySelector('[data-call-now]').addEventListener('click', (e) => e.preventDefault())"
    )
    sheet, strip = phone.locator("#call-sheet"), phone.locator("#calls-waiting")
    numbers = phone.locator("main a[data-call^=contact][href^='tel:'], #next-card a[href^='tel:']")
    called = []
    for number in range(3):
        numbers.nth(number).tap()
        phone.locator("#call-prep").wait_for()
        phone.locator("[data-call-now]").tap()
        back(phone)
        called.append(sheet.locator("h2").inner_text())
        sheet.locator("[data-call-later]").tap()
        expect(sheet).to_be_hidden()
    assert len(set(called)) == 3
    expect(strip).to_contain_text("And 2 more.")
    assert not live.rows(CALLS)
    # On another page, later, they are answered one after the other, the latest first.
    phone.goto("/deals/")
    expect(strip).to_be_visible()
    expect(sheet).to_be_hidden()
    strip.tap()
    now = datetime.now(UTC)
    for left, asked in enumerate(reversed(called)):
        sheet.locator("h2", has_text=asked).wait_for()
        # The second tap is a quick one, however slow the machine is.
        phone.clock.set_fixed_time(now + timedelta(seconds=10 * left))
        sheet.locator(".outcome", has_text="No answer").tap()
        log = sheet.locator("button", has_text="Log the call")
        place = log.bounding_box()
        log.tap()
        # A thumb that taps twice logs one, and opens nothing of what lies under the sheet.
        phone.touchscreen.tap(place["x"] + place["width"] / 2 + 9, place["y"] + place["height"] / 2 - 6)
        if left < 2:
            sheet.locator("h2", has_text=called[1 - left]).wait_for()
    sheet.wait_for(state="hidden")
    strip.wait_for(state="hidden")
    assert live.rows(f"select count(*) from ({CALLS})") == [(3,)]
    assert phone.url.endswith("/deals/")
    made = live.rows(CALLS + " order by e.id")
    assert [row[0] for row in made] == ["no_answer"] * 3 and len({row[2] for row in made}) == 3
    assert sorted(row[1] for row in made) == [row[1] for row in reversed(made)]


def test_two_tabs_show_one_sheet(live, phone):
    phone.goto("/")
    dial(phone)
    back(phone)
    other = phone.context.new_page()
    other.goto("/deals/")
    other.evaluate(AWAY)
    expect(other.locator("#calls-waiting")).to_be_visible()
    expect(other.locator("#call-sheet")).to_be_hidden()
    phone.locator("#call-sheet .outcome", has_text="No answer").tap()
    phone.locator("#call-sheet button", has_text="Log the call").tap()
    assert len(logged(live, phone)) == 1
    other.locator("#calls-waiting").wait_for(state="hidden")


def test_a_number_tapped_before_the_scripts_have_come_is_asked_about(live, browse):
    phone = browse(**PHONE)
    phone.route("**/js/call*.js", lambda route: route.abort())
    phone.goto("/")
    phone.evaluate("() => addEventListener('click', (e) => e.preventDefault())")
    phone.locator("#next-card a[href^='tel:']").first.tap()
    phone.unroute("**/js/call*.js")
    browse.errors.clear()  # of the scripts that did not come
    phone.reload()
    back(phone)
    phone.locator("#call-sheet .outcome", has_text="No answer").tap()
    phone.locator("#call-sheet button", has_text="Log the call").tap()
    assert len(logged(live, phone)) == 1


def test_without_a_signal_the_call_goes_ahead_and_is_logged_later(live, browse):
    phone = browse(**PHONE)
    phone.goto("/")
    phone.context.set_offline(True)
    phone.evaluate(
        "() => document.querySelector('[data-call-now]').addEventListener('click', (e) => e.preventDefault())"
    )
    phone.locator("#next-card a[href^='tel:']").first.tap()
    phone.locator("[data-call-now]").tap()
    back(phone)
    phone.locator("#call-sheet .outcome", has_text="No answer").tap()
    phone.locator("#call-sheet button", has_text="Log the call").tap()
    phone.locator("[data-outbox-badge]", has_text="1 waiting").wait_for()
    assert not live.rows(CALLS + " and a.outcome = 'no_answer'")
    phone.context.set_offline(False)
    phone.locator("[data-outbox-badge]").wait_for(state="hidden")
    assert [row[0] for row in live.rows(CALLS)] == ["no_answer"]
    browse.errors.clear()  # of what was asked for meanwhile


def test_i_did_not_call(live, phone):
    phone.goto("/")
    dial(phone)
    back(phone)
    phone.locator("#call-sheet button", has_text="I didn’t call").tap()
    expect(phone.locator("#call-sheet")).to_be_hidden()
    phone.reload()
    settled(phone)
    expect(phone.locator("#call-sheet")).to_be_hidden()
    expect(phone.locator("#calls-waiting")).to_be_hidden()
    assert not live.rows(CALLS)


def test_a_wrong_number_is_struck_out(live, phone):
    [(dana,)] = live.rows("select id from accounts_contact where name = 'Dana Whitfield'")
    phone.goto(f"/contacts/{dana}/")
    dial(phone, "main")
    back(phone)
    phone.locator("#call-sheet .outcome", has_text="Wrong number").tap()
    phone.locator("#call-sheet button", has_text="Log the call").tap()
    phone.locator("main s", has_text="415").wait_for()
    phone.locator(".toast button", has_text="Undo").tap()
    phone.locator("main s", has_text="415").wait_for(state="detached")
    # The prospect's own number is marked as well.
    [(acme,)] = live.rows("select id from accounts_prospect where name = 'Acme'")
    phone.goto(f"/prospects/{acme}/")
    dial(phone, "main dl.facts")
    back(phone)
    phone.locator("#call-sheet .outcome", has_text="Wrong number").tap()
    phone.locator("#call-sheet button", has_text="Log the call").tap()
    phone.locator("main dl.facts s", has_text="0190").wait_for()


def test_an_outcome_on_the_log_page_asks_with_whom(live, phone):
    phone.goto("/log/")
    phone.locator("a.outcome", has_text="No answer").tap()
    phone.locator("#call-sheet .choice", has_text="Dana Whitfield").tap()
    phone.locator("#call-sheet button", has_text="Log the call").tap()
    assert [row[0::2] for row in logged(live, phone)] == [("no_answer", "Dana Whitfield")]


def test_without_scripts_the_form_is_a_page(live, plain):
    [(dana,)] = live.rows("select id from accounts_contact where name = 'Dana Whitfield'")
    plain.goto(f"/contacts/{dana}/")
    plain.click("text=Log a call")
    plain.locator("main .outcome", has_text="Left voicemail").click()
    plain.click("main button:has-text('Log the call')")
    plain.wait_for_url(re.compile(f"/contacts/{dana}/$"))
    assert [row[0] for row in live.rows(CALLS)] == ["left_voicemail"]
    assert live.rows("select what from accounts_step where state = 'open' and kind = 'call'") == [("Call Dana again",)]


def test_a_half_typed_line_outlives_a_crash(live, browse):
    phone = browse(**PHONE)
    [(dana,)] = live.rows("select id from accounts_contact where name = 'Dana Whitfield'")
    phone.goto("/log/")
    phone.locator("#log-text").fill("called Dana at Acme, left")
    phone.close()
    page = phone.context.new_page()
    page.goto("/log/")
    expect(page.locator("#log-text")).to_have_value("called Dana at Acme, left")
    # On another page it is the same line, and gone everywhere once it is stored.
    page.goto(f"/contacts/{dana}/")
    expect(page.locator("form.quick-log textarea")).to_have_value("called Dana at Acme, left")
    page.goto("/log/")
    page.locator("#log-text").press_sequentially(" vm")
    page.locator("#log-preview", has_text="oicemail").wait_for()
    page.locator("#quick-log .button--primary:visible").tap()
    page.wait_for_selector(".toast-text >> text=Logged")
    expect(page.locator("#log-text")).to_have_value("")
    page.goto("/deals/")
    settled(page)
    expect(page.locator("form.quick-log textarea")).to_have_value("")


def test_a_draft_is_shown_to_nobody_else(live, browse):
    page = browse()
    page.goto("/deals/")
    page.locator("form.quick-log textarea").fill("Dana wants to leave Acme")
    page.locator(".side-foot form button").click()
    page.wait_for_url("**/login/**")
    kept = page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "Dana wants" not in kept


def test_typed_about_somebody_the_line_stays_about_them(live, phone):
    [(priya,)] = live.rows("select id from accounts_contact where name = 'Priya Nair'")
    phone.goto(f"/log/?context=contact-{priya}")
    phone.locator("#log-text").fill("left vm")
    phone.goto("/log/")
    expect(phone.locator("#log-text")).to_have_value("left vm")
    phone.locator("#log-text").press_sequentially(", call back fri")
    phone.locator("#log-preview", has_text="Priya Nair").wait_for()
