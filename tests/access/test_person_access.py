import pytest

from tests import make

pytestmark = pytest.mark.django_db


def let(client, person, how):
    return client.post(f"/people/{person.pk}/access/", {"let": how})


def test_a_manager_is_let_in_no_more_and_again(seller, manager, morgan):
    assert manager.get("/settings/").status_code == 200
    answer = let(seller, morgan, "out")
    assert (answer.status_code, answer.url) == (303, "/settings/people/")
    assert manager.get("/settings/").status_code == 302
    page = seller.get("/settings/people/").content.decode()
    assert "Morgan Vale may not look in any more." in page and "Let in again" in page
    let(seller, morgan, "in")
    morgan.refresh_from_db()
    assert morgan.is_active


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
    assert b"Let in no more" not in manager.get("/settings/people/").content
