import pytest
import time_machine

from crm.access import second_factor
from crm.access.models import AuditEvent, RecoveryCode
from tests import make

from .phones import code, switched_on, wrong

pytestmark = pytest.mark.django_db
URL = "/settings/second-factor/delete/"


@pytest.fixture
def phone(sam):
    with time_machine.travel("2026-03-11T14:00:05Z", tick=False):
        yield switched_on(sam)[0]


def off(client, digits, password=make.PASSWORD):
    return client.post(URL, {"off-password": password, "off-code": digits})


def test_password_and_code_switch_it_off(seller, sam, phone):
    assert off(seller, code(phone)).status_code == 303
    assert not second_factor.is_on(sam) and not RecoveryCode.objects.exists()
    assert AuditEvent.objects.filter(action="second_factor_off", user=sam).exists()


@pytest.mark.parametrize("missing", ["password", "code", "both"])
def test_neither_alone_does(seller, sam, phone, missing):
    digits = wrong(phone) if missing in ("code", "both") else code(phone)
    answer = off(seller, digits, "wrong" if missing in ("password", "both") else make.PASSWORD)
    assert answer.status_code == 422
    assert second_factor.is_on(sam) and RecoveryCode.objects.count() == 10


def test_what_was_only_begun_goes_without(manager, morgan):
    second_factor.begin(morgan)
    assert manager.post(URL).status_code == 303
    assert second_factor.pending(morgan) is None


def test_somebody_elses_stays(manager, sam, phone):
    manager.post(URL)
    assert second_factor.is_on(sam)


def test_stranger_is_sent_to_login(stranger, sam, phone):
    assert off(stranger, code(phone)).status_code == 302
    assert second_factor.is_on(sam)


def test_too_many_wrong_passwords_make_the_right_one_wait(seller, sam, phone, settings):
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        off(seller, wrong(phone), "wrong")
    assert off(seller, code(phone)).status_code == 429
    assert second_factor.is_on(sam)
