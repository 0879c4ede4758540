"""A new prospect, and the warning when it looks like an old one."""

import uuid

import pytest

from accounts.models import Prospect
from crm.desk import duplicates
from tests import make

pytestmark = pytest.mark.django_db


def test_works_and_can_be_undone(seller, installation):
    response = seller.post("/prospects/create/", {"name": "  Acme   Corp ", "city": "Oakland"})
    row = Prospect.objects.get()
    assert (response.status_code, response.url, row.name) == (303, f"/prospects/{row.pk}/", "Acme Corp")
    assert "Acme Corp is a prospect now." in seller.get(response.url).content.decode()


def test_the_form_takes_a_name_along(seller, installation):
    assert 'value="Acme &amp; Co"' in seller.get("/prospects/create/?name=Acme+%26+Co").content.decode()


def test_invalid_keeps_what_was_typed(seller, installation):
    response = seller.post("/prospects/create/", {"name": " ", "city": "Oakland"})
    assert response.status_code == 422
    assert "Oakland" in response.content.decode()
    assert not Prospect.objects.exists()


def test_sent_twice_it_is_made_once(seller, installation):
    data = {"name": "Acme", "uuid": uuid.uuid4()}
    assert seller.post("/prospects/create/", data).url == seller.post("/prospects/create/", data).url
    assert Prospect.objects.count() == 1


def test_one_that_looks_like_an_old_one_warns_and_can_be_made_anyway(seller, installation):
    old = make.prospect("Halden Freight, Inc.")
    response = seller.post("/prospects/create/", {"name": "Halden Freight GmbH"})
    assert response.status_code == 422
    text = response.content.decode()
    assert f'href="/prospects/{old.pk}/"' in text and "same name" in text and "Create anyway" in text
    assert seller.post("/prospects/create/", {"name": "Halden Freight GmbH", "anyway": "1"}).status_code == 303
    assert Prospect.objects.count() == 2


def test_stranger_and_manager(stranger, manager, installation):
    assert stranger.post("/prospects/create/", {"name": "Acme"}).status_code in (302, 403)
    assert manager.post("/prospects/create/", {"name": "Acme"}).status_code == 403
    assert manager.get("/prospects/create/").status_code == 403
    assert not Prospect.objects.exists()


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ({"name": "Müller & Söhne AG"}, {"name": "Muller Sohne"}),
        ({"name": "Kestrel Elevators"}, {"name": "Kestrel Elevator"}),
        ({"name": "Halden Freight"}, {"name": "Halden"}),
        ({"name": "Acme", "website": "https://www.acme.example/about"}, {"name": "Other", "website": "acme.example"}),
        ({"name": "Acme", "phone": "+1 415 555 0142"}, {"name": "Other", "phone": "(415) 555-0142"}),
    ],
)
def test_what_looks_alike(installation, known, typed):
    row = make.prospect(**known)
    assert [like.record for like in duplicates.prospects_like(**typed)] == [row]


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ({"name": "Ember Roofing"}, {"name": "Amber Dental"}),
        ({"name": "The Co"}, {"name": "Inc"}),
        ({"name": "Acme", "website": "gmail.com"}, {"name": "Other", "website": "x@gmail.com"}),
        ({"name": "Acme", "phone": "call me"}, {"name": "Other", "phone": "call me"}),
    ],
)
def test_what_does_not(installation, known, typed):
    make.prospect(**known)
    assert duplicates.prospects_like(**typed) == []


def test_people_who_write_from_the_same_domain_count(installation):
    row = make.prospect("Acme")
    make.contact(row, emails=["dana@acme.example"])
    assert duplicates.prospects_like("Quite Other", website="https://acme.example")[0].record == row
