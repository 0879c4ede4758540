import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from crm.access import sessions
from crm.access.models import AuditEvent, Session
from tests import make

pytestmark = pytest.mark.django_db
URL = "/settings/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"


def signed_in(user, agent, address):
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.post("/login/", {"username": user.email, "password": make.PASSWORD})
    return client


def test_shows_where_one_is_signed_in(sam, morgan):
    here, phone = signed_in(sam, FIREFOX, "203.0.113.9"), signed_in(sam, IPHONE, "203.0.113.70")
    signed_in(morgan, FIREFOX, "198.51.100.1")
    page = here.get(URL).content.decode()
    assert "Firefox on Linux" in page and "Safari on iPhone" in page and "203.0.113.70" in page
    assert "198.51.100.1" not in page
    assert page.count("this one") == 1
    for client in (here, phone):
        assert client.session.session_key not in page


@pytest.mark.parametrize("role", ["seller", "manager"])
def test_signs_out_everywhere_else(installation, role):
    user = make.user("Sam Porter", role)
    here, phone = signed_in(user, FIREFOX, "203.0.113.9"), signed_in(user, IPHONE, "203.0.113.70")
    other = signed_in(make.user("Drew Gone", "manager"), IPHONE, "198.51.100.1")
    assert here.post(URL).url == URL
    assert "One other browser was signed out." in here.get(URL).content.decode()
    assert phone.get("/settings/").status_code == 302
    assert other.get("/settings/").status_code == 200
    assert Session.objects.filter(user=user).count() == 1
    assert AuditEvent.objects.filter(action="signed_out_elsewhere", user=user).exists()


def test_alone_there_is_nothing_to_end(seller):
    assert "No other browser is signed in" in seller.get(URL).content.decode()
    seller.post(URL)
    assert "No other browser was signed in." in seller.get(URL).content.decode()


def test_a_page_under_way_does_not_bring_an_ended_session_back(sam):
    phone = signed_in(sam, IPHONE, "203.0.113.70")
    session = phone.session
    assert session["_auth_user_id"] == str(sam.pk)  # it is loaded now
    sessions.end(sam)
    session["toast"] = "late"
    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()


def test_signing_out_and_in_leave_one_row(sam):
    client = signed_in(sam, FIREFOX, "203.0.113.9")
    client.post("/logout/")
    client.post("/login/", {"username": sam.email, "password": make.PASSWORD})
    assert Session.objects.filter(user=sam).count() == 1


def test_what_nobody_recognises_is_a_browser():
    assert sessions.device_words("curl/8") == "A browser"
    assert sessions.device_words("") == "A browser"


def test_stranger_is_sent_to_login(stranger):
    assert stranger.get(URL).status_code == stranger.post(URL).status_code == 302
