"""Sample data by one click: remove."""

from accounts.models import Activity, Prospect
from crm.desk import sample
from tests import make

URL = "/samples/remove/"


def test_works(seller):
    make.prospect("Halden Freight")
    sample.load()
    assert seller.post(URL).status_code == 303
    assert [p.name for p in Prospect.objects.all()] == ["Halden Freight"]
    assert not Activity.everything.exists()


def test_nothing_to_remove(seller):
    answer = seller.post(URL, follow=True)
    assert b"There was no sample data." in answer.content


def test_stranger(stranger):
    sample.load()
    assert stranger.post(URL).status_code in (302, 403)
    assert sample.loaded()


def test_manager(manager):
    sample.load()
    assert manager.post(URL).status_code == 403
    assert sample.loaded()
