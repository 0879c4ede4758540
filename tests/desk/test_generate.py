"""Made-up volume: as much as asked for, the same for the same seed, never beside real records."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from accounts import standing
from accounts.models import Activity, Batch, Contact, Prospect, Standing, Step
from crm.desk import sample
from crm.web import textindex
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _zone(installation):
    pass


def generate(**sizes):
    sizes = {"prospects": 30, "contacts": 50, "deals": 20, "activities": 400} | sizes
    call_command("generate", verbosity=0, **sizes)


def test_as_many_as_asked_for():
    generate()
    counts = [model.objects.count() for model in (Prospect, Contact, Deal, Activity)]
    assert counts == [30, 50, 20, 400]
    assert not Prospect.everything.exclude(batch__kind=Batch.GENERATED).exists()
    assert Step.objects.open().exists()


def test_skewed():
    generate(activities=4000, prospects=200)
    most = Prospect.objects.annotate(n=Count("activities")).order_by("-n").values_list("n", flat=True)
    assert most[0] > 8 * most[100] and most[199] > 0


def test_what_follows_is_there():
    generate()
    assert textindex.find(Prospect.objects.first().name)
    ids = list(Deal.objects.values_list("pk", flat=True))
    computed = standing.compute("deal", ids)
    for row in Standing.objects.exclude(deal=None):
        assert {name: getattr(row, name) for name in standing.FIELDS} == computed[row.deal_id, row.audience]
    for deal in Deal.objects.all():
        assert (deal.slips, deal.slipped_days, deal.stage_since) == deal.history_figures()
    for activity in Activity.objects.all():
        assert (activity.two_way, activity.attempt) == activity.classify()


def test_the_same_for_the_same_seed(capsys):
    call_command("generate", "--prospects", "5", "--contacts", "5", "--deals", "5", "--activities", "20", "--json")
    assert json.loads(capsys.readouterr().out)["activities"] == 20
    first = list(Activity.objects.order_by("pk").values_list("uuid", "text"))
    for model in (Step, Activity, Deal, Contact, Prospect, Batch):
        getattr(model, "everything", model.objects).all().delete()
    generate(prospects=5, contacts=5, deals=5, activities=20)
    assert list(Activity.objects.order_by("pk").values_list("uuid", "text")) == first


def test_again_adds_more():
    generate()
    generate()
    assert Activity.objects.count() == 800
    assert Prospect.objects.values("name").distinct().count() == 60


@pytest.mark.parametrize("what", ["real", "sample", "trash"])
def test_refused_beside_other_records(what):
    if what == "sample":
        sample.load()
    else:
        row = make.prospect("Really Theirs")
        if what == "trash":
            with make.submission() as entry:
                row.trash(entry)
    with pytest.raises(CommandError, match="real or sample"):
        generate()
    assert not Batch.objects.filter(kind=Batch.GENERATED).exists()


@pytest.mark.parametrize("sizes", [{"prospects": 0}, {"deals": -1}])
def test_nonsense_is_refused(sizes):
    with pytest.raises(CommandError):
        generate(**sizes)


def test_nothing_at_all():
    generate(prospects=0, contacts=0, deals=0, activities=0)
    assert not Prospect.objects.exists()
