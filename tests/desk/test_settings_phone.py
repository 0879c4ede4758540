"""How a phone gets here, and what is missing for it."""

import pytest

pytestmark = pytest.mark.django_db
URL = "/settings/phone/"


def test_only_this_computer(seller, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    text = seller.get(URL, headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "start --host 0.0.0.0" in text and "<svg" in text and 'class="qr"' not in text


def test_the_address_in_the_network(seller, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "192.168.1.20", "box.local"]
    text = seller.get(URL, headers={"host": "localhost:8000"}, SERVER_PORT="8000").content.decode()
    assert "http://192.168.1.20:8000/" in text and 'class="qr"' in text and "Not by https" in text


def test_asked_by_that_address_it_is_the_address(seller, settings):
    settings.ALLOWED_HOSTS = ["192.168.1.20"]
    text = seller.get(URL, headers={"host": "192.168.1.20:8000"}).content.decode()
    assert "http://192.168.1.20:8000/" in text


def test_by_https_nothing_is_missing(seller, settings):
    settings.ALLOWED_HOSTS = ["crm.example"]
    text = seller.get(URL, headers={"host": "crm.example"}, secure=True).content.decode()
    assert "https://crm.example/" in text and "Not by https" not in text and "works without a signal" in text


def test_the_code_is_drawn_without_a_style(seller, settings):
    settings.ALLOWED_HOSTS = ["crm.example"]
    text = seller.get(URL, headers={"host": "crm.example"}, secure=True).content.decode()
    assert "style=" not in text[text.index("<svg viewBox") :].split("</svg>")[0]


def test_a_manager_keeps_nothing(manager):
    text = manager.get(URL).content.decode()
    assert "keeps nothing" in text and "data-phone=" not in text


def test_stranger_may_not(stranger):
    assert stranger.get(URL).url.startswith("/login/")


def test_it_takes_nothing(seller):
    assert seller.post(URL).status_code == 405
