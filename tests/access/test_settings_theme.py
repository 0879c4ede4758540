import pytest

pytestmark = pytest.mark.django_db


def test_is_kept_in_a_cookie_and_shown(seller):
    answer = seller.post("/settings/theme/", {"theme": "dark"}, headers={"Referer": "http://testserver/trash/"})
    assert (answer.status_code, answer.url) == (303, "http://testserver/trash/")
    assert answer.cookies["theme"].value == "dark"
    assert b'data-theme="dark"' in seller.get("/settings/").content


@pytest.mark.parametrize("theme", ["", "nonsense"])
def test_anything_else_follows_the_system(manager, theme):
    manager.cookies["theme"] = "dark"
    answer = manager.post("/settings/theme/", {"theme": theme}, headers={"Referer": "https://evil.example/"})
    assert answer.url == "/settings/"
    assert answer.cookies["theme"].value == ""


def test_stranger_is_sent_to_login_and_a_link_does_nothing(stranger, seller):
    assert stranger.post("/settings/theme/", {"theme": "dark"}).status_code == 302
    assert seller.get("/settings/theme/").status_code == 405
