"""Merging a duplicate: everything moves, nothing is lost, one Undo takes it apart."""

import uuid

import pytest

from accounts.models import Activity, Contact, Entry, Prospect, Standing, Step
from crm.web import clock
from deals.models import Deal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins(installation):
    stays = make.prospect("Halden Freight", city="Oakland")
    goes = make.prospect("Halden Freight Inc", city="Leeds", website="halden.example")
    dana = make.contact(goes, "Dana")
    deal = make.deal(goes, "Rollout")
    make.activity(goes, contacts=[dana], on=clock.today(), direction="out", deal=deal)
    make.activity(goes, "note", on=clock.today(), private=True)
    make.step(goes, "Call", clock.today(), contact=dana)
    return stays, goes


def owners():
    return {
        model.__name__: set(model.objects.values_list("prospect", flat=True))
        for model in (Contact, Deal, Activity, Step)
    }


def test_everything_moves_and_undo_takes_it_apart(seller, twins):
    stays, goes = twins
    assert "Halden Freight" in seller.get(f"/prospects/{goes.pk}/merge/").content.decode()
    response = seller.post(f"/prospects/{goes.pk}/merge/", {"into": stays.pk})
    assert (response.status_code, response.url) == (303, f"/prospects/{stays.pk}/")
    assert set(map(frozenset, owners().values())) == {frozenset({stays.pk})}
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.city, stays.website) == ("Oakland", "halden.example")
    assert goes.merged_into == stays and goes.trashed_at
    assert Standing.objects.get(prospect=stays, audience="seller").attempts == 1
    assert not Standing.objects.filter(prospect=goes).exists()

    assert Entry.objects.latest("pk").undo()
    assert set(map(frozenset, owners().values())) == {frozenset({goes.pk})}
    goes.refresh_from_db()
    assert goes.merged_into is None and goes.trashed_at is None
    assert Prospect.objects.get(pk=stays.pk).website == ""


def test_a_number_that_moves_is_as_wrong_as_it_was(seller, twins):
    stays, goes = twins
    goes.phone = goes.wrong_phone = "+1 415 555 0100"
    with make.submission() as entry:
        goes.write(entry)
    seller.post(f"/prospects/{goes.pk}/merge/", {"into": stays.pk})
    assert Prospect.objects.get(pk=stays.pk).phone_is_wrong


def test_the_other_one_is_found_by_name(seller, twins):
    other = make.prospect("Zebra")
    assert f'value="{other.pk}"' in seller.get(f"/prospects/{twins[1].pk}/merge/?q=zeb").content.decode()


def test_invalid(seller, twins):
    _, goes = twins
    for into in ("", "999", goes.pk, "x"):
        assert seller.post(f"/prospects/{goes.pk}/merge/", {"into": into}).status_code == 422
    assert Prospect.objects.count() == 2


def test_sent_twice(seller, twins):
    stays, goes = twins
    data = {"into": stays.pk, "uuid": uuid.uuid4()}
    assert [seller.post(f"/prospects/{goes.pk}/merge/", data).status_code for _ in range(2)] == [303, 303]
    assert Prospect.objects.count() == 1


def test_stranger_and_manager(stranger, manager, twins):
    stays, goes = twins
    assert stranger.post(f"/prospects/{goes.pk}/merge/", {"into": stays.pk}).status_code in (302, 403)
    assert manager.post(f"/prospects/{goes.pk}/merge/", {"into": stays.pk}).status_code == 403
    assert manager.get(f"/prospects/{goes.pk}/merge/").status_code == 403
