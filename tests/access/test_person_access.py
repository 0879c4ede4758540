import pytest
from django.test import Client

from crm.access.models import AuditEvent, OneTimeLink, Session
from tests import make

pytestmark = pytest.mark.django_db


def let(client, person, how):
    return client.post(f"/people/{person.pk}/access/", {"let": how})


def test_a_manager_is_let_in_no_more_and_again(seller, manager, morgan):
    assert manager.get("/settings/").status_code == 200
    answer = let(seller, morgan, "out")
    assert (answer.status_code, answer.url) == (303, "/settings/people/")
    assert manager.get("/settings/").url == "/login/?next=/settings/"
    page = seller.get("/settings/people/").content.decode()
    assert "Morgan Vale may not look in any more." in page and "Let in again" in page
    let(seller, morgan, "in")
    morgan.refresh_from_db()
    assert morgan.is_active
    assert manager.get("/settings/").status_code == 302, "the old browser stays signed out"
    lines = AuditEvent.objects.filter(what=morgan.email).order_by("pk").values_list("action", flat=True)
    assert list(lines) == ["removed", "let_in"]


def test_removing_ends_every_session_and_link_of_theirs(seller, manager, morgan, sam, htmx):
    phone = Client()
    phone.post("/login/", {"username": morgan.email, "password": make.PASSWORD})
    link = OneTimeLink.make(OneTimeLink.PASSWORD, user=morgan)
    assert Session.objects.filter(user=morgan).count() == 2
    let(seller, morgan, "out")
    assert not Session.objects.filter(user=morgan).exists() and Session.objects.filter(user=sam).exists()
    assert phone.get("/").status_code == 302
    assert manager.get("/prospects/", headers=htmx)["HX-Redirect"].startswith("/login/")
    assert manager.post("/settings/shortcuts/").status_code == 302
    assert Client().get(f"/password/{link}/").status_code == 404


def test_nobody_shuts_the_seller_out(seller, sam):
    assert let(seller, sam, "out").status_code == 404
    assert let(seller, type("Nobody", (), {"pk": 999}), "out").status_code == 404
    sam.refresh_from_db()
    assert sam.is_active


def test_stranger_and_manager_let_nobody_in(stranger, manager):
    other = make.user("Drew Gone", "manager")
    assert let(stranger, other, "out").status_code == 302
    assert let(manager, other, "out").status_code == 403
    other.refresh_from_db()
    assert other.is_active
    assert b"Remove" not in manager.get("/settings/people/").content
