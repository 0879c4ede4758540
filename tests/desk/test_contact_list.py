"""Everybody, narrowed, sorted and paged."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Contact, PhoneNumber
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(installation):
    make.contact(make.prospect("Beta"), "Ana Źródło", ["ana@beta.example"], title="CFO")
    make.contact(make.prospect("Acme"), "Zoe", phones=["(415) 555-0142"], title="Buyer")


def names(response):
    return [row.name for row in response.context["page"].object_list]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ana Źródło", "Zoe"]),
        ("q=zrodlo", ["Ana Źródło"]),
        ("q=acme", ["Zoe"]),
        ("phone=some", ["Zoe"]),
        ("phone=none", ["Ana Źródło"]),
        ("email=some", ["Ana Źródło"]),
        ("email=none", ["Zoe"]),
        ("sort=-name", ["Zoe", "Ana Źródło"]),
        ("sort=prospect", ["Zoe", "Ana Źródło"]),
        ("sort=title", ["Zoe", "Ana Źródło"]),
        ("sort=x&page=99&phone=y", ["Ana Źródło", "Zoe"]),
    ],
)
def test_narrowed_and_sorted(seller, people, query, found):
    assert names(seller.get(f"/contacts/?{query}")) == found


def test_empty(seller, installation):
    assert "Nobody here yet" in seller.get("/contacts/").content.decode()
    assert "Nobody fits" in seller.get("/contacts/?q=x").content.decode()


def test_stranger_and_manager(stranger, manager, people):
    assert stranger.get("/contacts/").status_code == 302
    text = manager.get("/contacts/").content.decode()
    assert "Zoe" in text and "/create/" not in text


def test_query_count_is_the_same_at_ten_and_at_a_thousand(seller, installation):
    row = make.prospect("Acme")

    def fill(first, last):
        made = Contact.objects.bulk_create(
            Contact(prospect=row, name=f"P {n}", folded=f"p {n}") for n in range(first, last)
        )
        PhoneNumber.objects.bulk_create(PhoneNumber.of(one, "(415) 555-0142") for one in made)

    def count():
        with CaptureQueriesContext(connection) as queries:
            seller.get("/contacts/")
        return len(queries)

    fill(0, 10)
    few = count()
    fill(10, 1000)
    assert count() == few <= 12
