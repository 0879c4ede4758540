from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


def thrown(record):
    with make.submission() as entry:
        record.trash(entry)
    return record


def test_shows_what_was_thrown_away_with_what_went_along(seller):
    acme = make.prospect("Acme")
    make.contact(acme, "Ana")
    make.step(acme), make.step(acme)
    thrown(acme)
    thrown(make.activity(make.prospect("Globex"), text="called about price"))
    page = seller.get("/trash/")
    rows = [(row.kind, row.title, row.along) for row in page.context["page"].object_list]
    assert rows == [("activity", "called about price", ""), ("prospect", "Acme", "1 contact, 2 steps")]
    assert page.context["page"].object_list[0].purged_on == clock.today() + timedelta(days=30)


def test_by_kind(seller):
    thrown(make.prospect("Acme"))
    thrown(make.deal(make.prospect("Globex"), "Rollout"))
    page = seller.get("/trash/?kind=deal").content.decode()
    assert "Rollout" in page and "Acme" not in page
    assert seller.get("/trash/?kind=nonsense&page=99").status_code == 200


def test_empty_says_so(seller):
    assert b"Nothing here" in seller.get("/trash/").content


def test_manager_sees_no_private_line_and_no_button(manager):
    thrown(make.activity(make.prospect(), text="secret", private=True))
    thrown(make.prospect("Acme"))
    page = manager.get("/trash/").content.decode()
    assert "secret" not in page and "Acme" in page
    assert "Bring back" not in page


def test_stranger_is_sent_to_login(stranger):
    assert stranger.get("/trash/").status_code == 302


def test_as_many_queries_for_many_rows(seller, django_assert_max_num_queries):
    from django.db import connection

    thrown(make.prospect())
    with CaptureQueriesContext(
        connection,
    ) as one:
        seller.get("/trash/")
    for n in range(30):
        thrown(make.step(make.prospect(f"P{n}"), f"Step {n}"))
    with CaptureQueriesContext(connection) as many:
        seller.get("/trash/")
    assert len(many) == len(one) <= 12
