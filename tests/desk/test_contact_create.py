"""A new person, with any number of addresses and numbers."""

import uuid

import pytest

from accounts.models import Contact
from crm.desk import duplicates
from tests import make

pytestmark = pytest.mark.django_db


def rows(emails=(), phones=()):
    """The form's rows as a browser sends them."""
    data = {"emails-TOTAL_FORMS": len(emails), "emails-INITIAL_FORMS": 0}
    data |= {"phones-TOTAL_FORMS": len(phones), "phones-INITIAL_FORMS": 0}
    for n, raw in enumerate(emails):
        data[f"emails-{n}-raw"] = raw
    for n, (raw, label) in enumerate(phones):
        data |= {f"phones-{n}-raw": raw, f"phones-{n}-label": label}
    return data


@pytest.fixture
def acme(installation):
    return make.prospect("Acme")


def test_works(seller, acme):
    data = {"name": "Dana W", "prospect": "acme", "time_zone": "Europe/Berlin"}
    data |= rows(["d@acme.example", "", "dana@home.example"], [("(415) 555-0142", "mobile"), ("", "")])
    response = seller.post(f"/prospects/{acme.pk}/contacts/create/", data)
    assert (response.status_code, response.url) == (303, f"/prospects/{acme.pk}/")
    dana = Contact.objects.get()
    assert dana._read_emails() == [["d@acme.example", ""], ["dana@home.example", ""]]
    assert dana._read_phones() == [["(415) 555-0142", "mobile", False]]
    assert dana.phones.get().e164 == "+14155550142"


def test_the_prospect_is_filled_in(seller, acme):
    text = seller.get(f"/prospects/{acme.pk}/contacts/create/").content.decode()
    assert f'value="Acme ({acme.pk})"' in text


def test_another_row_without_scripts_keeps_what_was_typed(seller, acme):
    data = {"name": "Dana", "prospect": "Acme", "more": "phones"} | rows([], [("(415) 555-0142", "")])
    response = seller.post("/contacts/create/", data)
    text = response.content.decode()
    assert response.status_code == 422 and not Contact.objects.exists()
    assert 'value="(415) 555-0142"' in text and 'name="phones-1-raw"' in text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "required"),
        ({"prospect": "Nobody 100%"}, "No prospect is called “Nobody 100%”"),
        ({"time_zone": "Mars/Phobos"}, "no time zone we know"),
        ({"emails-0-raw": "not an address"}, "valid email"),
        ({"phones-0-raw": "call me"}, "has digits"),
    ],
)
def test_invalid(seller, acme, wrong, words):
    data = {"name": "Dana", "prospect": "Acme"} | rows(["d@acme.example"], [("1234567", "")]) | wrong
    response = seller.post("/contacts/create/", data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Contact.objects.exists()


def test_two_prospects_of_one_name_are_offered(seller, acme):
    other = make.prospect("Acme", city="Leeds")
    data = {"name": "Dana", "prospect": "Acme"} | rows()
    text = seller.post("/contacts/create/", data).content.decode()
    assert "Which one?" in text and f'value="Acme ({other.pk})"' in text
    assert seller.post("/contacts/create/", data | {"prospect": f"Acme ({other.pk})"}).status_code == 303
    assert Contact.objects.get().prospect == other


def test_sent_twice(seller, acme):
    data = {"name": "Dana", "prospect": "Acme", "uuid": uuid.uuid4()} | rows()
    assert [seller.post("/contacts/create/", data).status_code for _ in range(2)] == [303, 303]
    assert Contact.objects.count() == 1


def test_one_like_an_old_one_warns(seller, acme):
    make.contact(acme, "Dana Whitfield")
    data = {"name": "Dana Whitfeld", "prospect": "Acme"} | rows()
    response = seller.post("/contacts/create/", data)
    assert response.status_code == 422 and "similar name here" in response.content.decode()
    assert seller.post("/contacts/create/", data | {"anyway": "1"}).status_code == 303


def test_what_looks_alike(acme):
    beta = make.prospect("Beta")
    dana = make.contact(acme, "Dana Whitfield", ["Dana@Acme.example"], ["+1 415 555 0142"])
    alike = lambda *args, **more: [like.record for like in duplicates.contacts_like(*args, **more)]  # noqa: E731
    assert alike(beta, "Other", emails=["dana@acme.EXAMPLE"]) == [dana]
    assert alike(beta, "Other", phones=["(415) 555-0142"]) == [dana]
    assert alike(beta, "Dana Whitfield") == [dana]
    assert alike(beta, "Dana Whitfeld") == []
    assert alike(acme, "Dana Whitfield", but=dana.pk) == []
    assert alike(beta, "", emails=[""], phones=["", "x"]) == []


def test_stranger_and_manager(stranger, manager, acme):
    data = {"name": "Dana", "prospect": "Acme"} | rows()
    assert stranger.post("/contacts/create/", data).status_code in (302, 403)
    assert manager.post("/contacts/create/", data).status_code == 403
    assert manager.get(f"/prospects/{acme.pk}/contacts/create/").status_code == 403
    assert not Contact.objects.exists()
