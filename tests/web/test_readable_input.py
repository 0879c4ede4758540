"""Text that no keyboard types is refused before a view reads it."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/search/", "/prospects/"])
def test_a_nul_in_the_address_is_refused(seller, path):
    assert seller.get(path, {"q": "a\0"}).status_code == 400


def test_a_nul_in_a_form_is_refused(seller):
    assert seller.post("/log/preview/", {"text": "\0called"}).status_code == 400


def test_another_encoding_is_refused(seller):
    answer = seller.post("/log/preview/", b"text=a", content_type="application/x-www-form-urlencoded; charset=utf-16")
    assert answer.status_code == 400
