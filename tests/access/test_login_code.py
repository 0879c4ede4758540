from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from crm.access import second_factor
from crm.access.models import AuditEvent, RecoveryCode
from tests import make

from .phones import code, switched_on, wrong

pytestmark = pytest.mark.django_db
AT = "2026-03-11T14:00:05Z"


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as at:
        yield at


@pytest.fixture
def phone(clock, sam):
    device, device.codes = switched_on(sam)
    return device


def password(client, user, to=""):
    return client.post("/login/", {"username": user.email, "password": make.PASSWORD, "next": to})


def give(client, digits="", recovery="", to=""):
    return client.post("/login/code/", {"code": digits, "recovery": recovery, "next": to})


def inside(client):
    return client.get("/settings/").status_code == 200


def test_password_then_code(stranger, sam, phone):
    answer = password(stranger, sam, "/deals/?stage=3")
    assert answer.url == "/login/code/?next=%2Fdeals%2F%3Fstage%3D3"
    assert not inside(stranger)
    page = stranger.get(answer.url).content.decode()
    assert 'autocomplete="one-time-code"' in page and 'value="/deals/?stage=3"' in page
    answer = give(stranger, code(phone), to="/deals/?stage=3")
    assert (answer.status_code, answer.url) == (303, "/deals/?stage=3")
    assert inside(stranger)


def test_the_code_may_have_a_space_in_it(stranger, sam, phone):
    password(stranger, sam)
    digits = code(phone)
    assert give(stranger, f"{digits[:3]} {digits[3:]}").status_code == 303


@pytest.mark.parametrize("slow", [-30, 30])
def test_a_clock_half_a_minute_off_works_again_and_again(stranger, sam, phone, clock, slow):
    for _ in range(3):
        client = Client()
        password(client, sam)
        assert give(client, code(phone, slow)).status_code == 303
        clock.shift(timedelta(minutes=2))


def test_a_clock_five_minutes_off_does_not(stranger, sam, phone):
    password(stranger, sam)
    assert give(stranger, code(phone, 300)).status_code == 422


def test_a_code_is_good_once(stranger, sam, phone):
    used = code(phone)
    password(stranger, sam)
    assert give(stranger, used).status_code == 303
    other = Client()
    password(other, sam)
    answer = give(other, used)
    assert answer.status_code == 422 and "wait for the next" in answer.content.decode()
    assert not inside(other)


def test_the_code_of_somebody_else_is_not_right(stranger, sam, morgan, phone):
    other, _ = switched_on(morgan)
    password(stranger, sam)
    assert give(stranger, code(other)).status_code == 422
    assert not inside(stranger)


def test_a_half_signed_in_session_is_nobodys(stranger, sam, phone):
    password(stranger, sam)
    for url in ("/", "/settings/", "/password/", "/settings/second-factor/", "/deals/"):
        assert stranger.get(url).url.startswith("/login/"), url
    assert stranger.post("/settings/second-factor/delete/").status_code == 302
    assert "_auth_user_id" not in stranger.session
    assert second_factor.is_on(sam)


def test_the_session_has_a_new_key_after_each_step(stranger, sam, phone):
    stranger.get("/login/")
    session = stranger.session
    session["planted"] = True
    session.save()
    keys = [session.session_key]
    stranger.cookies["session"] = keys[0]
    password(stranger, sam)
    keys.append(stranger.session.session_key)
    give(stranger, code(phone))
    keys.append(stranger.session.session_key)
    assert len(set(keys)) == 3
    planted = Client()
    planted.cookies["session"] = keys[1]
    assert not inside(planted)


def test_the_page_waits_ten_minutes(stranger, sam, phone, clock):
    password(stranger, sam)
    clock.shift(timedelta(minutes=11))
    assert stranger.get("/login/code/").url == "/login/?next=%2F"
    assert give(stranger, code(phone)).url.startswith("/login/")
    assert not inside(stranger)


@pytest.mark.parametrize("change", ["password", "removed"])
def test_what_changed_between_the_steps_counts(stranger, sam, phone, change):
    password(stranger, sam)
    if change == "password":
        sam.set_password("a different battery")
    else:
        sam.is_active = False
    sam.save()
    assert give(stranger, code(phone)).url.startswith("/login/")
    assert not inside(stranger)


def test_without_the_password_there_is_no_second_page(stranger, sam, phone):
    assert stranger.get("/login/code/?next=/deals/").url == "/login/?next=%2Fdeals%2F"
    assert give(stranger, code(phone)).url.startswith("/login/")


def test_it_goes_nowhere_else(stranger, sam, phone):
    password(stranger, sam, "https://evil.example/")
    assert give(stranger, code(phone), to="https://evil.example/").url == "/"


@pytest.mark.parametrize(("typed", "word"), [("", "six digits"), ("12345", "six digits"), ("١٢٣٤٥٦", "six digits")])
def test_invalid_says_so_and_is_no_try(stranger, sam, phone, typed, word):
    password(stranger, sam)
    answer = give(stranger, typed)
    assert answer.status_code == 422 and word in answer.content.decode()
    assert give(stranger, code(phone)).status_code == 303


def test_wrong_codes_make_one_wait_longer_and_longer(stranger, sam, phone, clock):
    password(stranger, sam)
    assert give(stranger, wrong(phone)).status_code == 422
    answer = give(stranger, code(phone))
    assert answer.status_code == 422 and "wait one second" in answer.content.decode()
    clock.shift(timedelta(seconds=2))
    give(stranger, wrong(phone))
    clock.shift(timedelta(seconds=1))
    assert "wait one second" in give(stranger, code(phone)).content.decode()
    clock.shift(timedelta(seconds=2))
    assert give(stranger, code(phone)).status_code == 303


def test_wrong_codes_and_wrong_passwords_lock_together(stranger, sam, phone, clock):
    for _ in range(4):
        stranger.post("/login/", {"username": sam.email, "password": "wrong"})
    for _ in range(4):
        password(stranger, sam)  # a right password alone forgives nothing
        clock.shift(timedelta(seconds=60))
        answer = give(stranger, wrong(phone))
    assert answer.status_code == 429
    clock.shift(timedelta(seconds=90))
    assert give(stranger, code(phone)).status_code == 429
    assert password(stranger, sam).status_code == 429
    assert not inside(stranger)
    assert AuditEvent.objects.filter(action="locked_out", what=sam.email).exists()
    clock.shift(timedelta(minutes=16))
    password(stranger, sam)
    assert give(stranger, code(phone)).status_code == 303


def test_a_recovery_code_is_good_once(stranger, sam, phone):
    password(stranger, sam)
    answer = give(stranger, recovery=f" {phone.codes[3].upper()} ")
    assert answer.status_code == 303
    assert "you have 9 more" in stranger.get("/settings/").content.decode()
    other = Client()
    password(other, sam)
    answer = give(other, recovery=phone.codes[3])
    assert answer.status_code == 422 and "none of your unused" in answer.content.decode()
    assert AuditEvent.objects.filter(action="recovery_code_used", user=sam).count() == 1


def test_a_recovery_code_of_somebody_else_is_none(stranger, sam, morgan, phone):
    _, codes = switched_on(morgan)
    password(stranger, sam)
    assert give(stranger, recovery=codes[0]).status_code == 422
    assert RecoveryCode.objects.filter(used_at=None).count() == 20


def test_a_recovery_code_works_while_the_phone_has_to_wait(stranger, sam, phone):
    password(stranger, sam)
    give(stranger, wrong(phone))
    assert give(stranger, recovery=phone.codes[0]).status_code == 303


def test_codes_are_stored_as_hashes(sam, phone):
    stored = repr(list(RecoveryCode.objects.values()))
    assert not any(c in stored or c.replace("-", "") in stored for c in phone.codes)


def test_who_has_no_second_factor_needs_none(stranger, morgan, sam, phone):
    assert password(stranger, morgan).url == "/"
    assert inside(stranger)


def test_somebody_signed_in_is_sent_on(seller):
    assert seller.get("/login/code/?next=/deals/").url == "/deals/"
