"""What installs Callback: icons, shortcuts, and where another app's text goes."""

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.django_db
URL = "/manifest.webmanifest"


def test_it_can_be_installed(seller):
    answer = seller.get(URL)
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in told["icons"]:
        name = icon["src"].removeprefix("/static/")
        with open(finders.find(name), "rb") as file:
            head = file.read()
        assert head.startswith(b"\x89PNG") and len(head) < 6000
        assert f"{int.from_bytes(head[16:20])}x{int.from_bytes(head[20:24])}" == icon["sizes"]


def test_shortcuts_lead_to_pages(seller):
    told = seller.get(URL).json()
    assert [(one["name"], one["url"]) for one in told["shortcuts"]] == [("Log", "/log/"), ("Next!", "/")]
    for one in told["shortcuts"]:
        assert seller.get(one["url"]).status_code == 200


def test_what_another_app_shares_fills_the_line(seller):
    target = seller.get(URL).json()["share_target"]
    assert (target["action"], target["method"]) == ("/log/", "GET")
    names = target["params"]
    page = seller.get(
        target["action"],
        {names["title"]: "Halden", names["text"]: "called Dana, Halden", names["url"]: "https://x.example/"},
    )
    assert "called Dana, Halden https://x.example/</textarea>" in page.content.decode()


def test_pages_of_the_seller_name_it_and_of_a_manager_do_not(seller, manager):
    link = f'<link rel="manifest" href="{URL}">'
    assert link in seller.get("/deals/").content.decode()
    assert link not in manager.get("/deals/").content.decode()


def test_it_needs_no_cookie_and_takes_nothing(stranger, seller):
    assert stranger.get(URL).status_code == 200
    assert seller.post(URL).status_code == 405
