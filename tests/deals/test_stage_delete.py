import pytest

from accounts.models import Entry
from deals.models import Deal, Stage
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(installation):
    return make.stage()


def test_empty_stage_goes_and_can_come_back(seller, stage):
    assert b"No deal is in this stage" in seller.get(f"/stages/{stage.pk}/delete/").content
    assert seller.post(f"/stages/{stage.pk}/delete/").status_code == 303
    assert not Stage.objects.filter(pk=stage.pk).exists()
    Entry.objects.latest("pk").undo()
    assert Stage.objects.filter(pk=stage.pk).exists()


def test_its_deals_get_another_and_undo_gives_them_back(seller, stage):
    deal, ended = make.deal(make.prospect()), make.deal(make.prospect("Acme"), outcome="won")
    answer = seller.post(f"/stages/{stage.pk}/delete/", {"successor": make.stage("Diagnosed").pk})
    assert answer.status_code == 303
    assert {d.stage.name for d in Deal.objects.all()} == {"Diagnosed"}
    Entry.objects.latest("pk").undo()
    assert set(Deal.objects.filter(stage=stage)) == {deal, ended}


@pytest.mark.parametrize("successor", ["", "self", "999"])
def test_a_stage_with_deals_cannot_vanish(seller, stage, successor):
    make.deal(make.prospect())
    data = {"successor": stage.pk if successor == "self" else successor}
    assert seller.post(f"/stages/{stage.pk}/delete/", data).status_code == 422
    assert Stage.objects.filter(pk=stage.pk).exists()


def test_the_only_stage_stays(seller, stage):
    Stage.objects.exclude(pk=stage.pk).delete()
    assert b"the only one" in seller.get(f"/stages/{stage.pk}/delete/").content
    seller.post(f"/stages/{stage.pk}/delete/")
    assert Stage.objects.get() == stage


def test_stranger_and_manager_take_nothing_off(stranger, manager, stage):
    assert stranger.post(f"/stages/{stage.pk}/delete/").status_code == 302
    assert manager.post(f"/stages/{stage.pk}/delete/").status_code == 403
    assert Stage.objects.count() == 6
