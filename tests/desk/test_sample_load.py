"""Sample data by one click: load."""

from accounts.models import Activity, Prospect
from crm.desk import sample
from tests import make

URL = "/samples/load/"


def test_works(seller):
    answer = seller.post(URL)
    assert answer.status_code == 303 and answer["Location"] == "/"
    assert Prospect.objects.filter(batch__kind="sample").count() == 40
    assert seller.get(URL).status_code == 405


def test_twice_loads_once(seller):
    seller.post(URL)
    count = Activity.objects.count()
    seller.post(URL)
    assert Activity.objects.count() == count


def test_invalid(seller, monkeypatch):
    def broken():
        raise sample.NoStage("The board has no stage.")

    monkeypatch.setattr(sample, "load", broken)
    assert seller.post(URL).status_code == 303
    assert seller.post(URL, headers={"HX-Request": "true"}).status_code == 422


def test_stranger(stranger):
    assert stranger.post(URL).status_code in (302, 403)
    assert not Prospect.objects.exists()


def test_manager(manager):
    make.prospect("Halden Freight")
    assert manager.post(URL).status_code == 403
    assert Prospect.objects.count() == 1
