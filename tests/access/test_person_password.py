import re

import pytest
from django.core import mail
from django.test import Client

from crm.access.models import AuditEvent, OneTimeLink
from tests import make

pytestmark = pytest.mark.django_db


def link_for(client, person):
    return client.post(f"/people/{person.pk}/password/")


def test_shows_a_link_once(seller, morgan):
    answer = link_for(seller, morgan)
    link = re.search(r'data-copy="http://testserver(/password/[\w-]{43}/)"', answer.content.decode())[1]
    assert Client().get(link).status_code == 200
    assert link not in seller.get("/settings/people/").content.decode()
    assert AuditEvent.objects.get(action="password_link").what == morgan.email
    assert morgan.check_password(make.PASSWORD), "the old one holds until the link is used"


def test_is_mailed_where_mail_can_be_sent(seller, morgan, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PUBLIC_URL = "https://sales.example"
    link_for(seller, morgan)
    assert mail.outbox[0].to == [morgan.email] and "https://sales.example/password/" in mail.outbox[0].body


def test_a_link_of_one_does_not_end_that_of_another(seller, morgan):
    other = make.user("Drew Gone", "manager")
    link_for(seller, morgan)
    link_for(seller, other)
    assert OneTimeLink.objects.count() == 2


def test_not_for_the_seller_and_not_for_whom_may_not_come_in(seller, sam, morgan):
    morgan.is_active = False
    morgan.save()
    assert link_for(seller, sam).status_code == 404
    assert link_for(seller, morgan).status_code == 404
    assert not OneTimeLink.objects.exists()


def test_stranger_and_manager_make_none(stranger, manager, morgan):
    assert link_for(stranger, morgan).status_code == 302
    assert link_for(manager, morgan).status_code == 403
    assert not OneTimeLink.objects.exists()
