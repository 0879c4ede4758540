"""Five lines in a fixed order, for both audiences, in a fixed number of queries."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Standing
from crm.access.models import Installation
from crm.desk.brief import KEYS, as_text, brief, briefs
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


def read(prospect, audience=Standing.Audience.SELLER, **how):
    return brief(prospect, audience=audience, today=clock.today(), installation=Installation.load(), **how)


def test_five_lines_in_order(installation):
    found = read(make.prospect("Halden Freight"))
    assert tuple(line.key for line in found.lines) == KEYS
    assert as_text(found).startswith("Halden Freight, ")
    assert len(as_text(found).strip().splitlines()) == 7


@pytest.mark.parametrize(("past", "most"), [(False, 2), (True, 7)], ids=["now", "as of a day"])
def test_the_query_count_does_not_grow(installation, past, most):
    def fill(name):
        row = make.prospect(name)
        dana = make.contact(row)
        deal = make.deal(row, "Rollout", "Proposal", amount=Decimal(45000), close_on=clock.today())
        make.activity(row, "email", direction="in", contacts=[dana], text="yes")
        make.step(row, "Call Dana", clock.today() - timedelta(days=1), contact=dana, deal=deal)
        step = make.step(row, "Send it", clock.today(), owner="them", contact=dana)
        with make.submission() as entry:
            step.keep(entry)
        return row

    counts = []
    waits = make.prospect("waits for an answer")
    make.activity(waits, "email", direction="in", contacts=[make.contact(waits)], text="when?")
    rows = [fill("one"), waits]
    day = clock.today() if past else None
    for more in (0, 12):
        rows += [fill(f"firm {n}") for n in range(more)]
        with CaptureQueriesContext(connection) as asked:
            briefs(rows, audience="seller", today=clock.today(), installation=installation, as_of=day)
        counts.append(len(asked))
    assert counts == [most, most]


def test_private_lines_do_not_exist_for_others(installation):
    row = make.prospect("Halden Freight")
    make.activity(row, "email", direction="in", text="between us", private=True)
    make.step(row, "Secret plan", clock.today(), private=True)
    seen = as_text(read(row, Standing.Audience.OTHERS))
    assert "between us" not in seen and "Secret plan" not in seen and "Nothing yet." in seen
    assert "between us" in as_text(read(row)) and "ecret plan" in as_text(read(row))
