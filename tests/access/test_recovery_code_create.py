import re

import pytest
import time_machine

from crm.access import second_factor
from crm.access.models import AuditEvent, RecoveryCode
from tests import make

from .phones import code, switched_on, wrong

pytestmark = pytest.mark.django_db
URL = "/settings/second-factor/codes/"


@pytest.fixture
def phone(morgan):
    with time_machine.travel("2026-03-11T14:00:05Z", tick=False):
        device, device.codes = switched_on(morgan)
        yield device


def anew(client, digits, password=make.PASSWORD):
    return client.post(URL, {"new-password": password, "new-code": digits})


def test_ten_new_ones_and_the_earlier_ones_are_dead(manager, morgan, phone):
    answer = anew(manager, code(phone))
    fresh = re.findall(r"<code>([\w-]+)</code>", answer.content.decode())
    assert answer.status_code == 200 and len(fresh) == 10
    assert RecoveryCode.objects.count() == 10
    assert not second_factor.spend(morgan, phone.codes[0])
    assert second_factor.spend(morgan, fresh[0])
    assert AuditEvent.objects.filter(action="recovery_codes_made", user=morgan).exists()


def test_invalid_keeps_the_earlier_ones(manager, morgan, phone):
    assert anew(manager, code(phone), "wrong").status_code == 422
    assert anew(manager, wrong(phone)).status_code == 422
    assert second_factor.spend(morgan, phone.codes[0])


def test_without_a_second_factor_there_are_none(seller, sam):
    assert anew(seller, "123456").status_code == 303
    assert not RecoveryCode.objects.exists()


def test_stranger_is_sent_to_login(stranger):
    assert anew(stranger, "123456").status_code == 302
