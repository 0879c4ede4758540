import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


def sign_in(client, email="sam@callback.example", password=make.PASSWORD, **extra):
    return client.post("/login/", {"username": email, "password": password, **extra})


def test_signs_in_whatever_the_capitals_of_the_address(stranger, sam):
    answer = sign_in(stranger, "  Sam@Callback.Example ")
    assert (answer.status_code, answer.url) == (303, "/")
    assert stranger.session["_auth_user_id"] == str(sam.pk)


def test_goes_on_to_where_they_wanted(stranger, sam):
    assert stranger.get("/password/?a=1").url == "/login/?next=/password/%3Fa%3D1"
    assert sign_in(stranger, next="/password/?a=1").url == "/password/?a=1"


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"])
def test_goes_nowhere_else(stranger, sam, to):
    assert sign_in(stranger, next=to).url == "/"


def test_wrong_password_keeps_what_was_typed(stranger, sam):
    answer = sign_in(stranger, password="wrong")
    assert answer.status_code == 422
    assert b'value="sam@callback.example"' in answer.content
    assert b"do not belong together" in answer.content
    assert b"wrong" not in answer.content.replace(b"wrong-", b"")


def test_unknown_address_and_disabled_user_look_like_a_wrong_password(stranger, sam):
    def words(answer):
        return answer.status_code, answer.content.count(b"do not belong together")

    wrong = words(sign_in(stranger, password="wrong"))
    assert words(sign_in(stranger, "nobody@callback.example")) == wrong
    sam.is_active = False
    sam.save()
    assert words(sign_in(stranger)) == wrong


def test_too_many_tries_lock_for_a_while(stranger, sam):
    for _ in range(8):
        answer = sign_in(stranger, password="wrong")
    assert answer.status_code == 429
    answer = sign_in(stranger)
    assert answer.status_code == 429
    assert b"15 minutes" in answer.content
    assert "'none'" in answer["Content-Security-Policy"]


def test_the_session_gets_a_new_key(stranger, sam):
    session = stranger.session
    session["planted"] = True
    session.save()
    stranger.cookies["session"] = session.session_key
    sign_in(stranger)
    assert stranger.session.session_key != session.session_key


def test_says_what_to_do_while_there_is_no_seller(stranger):
    page = stranger.get("/login/")
    assert b"There is no seller yet" in page.content
    make.user("Sam Porter", "seller")
    assert b"There is no seller yet" not in stranger.get("/login/").content


def test_somebody_signed_in_is_sent_on(seller):
    assert seller.get("/login/").url == "/"


def test_a_form_sent_without_its_key_is_refused_in_words(sam):
    answer = sign_in(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert b"open too long" in answer.content


def test_a_session_that_ran_out_takes_the_whole_page_to_login(stranger, htmx):
    answer = stranger.post("/password/", headers=htmx | {"HX-Current-URL": "http://testserver/deals/?stage=3"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/login/?next=/deals/%3Fstage%3D3"


def test_a_form_sent_after_the_session_ran_out_comes_back_to_its_page(stranger):
    answer = stranger.post("/settings/theme/", headers={"Referer": "http://testserver/settings/"})
    assert answer.url == "/login/?next=/settings/"
    assert stranger.post("/settings/theme/", headers={"Referer": "https://evil.example/"}).url == "/login/"


def test_the_wait_is_that_address_alone(stranger, sam, morgan):
    for _ in range(8):
        sign_in(stranger, password="wrong")
    assert sign_in(stranger, morgan.email).status_code == 303
    assert sign_in(Client(), "SAM@callback.example").status_code == 429
