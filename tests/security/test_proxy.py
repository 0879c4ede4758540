"""X-Forwarded-For and X-Forwarded-Proto count from a proxy of ours alone."""

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from crm.access import audit
from crm.web import proxy
from tests import make

LOCAL = proxy.parse("127.0.0.1,::1")


def address(peer, said=None, proxies=LOCAL, settings=None):
    settings.PROXIES = proxies
    extra = {} if said is None else {"HTTP_X_FORWARDED_FOR": said}
    return proxy.client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **extra))


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy: nobody's word counts
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),  # what the client wrote itself stands before
        ("127.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 127.0.0.1", "198.51.100.1"),  # two proxies of ours
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8::7]:443", "2001:db8::7"),
        ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "'; DROP TABLE x", "127.0.0.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_client_is_the_last_that_is_no_proxy_of_ours(peer, said, client, settings):
    assert address(peer, said, settings=settings) == client


def test_no_proxy_is_trusted_unless_named(settings):
    assert address("127.0.0.1", "198.51.100.1", proxies=proxy.parse(""), settings=settings) == "127.0.0.1"


def test_networks_and_socket_files(settings):
    ours = proxy.parse("10.0.0.0/8, unix")
    assert address("10.1.2.3", "198.51.100.1, 10.9.9.9", ours, settings) == "198.51.100.1"
    assert address("", "198.51.100.1", ours, settings) == "198.51.100.1"
    assert address("127.0.0.1", "198.51.100.1", ours, settings) == "127.0.0.1"


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.1/8", "*", "1"])
def test_a_proxy_that_is_no_address_is_refused_in_words(text):
    with pytest.raises(ImproperlyConfigured, match="CALLBACK_PROXIES"):
        proxy.parse(text)


def sign_in(client, peer, said, password="wrong"):
    data = {"username": "sam@callback.example", "password": password}
    return client.post("/login/", data, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=said)


def test_another_forwarded_address_with_each_try_is_throttled_all_the_same(db, sam):
    for n in range(8):
        answer = sign_in(Client(), "203.0.113.9", f"198.51.100.{n}")
    assert answer.status_code == 429
    assert sign_in(Client(), "203.0.113.9", "198.51.100.99", make.PASSWORD).status_code == 429
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"203.0.113.9"}


def test_behind_a_proxy_the_wait_is_that_visitors_alone(db, sam, settings):
    settings.PROXIES = LOCAL
    for _ in range(8):
        answer = sign_in(Client(), "127.0.0.1", "9.9.9.9, 203.0.113.9")
    assert answer.status_code == 429
    assert sign_in(Client(), "127.0.0.1", "8.8.8.8, 203.0.113.9").status_code == 429
    assert sign_in(Client(), "127.0.0.1", "203.0.113.9, 203.0.113.10", make.PASSWORD).status_code == 303


def test_the_audit_keeps_the_same_address(rf, settings, sam):
    settings.PROXIES = LOCAL
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.9")
    request.user = sam
    assert audit.note(request, "exported", "deals.csv").address == "203.0.113.9"


def test_https_is_believed_of_the_proxy_alone(db, installation, settings, client):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    settings.PROXIES = LOCAL
    says = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "evil.example"}
    assert client.get("/login/", REMOTE_ADDR="127.0.0.1", **says).status_code == 200
    answer = client.get("/login/", REMOTE_ADDR="203.0.113.9", **says)
    assert (answer.status_code, answer.url) == (301, "https://testserver/login/")
