"""The page that stands in without a connection: the same for everybody, as it is kept by the browser."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_it_is_nobodys(seller, stranger, sam):
    pages = [
        re.sub(r'value="[\w-]{36,64}"', "", client.get("/offline/shell/").content.decode())
        for client in (seller, stranger)
    ]
    assert pages[0] == pages[1]
    assert sam.name not in pages[0] and sam.device_key not in pages[0] and "data-user" not in pages[0]


def test_it_only_shows(seller):
    assert seller.post("/offline/shell/").status_code == 405
