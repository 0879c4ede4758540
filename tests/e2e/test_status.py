"""What changed is marked as read by reading it, and a page that is loaded again loses nothing."""

import pytest

from tests.make import PASSWORD


@pytest.fixture
def morgan(browse):
    page = browse(signed_in=False)
    page.goto("/login/")
    page.fill("[name=username]", "morgan@callback.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/status/")
    return page


def marks(live):
    return live.rows("SELECT from_at, seen_change FROM desk_statusmark")


@pytest.mark.parametrize("seed", ["board"], indirect=True)
def test_read_then_seen(live, morgan):
    assert morgan.inner_text("#status-changes h2") == "In the last 7 days"
    assert morgan.locator("#status-changes li").count() == 3
    morgan.wait_for_timeout(1500)
    assert marks(live) == []  # on screen, but not for long enough
    morgan.wait_for_selector("text=It stays here for an hour.")
    assert marks(live) == [(None, 3)]
    morgan.reload()
    assert morgan.locator("#status-changes li").count() == 3
    morgan.click("text=Mark as seen")
    morgan.wait_for_selector("text=Nothing has changed since.")
    morgan.reload()
    assert morgan.locator("#status-changes li").count() == 0


@pytest.mark.parametrize("seed", ["board"], indirect=True)
def test_what_is_not_on_screen_is_not_read(live, morgan):
    morgan.set_viewport_size({"width": 390, "height": 300})
    morgan.reload()
    morgan.wait_for_timeout(5500)
    assert marks(live) == []
    morgan.locator("callback-seen").scroll_into_view_if_needed()
    morgan.wait_for_selector("text=It stays here for an hour.")
    assert len(marks(live)) == 1


@pytest.mark.parametrize("seed", ["board"], indirect=True)
def test_by_keyboard_and_without_scripts(live, morgan, browse):
    morgan.goto("/deals/")
    morgan.keyboard.press("g")
    morgan.keyboard.press("s")
    morgan.wait_for_url("**/status/")
    morgan.keyboard.press("j")
    morgan.keyboard.press("Enter")
    morgan.wait_for_url("**/deals/*/")
    plain = browse(signed_in=False, java_script_enabled=False, storage_state=morgan.context.storage_state())
    plain.goto("/status/")
    plain.select_option("#status-filters [name=sort]", "name")
    plain.click("#status-filters >> text=Show")
    assert plain.locator(".account h4").all_inner_texts() == ["Acme", "Globex", "Halden Freight"]
    plain.click("text=Mark as seen")
    assert plain.locator("text=Nothing has changed since.").count() == 1
    plain.fill("#status-as-of", "2020-01-01")
    plain.click(".status-day button")
    assert "As of the end of" in plain.inner_text(".status-note")
    assert plain.inner_text("h1").endswith("0 open accounts")
