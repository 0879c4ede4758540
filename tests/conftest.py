"""The people of the tests: Sam sells, Morgan manages, a stranger is signed in as nobody."""

import importlib
from pathlib import Path

import pytest

from . import dice, loopback, make

loopback.install()
dice.hypothesis()


@pytest.fixture(autouse=True, scope="session")
def _static_root():
    """An empty one, of which whitenoise would otherwise say at every client that it is not there."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True, scope="session")
def _icons_are_in_the_sprite():
    """An icon's name may come from a model or a view, where no reading of the templates finds a wrong one."""
    from crm.web.templatetags import callback

    sprite = (Path(__file__).resolve().parents[1] / "static/img/icons.svg").read_text()
    draw = callback._icon.__wrapped__

    def checked(name):
        assert f'<symbol id="{name}"' in sprite, f"no icon {name!r} in static/img/icons.svg"
        return draw(name)

    checked.__wrapped__ = checked
    callback._icon = checked


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request):
    """A database for each worker; on SQLite in its memory, which pytest-django expects of Django's engine only."""
    from django.conf import settings

    worker, database = getattr(request.config, "workerinput", {}).get("workerid"), settings.DATABASES["default"]
    if worker and (database["ENGINE"] != "crm.web.sqlite" or database["TEST"]["NAME"]):
        name = database.setdefault("TEST", {}).get("NAME") or f"test_{database['NAME']}"
        database["TEST"]["NAME"] = f"{name}_{worker}"


@pytest.fixture(autouse=True)
def _seeded_again(request):
    """A test with real transactions empties all tables behind it, the stages that a migration made as well."""
    if request.node.get_closest_marker("django_db"):
        from django.apps import apps

        if not apps.get_model("deals.Stage").objects.exists():
            importlib.import_module("deals.migrations.0002_stages").seed(apps, None)


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
    client.force_login(sam, backend="crm.access.backends.UserBackend")
    return client


@pytest.fixture
def manager(morgan):
    """A browser signed in as Morgan."""
    from django.test import Client

    client = Client()
    client.force_login(morgan, backend="crm.access.backends.UserBackend")
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
