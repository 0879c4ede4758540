import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["seller", "manager"])
def test_signs_out(request, who):
    client = request.getfixturevalue(who)
    answer = client.post("/logout/")
    assert (answer.status_code, answer.url) == (303, "/login/")
    assert b"You are signed out." in client.get("/login/").content
    assert client.get("/password/").status_code == 302


def test_a_link_signs_nobody_out(seller):
    assert seller.get("/logout/").status_code == 405
    assert "_auth_user_id" in seller.session


def test_stranger_is_out_already(stranger):
    assert stranger.post("/logout/").url == "/login/"
