"""What lies on a phone is one user's own, and gone when they leave."""

import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .outboxes import (
    BADGE,
    LYING,
    arrived,
    lies,
    log,
    ready,
    sign_in,
    texts,
    weather,  # noqa: F401 (a fixture)
)

pytestmark = pytest.mark.parametrize("seed", ["day"], indirect=True)

NOTHING = {"caches": [], "workers": 0, "local": [], "session": [], "items": [0, 0]}


def _no_posts(route):
    route.abort() if route.request.method == "POST" else route.continue_()


def test_signing_out_leaves_nothing(live, phone):
    ready(phone)
    phone.locator("#log-text").fill("half a line about Priya")
    phone.evaluate("() => localStorage.setItem('callback-draft-else', 'x')")
    phone.goto("/prospects/")
    phone.get_by_role("button", name="Sign out").tap()
    phone.wait_for_url("**/login/")
    lies(phone, **NOTHING)
    phone.go_back()
    phone.wait_for_url("**/login/**")
    phone.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        phone.goto("/")


def test_with_unsent_lines_signing_out_says_so(live, browse, phone):
    ready(phone)
    faults_route = "**/outbox/"
    phone.context.route(faults_route, _no_posts)
    log(phone, "called Priya, left vm")
    phone.goto("/prospects/")
    expect(phone.locator(BADGE)).to_contain_text("1 waiting")
    phone.get_by_role("button", name="Sign out").tap()
    leave = phone.locator("#outbox-leave")
    expect(leave).to_contain_text("1 line is not sent.")
    leave.get_by_role("button", name="Stay signed in").tap()
    expect(leave).to_be_hidden()
    assert phone.evaluate("() => callbackOutbox.all().then((all) => all.length)") == 1
    phone.get_by_role("button", name="Sign out").tap()
    leave.get_by_role("button", name="Keep them, sign out").tap()
    phone.wait_for_url("**/login/")
    lies(phone, **NOTHING | {"items": [1, 0]})
    phone.context.unroute(faults_route)
    # Morgan, who looks in, neither sees nor sends it, and nothing else comes to lie there.
    sign_in(phone, who="morgan")
    phone.goto("/prospects/")
    phone.wait_for_timeout(500)  # what would come would have begun
    assert phone.locator(BADGE).count() == 0 and texts(live) == []
    lies(phone, items=[1, 0], workers=0)
    phone.get_by_role("button", name="Sign out").tap()
    phone.wait_for_url("**/login/")
    sign_in(phone)
    arrived(phone)
    assert texts(live) == ["called Priya, left vm"]


def test_thrown_away_at_the_door_it_is_gone(live, phone):
    ready(phone)
    phone.context.route("**/outbox/", _no_posts)
    log(phone, "called Priya, left vm")
    phone.goto("/prospects/")
    phone.get_by_role("button", name="Sign out").tap()
    phone.get_by_role("button", name="Throw them away, sign out").tap()
    phone.wait_for_url("**/login/")
    lies(phone, **NOTHING)


def test_a_managers_browser_keeps_nothing(live, browse):
    page = browse("morgan", **PHONE)
    for address in ("/deals/", "/prospects/"):
        page.goto(address)
        page.wait_for_timeout(400)
    assert page.evaluate(LYING) == NOTHING


def test_another_user_wipes_what_lay_there(live, phone):
    ready(phone)
    phone.context.clear_cookies()
    sign_in(phone, who="morgan")
    lies(phone, **NOTHING)


def test_no_page_but_the_shell_lies_in_the_cache(live, phone):
    ready(phone)
    for address in ("/", "/deals/", "/prospects/"):
        phone.goto(address)
    kept = phone.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
          (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
    )
    assert [path for path in kept if not path.startswith("/static/")] == ["/offline/shell/"]
    shell = phone.evaluate("async () => (await caches.match('/offline/shell/')).text()")
    assert "Sam" not in shell and "Acme" not in shell and "data-user" not in shell
