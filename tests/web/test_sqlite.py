"""Our engine around Django's SQLite: what it answers, raises and tells is what Django's does."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tests import make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's engine"),
]


def asked(sql, *given, **named):
    with connection.cursor() as cursor:
        cursor.execute(sql, *given, **named)
        return cursor.fetchall()


@pytest.mark.parametrize("given", [["%"], ("%",)], ids=["list", "tuple"])
def test_marks_and_percent_signs(given):
    assert asked("SELECT '100%%', %s", given) == [("100%", "%")]
    assert asked("SELECT '100%'") == [("100%",)]


def test_names_as_django_takes_them():
    assert asked("SELECT %(a)s, %(b)s", {"a": 1, "b": "x"}) == [(1, "x")]
    assert asked(sql="SELECT %s", params=[7]) == [(7,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 UNION SELECT 2")
        assert cursor.fetchmany(size=1) == [(1,)]
        assert list(cursor) == [(2,)]


def test_errors_are_djangos():
    with pytest.raises(OperationalError), transaction.atomic():
        asked("SELECT nothing FROM nowhere")
    make.installation()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO access_installation (id) VALUES (%s)", [[1]])


def test_nothing_runs_in_a_broken_transaction():
    with pytest.raises(TransactionManagementError), transaction.atomic():
        try:
            with transaction.atomic(savepoint=False):
                asked("SELECT nothing FROM nowhere")
        except OperationalError:
            asked("SELECT 1")


def test_whoever_listens_hears_each_statement_once():
    heard = []

    def listen(execute, sql, params, many, context):
        heard.append((sql, params, many, context["connection"].alias))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        asked("SELECT %s", [1])
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE access_installation SET version = %s", [[2], [3]])
    assert heard == [
        ("SELECT %s", [1], False, "default"),
        ("UPDATE access_installation SET version = %s", [[2], [3]], True, "default"),
    ]
    heard.clear()
    with CaptureQueriesContext(connection) as log, connection.execute_wrapper(listen):
        asked("SELECT %s", [1])
    assert (len(heard), [row["sql"] for row in log]) == (1, ["SELECT 1"])


@pytest.mark.parametrize("micro", [0, 1, 999_999])
def test_an_instant_comes_back_as_it_went(micro, sam):
    when = datetime(2026, 3, 29, 1, 30, 0, micro, tzinfo=UTC)
    type(sam).objects.filter(pk=sam.pk).update(created_at=when)
    sam.refresh_from_db()
    assert sam.created_at == when and sam.created_at.tzinfo is UTC
    assert type(sam).objects.filter(created_at=when).exists()
