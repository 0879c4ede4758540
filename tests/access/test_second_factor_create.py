import pytest

from crm.access import second_factor

from .phones import switched_on

pytestmark = pytest.mark.django_db
URL = "/settings/second-factor/create/"


def test_begins_with_a_new_secret_each_time(manager, morgan):
    assert manager.post(URL).url == "/settings/second-factor/"
    first = second_factor.pending(morgan).key
    manager.post(URL)
    assert second_factor.pending(morgan).key != first
    assert not second_factor.is_on(morgan)


def test_one_that_is_on_stays_as_it_is(seller, sam):
    device, _ = switched_on(sam)
    seller.post(URL)
    assert second_factor.pending(sam) is None and second_factor.device(sam) == device


def test_looking_begins_nothing(seller, sam):
    assert seller.get(URL).status_code == 405
    assert second_factor.pending(sam) is None


def test_stranger_is_sent_to_login(stranger):
    assert stranger.post(URL).status_code == 302
