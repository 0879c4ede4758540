"""Changing a person."""

import pytest

from accounts.models import Contact, Entry
from tests import make
from tests.desk.test_contact_create import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(installation):
    return make.contact(make.prospect("Acme"), "Dana", ["d@acme.example"], ["(415) 555-0142"])


def data(dana, **changes):
    base = {"name": "Dana", "prospect": "Acme", "version": 1}
    return base | rows(["d@acme.example"], [("(415) 555-0142", "")]) | changes


def test_works_and_undo_brings_the_numbers_back(seller, dana):
    sent = data(dana, **{"phones-0-wrong": "on", "emails-0-raw": "", "title": "COO"})
    assert seller.post(f"/contacts/{dana.pk}/edit/", sent).status_code == 303
    row = Contact.objects.get()
    assert (row.title, row._read_emails(), row._read_phones()) == ("COO", [], [["(415) 555-0142", "", True]])
    Entry.objects.latest("pk").undo()
    assert Contact.objects.get()._read_emails() == [["d@acme.example", ""]]


def test_the_form_holds_what_is_stored_and_a_spare_row(seller, dana):
    text = seller.get(f"/contacts/{dana.pk}/edit/").content.decode()
    assert 'value="d@acme.example"' in text and 'name="phones-1-raw"' in text


def test_the_spare_rows_may_stay_empty(seller, dana):
    sent = data(dana, title="COO") | rows(["d@acme.example", ""], [("(415) 555-0142", ""), ("", "")])
    sent |= {"emails-INITIAL_FORMS": 2, "phones-INITIAL_FORMS": 2}  # as the form that was shown counts them
    assert seller.post(f"/contacts/{dana.pk}/edit/", sent).status_code == 303
    assert Contact.objects.get()._read_phones() == [["(415) 555-0142", "", False]]


def test_to_another_prospect(seller, dana):
    beta = make.prospect("Beta")
    assert seller.post(f"/contacts/{dana.pk}/edit/", data(dana, prospect="Beta")).status_code == 303
    assert Contact.objects.get().prospect == beta


def test_two_tabs(seller, dana):
    assert seller.post(f"/contacts/{dana.pk}/edit/", data(dana, title="COO")).status_code == 303
    late = seller.post(f"/contacts/{dana.pk}/edit/", data(dana, title="CFO", **{"phones-0-raw": "12345"}))
    text = late.content.decode()
    assert late.status_code == 409
    assert "COO" in text and 'value="CFO"' in text and 'value="12345"' in text and 'name="version" value="2"' in text
    assert seller.post(f"/contacts/{dana.pk}/edit/", data(dana, title="CFO", version=2)).status_code == 303


def test_invalid(seller, dana):
    assert seller.post(f"/contacts/{dana.pk}/edit/", data(dana, name="")).status_code == 422


def test_stranger_and_manager(stranger, manager, dana):
    assert stranger.post(f"/contacts/{dana.pk}/edit/", data(dana)).status_code in (302, 403)
    assert manager.post(f"/contacts/{dana.pk}/edit/", data(dana)).status_code == 403
    assert manager.get(f"/contacts/{dana.pk}/edit/").status_code == 403
