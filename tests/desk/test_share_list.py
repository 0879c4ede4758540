"""All links, and what became of them."""

from datetime import timedelta

import pytest

from crm.desk.models import ShareLink
from crm.web import clock
from tests import make

from .shares import make_link

pytestmark = pytest.mark.django_db


def test_says_of_each_what_it_shows_and_whether_it_works(seller, sam):
    halden, gone = make.prospect("Halden Freight"), make.prospect("Globex")
    _, opened = make_link(sam, halden)
    make_link(sam)
    old, _ = make_link(sam, halden)
    ShareLink.objects.filter(pk=old.pk).update(expires_at=clock.now() - timedelta(minutes=1))
    ended, _ = make_link(sam, halden)
    ended.revoke()
    make_link(sam, gone)
    with make.submission() as entry:
        gone.trash(entry)
    seller.get(opened)
    text = seller.get("/shares/").content.decode()
    for words in ("Status page", "Halden Freight", "ran out", "ended by you", "in the trash", "not yet"):
        assert words in text
    assert text.count(">Revoke<") == text.count("/delete/") == 3  # two that work, and one that may come back


def test_empty(seller):
    assert "press Share" in seller.get("/shares/").content.decode()


def test_as_many_queries_for_many(seller, sam, django_assert_max_num_queries):
    halden = make.prospect("Halden Freight")
    for _ in range(30):
        make_link(sam, halden)
    with django_assert_max_num_queries(12):
        seller.get("/shares/")


def test_manager_and_stranger(manager, stranger):
    assert manager.get("/shares/").status_code == 403
    assert stranger.get("/shares/").status_code == 302
