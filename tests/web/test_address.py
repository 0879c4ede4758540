"""A link that is handed on leads here from the other device as well."""

import pytest

from crm.web import address


@pytest.fixture(autouse=True)
def _names(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "192.168.1.20", "crm.example"]
    settings.PUBLIC_URL = "http://127.0.0.1:8000/"


def asked(rf, host, **extra):
    return rf.get("/", headers={"host": host}, SERVER_PORT=host.rpartition(":")[2], **extra)


@pytest.mark.parametrize("host", ["crm.example:8000", "192.168.1.20:8000"])
def test_as_it_was_asked_for(rf, host):
    assert address.link(asked(rf, host), "/s/a/") == f"http://{host}/s/a/"


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_from_this_machine_the_public_address_then_the_network(rf, settings, host):
    assert address.link(asked(rf, host), "/s/a/") == "http://192.168.1.20:8000/s/a/"
    settings.PUBLIC_URL = "https://sales.example"
    assert address.link(asked(rf, host), "/s/a/") == "https://sales.example/s/a/"


def test_where_nobody_else_gets_here(rf, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    assert address.base(asked(rf, "localhost:8000")) == ""
    assert address.link(asked(rf, "localhost:8000"), "/s/a/") == "http://localhost:8000/s/a/"
