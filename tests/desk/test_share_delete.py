"""Ending a link: at once and for good."""

import pytest

from crm.access.models import AuditEvent
from crm.desk.models import ShareLink
from tests import make

from .shares import make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(sam):
    return make_link(sam, make.prospect("Halden Freight"))


def test_it_opens_nothing_any_more(seller, linked, stranger):
    link, address = linked
    assert stranger.get(address).status_code == 200
    answer = seller.post(f"/shares/{link.pk}/delete/", follow=True)
    assert "opens nothing any more" in answer.content.decode()
    assert stranger.get(address).status_code == 404
    assert AuditEvent.objects.get(action="share_revoked").what == "the brief of Halden Freight"


def test_again_changes_nothing(seller, linked):
    link, _ = linked
    seller.post(f"/shares/{link.pk}/delete/")
    when = ShareLink.objects.get().revoked_at
    assert seller.post(f"/shares/{link.pk}/delete/").status_code == 303
    assert ShareLink.objects.get().revoked_at == when
    assert AuditEvent.objects.filter(action="share_revoked").count() == 1


def test_unknown(seller):
    assert seller.post("/shares/4711/delete/").status_code == 404
    assert seller.get("/shares/4711/delete/").status_code == 405


def test_manager_and_stranger(manager, stranger, linked):
    link, address = linked
    assert manager.post(f"/shares/{link.pk}/delete/").status_code == 403
    assert stranger.post(f"/shares/{link.pk}/delete/").status_code == 302
    assert stranger.get(address).status_code == 200
