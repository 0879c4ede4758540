"""A team's whole pipeline: every count and sum in the database equals the file's, computed apart."""

import csv
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count, Sum

from accounts import standing
from accounts.models import Prospect, Standing
from crm.desk.importing.mapping import Choices
from crm.desk.importing.running import run
from deals.models import Deal, DealChange

from .files import sample

pytestmark = pytest.mark.django_db

PIPELINE = "maven_crm/sales_pipeline_asof_2017-07-31.csv"
STAGES = {"Won": "won", "Lost": "lost"}


@pytest.fixture
def rows():
    with open(sample(PIPELINE), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def imported(rows):
    run(str(sample("maven_crm/accounts.csv")), label="accounts")
    return run(str(sample(PIPELINE)), label="pipeline")


def test_every_count_and_sum_is_the_files(rows, imported):
    assert not imported.rejected
    assert Deal.objects.count() == len(rows) == imported.new["deal"]
    assert sum(Decimal(r["close_value"] or 0) for r in rows) == Deal.objects.aggregate(s=Sum("amount"))["s"]
    assert Deal.objects.filter(amount=None).count() == sum(not r["close_value"] for r in rows)
    assert Deal.objects.filter(amount=0).count() == sum(r["close_value"] == "0" for r in rows)
    for field, column in (("opened_on", "engage_date"), ("close_on", "close_date"), ("ended_on", "close_date")):
        stored = Counter(Deal.objects.values_list(field, flat=True))
        assert stored == Counter(date.fromisoformat(r[column]) if r[column] else None for r in rows)


def test_each_outcome_stage_account_and_product_too(rows, imported):
    outcomes, accounts, products = defaultdict(list), defaultdict(list), Counter()
    for row in rows:
        amount = Decimal(row["close_value"]) if row["close_value"] else None
        outcomes[STAGES.get(row["deal_stage"], "open")].append(amount)
        accounts[row["account"] or None].append(amount)
        products[row["product"]] += 1
    assert _by("outcome") == _tallied(outcomes)
    assert _by("prospect__name") == _tallied(accounts)
    assert Counter(Deal.objects.values_list("name", flat=True)) == products
    assert products["GTXPro"] and not products["GTX Pro"]
    engaging = sum(r["deal_stage"] == "Engaging" for r in rows)
    assert Deal.objects.open().filter(stage__name="Goal shared").count() == engaging
    assert Deal.objects.open().count() == engaging


def test_accounts_come_out_whole(rows, imported):
    with open(sample("maven_crm/accounts.csv"), encoding="utf-8-sig", newline="") as file:
        accounts = {row["account"]: row for row in csv.DictReader(file)}
    assert set(Prospect.objects.values_list("name", flat=True)) == set(accounts)
    for prospect in Prospect.objects.all():
        row = accounts[prospect.name]
        assert (prospect.about, prospect.country) == (row["sector"], row["office_location"])
        assert prospect.extra["revenue"] == row["revenue"] and prospect.extra["employees"] == row["employees"]
    deal = Deal.objects.get(extra__sales_agent="Moses Frase", opened_on="2016-10-20", amount=1054)
    assert (deal.name, deal.prospect.name) == ("GTX Plus Basic", "Cancity")


def test_as_of_a_day_only_what_was_known_then(rows, imported):
    day = date(2017, 4, 1)
    known = DealChange.objects.known_by(day)
    won = [r for r in rows if r["deal_stage"] == "Won" and r["close_date"] <= day.isoformat()]
    assert known.filter(outcome="won").count() == len(won)
    assert known.filter(outcome="won").aggregate(s=Sum("amount"))["s"] == sum(Decimal(r["close_value"]) for r in won)
    opened = {r["opportunity_id"] for r in rows if r["engage_date"] <= day.isoformat()}
    assert known.values("deal").distinct().count() == len(opened)
    assert not known.filter(outcome="open").exclude(amount=None).exists()
    assert not known.filter(outcome="open").exclude(close_on=None).exists()


def test_what_is_stored_for_speed_is_what_would_be_computed(imported):
    ids = list(Deal.objects.values_list("pk", flat=True)[::50])
    for (pk, audience), values in standing.compute("deal", ids).items():
        row = Standing.objects.get(deal=pk, audience=audience)
        assert {field: getattr(row, field) for field in standing.FIELDS} == values
    for deal in Deal.objects.filter(pk__in=ids):
        assert deal.history_figures() == (deal.slips, deal.slipped_days, deal.stage_since)


def test_the_same_file_again_changes_nothing(rows, imported):
    again = run(str(sample(PIPELINE)), label="pipeline")
    assert not any(again.new.values()) and not again.changed and not again.rejected
    assert Deal.objects.count() == len(rows)


def test_only_one_sellers_own_rows(rows):
    own = [r for r in rows if r["sales_agent"] == "Darcel Schlecht"]
    result = run(str(sample(PIPELINE)), Choices(where=[("sales_agent", "Darcel Schlecht")]), label="own")
    assert Deal.objects.count() == result.new["deal"] == len(own)
    assert Deal.objects.aggregate(s=Sum("amount"))["s"] == sum(Decimal(r["close_value"] or 0) for r in own)


def _by(field):
    rows = Deal.objects.order_by().values_list(field).annotate(Count("pk"), Count("amount"), Sum("amount"))
    return {name: (n, known, total or 0) for name, n, known, total in rows}


def _tallied(groups):
    return {
        name: (len(amounts), sum(a is not None for a in amounts), sum(a or 0 for a in amounts))
        for name, amounts in groups.items()
    }
