"""Money as people type it."""

from decimal import Decimal

import pytest

from crm.web import locale
from deals.forms.fields import amount


@pytest.fixture(autouse=True)
def _dollars():
    locale.activate(locale.Locale())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("45000", "45000"),
        ("45,000", "45000"),
        ("$45,000.50", "45000.50"),
        ("45.000,50", "45000.50"),
        ("45k", "45000"),
        ("1.2m", "1200000"),
        ("4.5k", "4500"),
        ("45 000", "45000"),
        ("1,234,567", "1234567"),
        ("12.5", "12.50"),
        ("0", "0"),
        ("45000 $", "45000"),
    ],
)
def test_amounts(text, value):
    assert amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["a lot", "45,00,0x", "-5k5", "k", "1e5"])
def test_no_amounts(text):
    assert amount(text) is None
