"""The people of the tests: Sam sells, Morgan manages, a stranger is signed in as nobody."""

import pytest

from . import loopback, make

loopback.install()


@pytest.fixture
def installation(db):
    return make.installation()


@pytest.fixture
def sam(installation):
    """The seller."""
    return make.user("Sam Porter", "seller")


@pytest.fixture
def morgan(installation):
    """A manager: reads, never writes."""
    return make.user("Morgan Vale", "manager")


@pytest.fixture
def seller(client, sam):
    """A browser signed in as Sam."""
    client.force_login(sam, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def manager(morgan):
    """A browser signed in as Morgan."""
    from django.test import Client

    client = Client()
    client.force_login(morgan, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def stranger(db, installation):
    """A browser signed in as nobody."""
    from django.test import Client

    return Client()


@pytest.fixture
def htmx():
    """Headers of a request that htmx makes: `client.post(url, data, headers=htmx)`."""
    return {"HX-Request": "true"}
