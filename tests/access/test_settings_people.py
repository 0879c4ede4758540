import pytest

pytestmark = pytest.mark.django_db


def test_lists_who_may_come_in_and_how_to_let_more_in(seller, morgan):
    page = seller.get("/settings/people/").content.decode()
    assert "sam@callback.example" in page and "morgan@callback.example" in page
    assert 'action="/invitations/create/"' in page


def test_says_who_may_not_any_more(seller, morgan):
    morgan.is_active = False
    morgan.save()
    assert b"may not sign in" in seller.get("/settings/people/").content


def test_manager_sees_the_people(manager):
    page = manager.get("/settings/people/").content.decode()
    assert "Morgan Vale" in page and "/invitations/create/" not in page


def test_stranger_is_sent_to_login(stranger):
    assert stranger.get("/settings/people/").status_code == 302
