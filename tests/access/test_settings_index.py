import pytest

pytestmark = pytest.mark.django_db


def test_says_how_things_are_set(seller):
    page = seller.get("/settings/").content.decode()
    assert "USD · America/New_York" in page
    assert "Gone quiet after 4 tries without an answer, or 14 days." in page
    assert "/settings/profile/" in page and "/settings/stages/" in page and "/trash/" in page


def test_manager_may_change_only_their_own(manager):
    page = manager.get("/settings/").content.decode()
    assert "Morgan Vale" in page
    assert "/password/" in page and "/settings/shortcuts/" in page
    assert "/trash/" not in page


def test_stranger_is_sent_to_login(stranger):
    assert stranger.get("/settings/").url == "/login/?next=/settings/"
