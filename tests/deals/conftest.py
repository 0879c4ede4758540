"""A deal with a prospect and a person, for the tests of this folder."""

from datetime import timedelta
from decimal import Decimal

import pytest

from crm.web import clock
from tests import make


@pytest.fixture
def prospect(installation):
    return make.prospect("Halden Freight")


@pytest.fixture
def dana(prospect):
    return make.contact(prospect, emails=["dana@halden.example"], phones=["415 555 0142"])


@pytest.fixture
def deal(prospect):
    return make.deal(prospect, amount=Decimal(45000), close_on=clock.today() + timedelta(days=30))
