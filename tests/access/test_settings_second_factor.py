import re

import pytest
import time_machine
from django.test import Client

from crm.access import second_factor
from crm.access.models import AuditEvent, RecoveryCode
from tests import make

from .phones import code, switched_on, wrong

pytestmark = pytest.mark.django_db
URL = "/settings/second-factor/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-11T14:00:05Z", tick=False) as at:
        yield at


@pytest.mark.parametrize("who", ["seller", "manager"])
def test_is_switched_on_with_a_code(request, who, sam, morgan):
    client, user = request.getfixturevalue(who), {"seller": sam, "manager": morgan}[who]
    assert "Set it up" in client.get(URL).content.decode()
    client.post(f"{URL}create/")
    device = second_factor.pending(user)
    page = client.get(URL).content.decode()
    assert second_factor.secret(device) in page and 'class="qr"' in page and "style=" not in page
    assert not second_factor.is_on(user), "nothing before a code confirms it"
    answer = client.post(URL, {"code": code(device)})
    codes = re.findall(r"<code>([\w-]+)</code>", answer.content.decode())
    assert answer.status_code == 200 and len(set(codes)) == 10
    assert second_factor.is_on(user)
    page = client.get(URL).content.decode()
    assert not any(c in page for c in codes) and "10 recovery codes" in page
    assert second_factor.secret(device) not in page
    assert AuditEvent.objects.filter(action="second_factor_on", user=user).exists()


def test_who_came_in_without_a_code_elsewhere_is_signed_out(seller, sam):
    elsewhere = Client()
    elsewhere.post("/login/", {"username": sam.email, "password": make.PASSWORD})
    seller.post(f"{URL}create/")
    seller.post(URL, {"code": code(second_factor.pending(sam))})
    assert elsewhere.get("/settings/").status_code == 302
    assert seller.get("/settings/").status_code == 200


def test_a_wrong_code_switches_nothing_on(seller, sam):
    seller.post(f"{URL}create/")
    device = second_factor.pending(sam)
    answer = seller.post(URL, {"code": wrong(device)})
    assert answer.status_code == 422 and "not right" in answer.content.decode()
    assert second_factor.secret(device) in answer.content.decode(), "the same secret again"
    assert not second_factor.is_on(sam) and not RecoveryCode.objects.exists()


def test_the_code_of_anothers_phone_switches_nothing_on(seller, sam, morgan):
    other, _ = switched_on(morgan)
    seller.post(f"{URL}create/")
    assert seller.post(URL, {"code": code(other)}).status_code == 422


def test_confirming_twice_keeps_the_codes_of_the_first(seller, sam):
    seller.post(f"{URL}create/")
    digits = code(second_factor.pending(sam))
    seller.post(URL, {"code": digits})
    kept = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert seller.post(URL, {"code": digits}).status_code == 303
    assert set(RecoveryCode.objects.values_list("code_hash", flat=True)) == kept


def test_stranger_is_sent_to_login(stranger):
    assert stranger.get(URL).url == f"/login/?next={URL}"
    assert stranger.post(URL, {"code": "123456"}).status_code == 302
