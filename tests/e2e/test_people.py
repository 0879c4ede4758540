"""A manager is invited, looks, and is thrown out of an open browser; the second factor without scripts."""

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import expect

from tests.make import PASSWORD


def code(secret):
    """What an app makes of that secret now (RFC 6238), by hand: a second opinion on the library's."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_invited_looks_and_is_removed(live, page, browse):
    page.goto("/settings/people/")
    page.fill("[name=email]", "kim@callback.example")
    page.fill("[name=name]", "Kim Ode")
    page.keyboard.press("Enter")
    link = page.get_by_label("The link").input_value()
    manager = browse(None)
    manager.goto(link)
    expect(manager.get_by_label("Your name")).to_have_value("Kim Ode")
    manager.fill("[name=password]", PASSWORD)
    manager.keyboard.press("Enter")
    expect(manager).to_have_url(re.compile("/status/"))
    manager.goto("/deals/")
    page.goto("/settings/people/")
    row = page.locator("li", has_text="Kim Ode")
    expect(row).to_contain_text("looked just now")
    row.locator("summary").click()
    expect(row.locator("details")).to_contain_text("Board")
    row.get_by_role("button", name="Remove").click()
    expect(page.locator("li", has_text="Kim Ode")).to_contain_text("may not sign in")
    assert (
        live.rows("SELECT 1 FROM access_session s JOIN access_user u ON s.user_id = u.id WHERE u.name = 'Kim Ode'")
        == []
    )
    manager.click("text=Prospects")
    expect(manager).to_have_url(re.compile("/login/"))


def test_second_factor_without_scripts(live, plain, browse):
    plain.goto("/settings/second-factor/")
    plain.click("text=Set it up")
    assert plain.locator("svg.qr").bounding_box()["width"] > 150
    secret = plain.inner_text("#second-factor-secret")
    plain.fill("[name=code]", code(secret))
    plain.click("text=Switch on")
    expect(plain.locator(".codes code")).to_have_count(10)
    codes = plain.locator(".codes code").all_inner_texts()
    other = browse(None, java_script_enabled=False)
    other.goto("/deals/table/?outcome=won")
    other.fill("[name=username]", "sam@callback.example")
    other.fill("[name=password]", PASSWORD)
    other.click("main button")
    expect(other.get_by_role("heading", name="Your code")).to_be_visible()
    other.goto("/prospects/")
    expect(other).to_have_url(re.compile("/login/"))
    other.goto("/login/code/?next=/deals/table/%3Foutcome%3Dwon")
    other.click("text=Lost your phone?")
    other.fill("[name=recovery]", codes[4])
    other.get_by_role("button", name="Sign in").click()
    expect(other).to_have_url(re.compile(r"/deals/table/\?outcome=won"))
