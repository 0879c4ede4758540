import re

import pytest
from django.core import mail

from crm.access import inviting
from crm.access.models import AuditEvent, OneTimeLink
from tests import make

pytestmark = pytest.mark.django_db
URL = "/invitations/create/"


def invite(client, email="Kim@Callback.Example", name="Kim Ode"):
    return client.post(URL, {"email": email, "name": name})


def link_in(answer):
    return re.search(r'data-copy="http://testserver(/invitation/[\w-]{43}/)"', answer.content.decode())[1]


def test_shows_a_link_once_and_stores_its_hash(seller, sam):
    answer = invite(seller)
    link = link_in(answer)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    stored = OneTimeLink.objects.get()
    assert (stored.purpose, stored.email, stored.name) == ("invitation", "kim@callback.example", "Kim Ode")
    assert link.split("/")[2] not in repr(OneTimeLink.objects.values().get())
    page = seller.get("/settings/people/").content.decode()
    assert "Kim Ode" in page and link not in page
    assert AuditEvent.objects.get(action="invited").what == "kim@callback.example"


def test_a_second_link_for_the_same_address_replaces_the_first(seller, stranger):
    first, second = link_in(invite(seller)), link_in(invite(seller))
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200


def test_links_for_two_addresses_both_work(seller, stranger):
    first, second = link_in(invite(seller)), link_in(invite(seller, "lou@callback.example"))
    assert stranger.get(first).status_code == stranger.get(second).status_code == 200


def test_is_mailed_where_mail_can_be_sent(seller, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PUBLIC_URL = "https://sales.example/"
    answer = seller.post(
        URL, {"email": "kim@callback.example", "name": "Kim\r\nBcc: x@y.z"}, headers={"Host": "127.0.0.1"}
    )
    sent = mail.outbox[0]
    assert sent.to == ["kim@callback.example"] and not sent.bcc
    assert re.search(r"https://sales\.example/invitation/[\w-]{43}/", sent.body) and "127.0.0.1" not in sent.body
    assert "It was sent to kim@callback.example" in answer.content.decode()


def test_a_mail_server_that_is_away_is_said(seller, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    settings.PUBLIC_URL = "https://sales.example/"
    assert "could not be sent" in invite(seller).content.decode()
    assert OneTimeLink.objects.exists()


@pytest.mark.parametrize(
    ("email", "word"),
    [
        ("kim", "valid email"),
        ("", "required"),
        ("morgan@callback.example", "may look in already"),
        ("SAM@callback.example", "That is you"),
        ("drew@callback.example", "let them in again"),
    ],
)
def test_invalid_makes_no_link(seller, morgan, email, word):
    gone = make.user("Drew Gone", "manager")
    inviting.remove(gone)
    answer = invite(seller, email)
    assert answer.status_code == 422 and word in answer.content.decode()
    assert not OneTimeLink.objects.exists()


def test_stranger_and_manager_invite_nobody(stranger, manager):
    assert invite(stranger).status_code == 302
    assert invite(manager).status_code == 403
    assert not OneTimeLink.objects.exists()
