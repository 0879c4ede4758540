import pytest

from .routes import World


@pytest.fixture
def world(installation):
    return World()
