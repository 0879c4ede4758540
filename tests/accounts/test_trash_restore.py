import uuid

import pytest

from accounts.models import Contact, Entry, Prospect
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme():
    row = make.prospect("Acme")
    make.contact(row, "Ana")
    with make.submission() as entry:
        row.trash(entry)
    return row


def restore(client, record, **data):
    return client.post(f"/trash/{record._meta.model_name}/{record.pk}/restore/", data)


def test_brings_it_back_with_all_that_went_along(seller, acme):
    answer = restore(seller, acme)
    assert (answer.status_code, answer.url) == (303, "/trash/")
    assert Prospect.objects.get() == acme
    assert Contact.objects.get().name == "Ana"
    assert "“Acme” is back." in seller.get("/trash/").content.decode()


def test_brings_back_what_it_hangs_on(seller):
    acme = make.prospect("Acme")
    ana = make.contact(acme, "Ana")
    for record in (ana, acme):
        with make.submission() as entry:
            record.trash(entry)
    restore(seller, ana)
    assert Contact.objects.get() == ana
    assert Prospect.objects.get() == acme
    assert "with “Acme”" in seller.get("/trash/").content.decode()


def test_can_be_undone(seller, acme):
    key = uuid.uuid4()
    restore(seller, acme, uuid=key)
    Entry.objects.get(uuid=key).undo()
    assert not Prospect.objects.exists() and not Contact.objects.exists()


def test_sent_twice_brings_back_once(seller, acme):
    key = uuid.uuid4()
    restore(seller, acme, uuid=key)
    with make.submission() as entry:
        Prospect.objects.get().trash(entry)
    assert restore(seller, acme, uuid=key).status_code == 303
    assert not Prospect.objects.exists()


def test_what_is_not_there_is_404(seller, acme):
    make.prospect("Globex")
    assert restore(seller, Prospect.objects.get()).status_code == 404
    assert seller.post("/trash/user/1/restore/").status_code == 404
    assert seller.get(f"/trash/prospect/{acme.pk}/restore/").status_code == 404


def test_stranger_and_manager_bring_nothing_back(stranger, manager, acme):
    assert restore(stranger, acme).status_code == 302
    assert restore(manager, acme).status_code == 403
    assert not Prospect.objects.exists()
