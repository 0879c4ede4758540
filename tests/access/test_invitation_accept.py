from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from crm.access import inviting
from crm.access.models import AuditEvent, OneTimeLink, User
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db
GOOD = {"name": "Kim Ode", "password": make.PASSWORD}


@pytest.fixture
def path(sam):
    return inviting.invite("kim@callback.example", "Kim")


def test_makes_a_manager_and_signs_them_in(stranger, path):
    page = stranger.get(path).content.decode()
    assert "kim@callback.example" in page and 'value="Kim"' in page
    answer = stranger.post(path, GOOD)
    assert (answer.status_code, answer.url) == (303, inviting.first_page())
    kim = User.objects.get(email="kim@callback.example")
    assert (kim.name, kim.role, kim.check_password(make.PASSWORD)) == ("Kim Ode", "manager", True)
    assert stranger.session["_auth_user_id"] == str(kim.pk)
    assert stranger.get("/settings/").status_code == 200
    assert set(AuditEvent.objects.filter(user=kim).values_list("action", flat=True)) == {"joined", "signed_in"}


def test_nothing_typed_makes_them_more(stranger, path):
    stranger.post(path, GOOD | {"email": "x@y.z", "role": "seller", "is_active": "", "is_staff": "1"})
    kim = User.objects.get(name="Kim Ode")
    assert (kim.email, kim.role, kim.is_active) == ("kim@callback.example", "manager", True)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [("name", "", "required"), ("password", "short", "at least 10"), ("password", "kim@callback", "too similar")],
)
def test_invalid_says_so_and_the_link_still_works(stranger, path, field, value, word):
    answer = stranger.post(path, GOOD | {field: value})
    assert answer.status_code == 422 and word in answer.content.decode()
    assert not User.objects.filter(role="manager").exists()
    assert stranger.post(path, GOOD).status_code == 303


def test_used_expired_revoked_and_unknown_look_the_same(stranger, path):
    unknown = stranger.get("/invitation/nothing/")
    stranger.post(path, GOOD)
    expired = inviting.invite("lou@callback.example", "")
    OneTimeLink.objects.filter(used_at=None).update(expires_at=clock.now() - timedelta(seconds=1))
    revoked = inviting.invite("ann@callback.example", "")
    OneTimeLink.objects.get(email="ann@callback.example").delete()
    here = inviting.invite("pat@callback.example", "")
    make.user("Pat Here", "manager")  # by the command, meanwhile
    setup = f"/invitation/{OneTimeLink.make(OneTimeLink.SETUP)}/"
    for dead in (path, expired, revoked, here, setup):
        for answer in (Client().get(dead), Client().post(dead, GOOD)):
            assert answer.status_code == 404
            assert answer.content == unknown.content
    assert User.objects.filter(role="manager").count() == 2


def test_somebody_signed_in_becomes_who_was_invited(seller, sam, path):
    before = seller.session.session_key
    seller.post(path, GOOD)
    assert seller.session["_auth_user_id"] == str(User.objects.get(name="Kim Ode").pk)
    assert seller.session.session_key != before


def test_used_twice_at_the_same_time_makes_one(sam, path):
    """Both have been shown the form, and both have got past the first look at the link."""
    token = path.split("/")[2]
    one, two = inviting.invitation(token), inviting.invitation(token)
    inviting.join(one, "Kim One", make.PASSWORD)
    with pytest.raises(ValidationError):
        inviting.join(two, "Kim Two", make.PASSWORD)
    assert [user.name for user in User.objects.filter(role="manager")] == ["Kim One"]


def test_taken_back_while_the_form_is_open_makes_none(sam, path):
    link = inviting.invitation(path.split("/")[2])
    OneTimeLink.objects.all().delete()
    with pytest.raises(ValidationError):
        inviting.join(link, "Kim", make.PASSWORD)
    assert not User.objects.filter(role="manager").exists()
