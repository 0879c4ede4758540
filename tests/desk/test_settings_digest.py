from datetime import date, time

import pytest

from crm.desk.models import DigestMail, DigestPlan

pytestmark = pytest.mark.django_db
URL = "/settings/digest/"
GOOD = {"rhythm": "weekly", "weekday": "4", "at": "07:30"}


def stored():
    return list(DigestPlan.objects.values_list("user__name", "rhythm", "weekday", "at"))


@pytest.mark.parametrize("who", ["seller", "manager"])
def test_everybody_sets_their_own(request, who, sam, morgan):
    client = request.getfixturevalue(who)
    assert client.get(URL).status_code == 200
    assert client.post(URL, GOOD).status_code == 303
    assert client.post(URL, GOOD | {"at": "08:00"}).status_code == 303
    name = "Sam Porter" if who == "seller" else "Morgan Vale"
    assert stored() == [(name, "weekly", 4, time(8))]
    assert "at 8:00" in client.get(URL).content.decode()


@pytest.mark.parametrize("wrong", [{"rhythm": "hourly"}, {"weekday": "7"}, {"at": "25:00"}, {"at": ""}])
def test_invalid_is_said_and_kept_on_the_page(seller, wrong):
    answer = seller.post(URL, GOOD | wrong)
    assert answer.status_code == 422
    assert b'value="weekly" selected' in answer.content or "rhythm" in wrong
    assert stored() == []


def test_user_is_no_field_of_it(seller, morgan):
    seller.post(URL, GOOD | {"user": morgan.pk, "since": "2020-01-01"})
    assert stored()[0][0] == "Sam Porter"


def test_stranger(stranger):
    assert stranger.get(URL).status_code == 302
    assert stranger.post(URL, GOOD).status_code == 302
    assert stored() == []


def test_without_a_mail_server_it_says_so_and_offers_the_page(seller, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
    answer = seller.get(URL).content.decode()
    assert "No mail server is set up" in answer and 'href="/status/"' in answer
    settings.EMAIL_HOST = "mail.example"
    assert "No mail server" not in seller.get(URL).content.decode()


def test_shows_what_became_of_the_last_ones(manager, morgan, sam):
    DigestMail.objects.create(user=morgan, due_on=date(2026, 3, 9), state="failed", error="550 no such user")
    DigestMail.objects.create(user=sam, due_on=date(2026, 3, 8), state="failed", error="451 not now")
    answer = manager.get(URL).content.decode()
    assert "550 no such user" in answer and "Send again" in answer
    assert "451" not in answer
