from datetime import timedelta

import pytest
from django.test import Client

from crm.access import setup
from crm.access.models import Installation, OneTimeLink, User
from tests import make

pytestmark = pytest.mark.django_db

GOOD = {
    "name": "Sam Porter",
    "email": "Sam@Callback.Example",
    "password": make.PASSWORD,
    "time_zone": "America/New_York",
    "currency": "EUR",
    "date_order": "dmy",
}


@pytest.fixture
def link():
    return setup.one_time_link("http://testserver").removeprefix("http://testserver")


def test_makes_the_seller_and_signs_them_in(client, link):
    assert b"Set up Callback" in client.get(link).content
    answer = client.post(link, GOOD)
    assert (answer.status_code, answer.url) == (303, "/")
    seller = User.objects.get()
    assert (seller.email, seller.role, seller.check_password(make.PASSWORD)) == ("sam@callback.example", "seller", True)
    row = Installation.objects.get()
    assert (row.time_zone, row.currency, row.date_order) == ("America/New_York", "EUR", "dmy")
    assert client.session["_auth_user_id"] == str(seller.pk)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("email", "sam", "valid email"),
        ("name", "", "required"),
        ("password", "short", "at least 10"),
        ("password", "sam@callback.example", "too similar"),
        ("password", "1234567890", "too common"),
        ("time_zone", "Mars/Olympus", "no time zone we know"),
        ("time_zone", "../../etc/passwd", "no time zone we know"),
        ("currency", "XXX", "not one of the available"),
        ("date_order", "ymd", "not one of the available"),
    ],
)
def test_invalid_says_so_and_keeps_the_rest(client, link, field, value, word):
    answer = client.post(link, GOOD | {field: value})
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not User.objects.exists() and not Installation.objects.exists()
    assert client.get(link).status_code == 200


def test_used_expired_and_unknown_links_look_the_same(client, link):
    token = OneTimeLink.make(OneTimeLink.SETUP)
    unknown = client.get("/setup/nothing/")
    replaced = client.get(link)
    OneTimeLink.objects.update(expires_at=OneTimeLink.objects.get().created_at - timedelta(seconds=1))
    expired = client.get(f"/setup/{token}/")
    link = setup.one_time_link("")
    client.post(link, GOOD)
    used = Client().get(link)
    for answer in (unknown, replaced, expired, used):
        assert answer.status_code == 404
        assert answer.content == unknown.content
    assert client.post(link, GOOD).status_code == 404
    assert User.objects.count() == 1


def test_no_link_works_while_there_is_a_seller(client, link, sam):
    assert client.get(link).status_code == 404
    assert client.post(link, GOOD).status_code == 404


def test_two_at_once_make_one_seller(link):
    row = OneTimeLink.find(OneTimeLink.SETUP, link.split("/")[-2])
    setup.use_link(row, **GOOD)
    with pytest.raises(Exception, match="just used"):
        setup.use_link(row, **GOOD | {"email": "pat@callback.example"})
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "currency", "order"),
    [
        ("en-GB,en;q=0.8", "GBP", "dmy"),
        ("en-US", "USD", "mdy"),
        ("de", "EUR", "dmy"),
        ("", "USD", "mdy"),
        ("zh-Hant-TW", "USD", "dmy"),
    ],
)
def test_suggests_by_the_browsers_language(client, link, language, currency, order):
    form = client.get(link, headers={"Accept-Language": language}).context["form"]
    assert (form["currency"].value(), form["date_order"].value()) == (currency, order)
