"""Querysets compiled once, and records stored by plain SQL: the same as the ORM's."""

import uuid

import pytest
from django.db import transaction

from accounts.models import Contact, Entry, Prospect
from crm.web import bulk
from crm.web.prepared import Prepared, together
from tests import make

pytestmark = pytest.mark.django_db

_with = Prepared(lambda ids: Contact.objects.filter(pk__in=ids).order_by("pk").select_related("prospect"))
_names = Prepared(lambda pk: Prospect.objects.filter(pk=pk).values_list("pk", "name"))
_people = Prepared(lambda pk: Contact.objects.filter(prospect=pk).order_by("name").values_list("pk", "name")[:2])


@pytest.fixture
def halden(installation):
    return make.prospect("Halden Freight")


def test_records_are_the_orms(halden, django_assert_num_queries):
    people = [make.contact(halden, name) for name in ("Dana Whitfield", "Marcus Reyes")]
    for chosen in (people, people[:1], people):  # lists of other lengths, and the first again
        with django_assert_num_queries(1):
            found = _with([person.pk for person in chosen])
            assert [person.prospect.name for person in found] == ["Halden Freight"] * len(chosen)
        orm = list(Contact.objects.filter(pk__in=[p.pk for p in chosen]).order_by("pk"))
        assert found == orm
        assert [p.__dict__ | {"_state": 0} for p in orm] == [
            {name: value for name, value in p.__dict__.items() if name != "_state"} | {"_state": 0} for p in found
        ]


def test_nothing_asked_costs_nothing(halden, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert _with([]) == []
    assert _with.first([0]) is None


def test_several_in_one_statement(halden, django_assert_num_queries):
    dana, marcus = (make.contact(halden, name) for name in ("Dana Whitfield", "Marcus Reyes"))
    make.contact(halden, "Zoe Late")
    with django_assert_num_queries(1):
        who, nobody, people = together((_names, halden.pk), (_names, 0), (_people, halden.pk))
    assert who == [(halden.pk, "Halden Freight")] and nobody == []
    assert people == [(dana.pk, "Dana Whitfield"), (marcus.pk, "Marcus Reyes")]


def test_a_unique_value_is_stored_once():
    key = uuid.uuid4()
    with transaction.atomic():
        first = Entry(uuid=key, text="once", pending={"deal": []})
        assert bulk.store(first, once="uuid") and first.pk
        assert not bulk.store(Entry(uuid=key, text="again"), once="uuid")
    assert [(e.pk, e.text, e.pending) for e in Entry.objects.filter(uuid=key)] == [(first.pk, "once", {"deal": []})]


def test_only_the_version_that_was_read_is_replaced(halden):
    halden.name, halden.version = "Halden", 2
    assert not bulk.replace(halden, version=7)
    assert bulk.replace(halden, version=1)
    stored = Prospect.objects.get(pk=halden.pk)
    assert (stored.name, stored.version, stored.created_at) == ("Halden", 2, halden.created_at)
