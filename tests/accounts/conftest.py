"""A prospect with a step due today, for the tests of this folder."""

import pytest

from crm.web import clock
from tests import make


@pytest.fixture
def prospect(installation):
    return make.prospect("Halden Freight")


@pytest.fixture
def step(prospect):
    return make.step(prospect, "Call Dana", clock.today())
