"""What the installation is set to, remembered between requests and never longer than it is so."""

import sqlite3

import pytest
from django.db import connection

from crm.access import locale
from crm.access.models import Installation
from tests import make


@pytest.mark.django_db(transaction=True)
def test_what_this_process_sets_holds_at_once():
    make.installation(currency="USD")
    assert locale.activate().currency == "USD"
    row = Installation.load()
    row.currency = "EUR"
    assert row.store("currency")
    assert locale.activate().currency == "EUR"
    make.installation(currency="GBP")
    assert locale.activate().currency == "GBP"


@pytest.mark.django_db(transaction=True)
def test_what_another_process_sets_holds_at_once():
    if connection.vendor != "sqlite":
        pytest.skip("remembered on SQLite alone")
    make.installation(currency="USD")
    assert locale.activate().currency == "USD"
    name = connection.settings_dict["NAME"]
    with sqlite3.connect(name, uri=True) as other:  # the shared memory of the tests' database, by another connection
        other.execute("UPDATE access_installation SET currency = 'EUR'")
    other.close()
    assert locale.activate().currency == "EUR"


@pytest.mark.django_db(transaction=True)
def test_what_else_this_process_writes_asks_for_nothing(django_assert_num_queries):
    make.installation()
    locale.activate()
    make.prospect()
    with django_assert_num_queries(0):
        locale.activate()
