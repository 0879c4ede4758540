"""What happened into the trash and back."""

import pytest

from accounts.models import Activity, Entry, Standing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(installation):
    return make.activity(make.prospect("Acme"), direction="out", outcome="no_answer")


def test_works(seller, call, htmx):
    response = seller.post(f"/activities/{call.pk}/delete/", headers=htmx)
    assert response.status_code == 204 and "activity-logged" in response["HX-Trigger"]
    assert not Activity.objects.exists()
    assert Standing.objects.get(audience="seller", prospect=call.prospect).attempts == 0
    Entry.objects.latest("pk").undo()
    assert Activity.objects.exists()


def test_twice_get_and_unknown(seller, call):
    assert [seller.post(f"/activities/{call.pk}/delete/").status_code for _ in range(2)] == [303, 303]
    assert seller.get(f"/activities/{call.pk}/delete/").status_code == 405
    assert seller.post("/activities/999/delete/").status_code == 404


def test_stranger_and_manager(stranger, manager, call):
    assert stranger.post(f"/activities/{call.pk}/delete/").status_code in (302, 403)
    assert manager.post(f"/activities/{call.pk}/delete/").status_code == 403
    assert Activity.objects.exists()
