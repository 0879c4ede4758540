"""Money as people type it."""

import re
from decimal import Decimal

from django import forms

from crm.web.templatetags.callback import currency_symbol

_SIZES = {"k": 1000, "m": 1_000_000}
_SHAPE = re.compile(r"^(\d[\d\s.,'’]*)\s*([km]?)$", re.I)


def amount(text):
    """ "45k", "$45,000", "45.000,50", "45 000" → Decimal; None for what is no amount.

    A single separator before exactly three digits parts thousands; otherwise the last one is the decimal sign.
    """
    text = text.strip().removeprefix(currency_symbol().strip()).removesuffix(currency_symbol().strip())
    found = _SHAPE.match(re.sub(r"^[^\w]+|[^\w]+$", "", text).strip())
    if not found:
        return None
    digits = re.sub(r"[\s'’]", "", found[1])
    marks = re.findall(r"[.,]", digits)
    if marks:
        last = digits.rindex(marks[-1])
        thousands = len(set(marks)) == 1 and (len(marks) > 1 or len(digits) - last - 1 == 3) and not found[2]
        whole, cents = (digits, "") if thousands else (digits[:last], digits[last + 1 :])
        digits = re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else "")
    return round(Decimal(digits) * _SIZES.get(found[2].lower(), 1), 2)


class AmountField(forms.CharField):
    """Cleans to a Decimal with two places, None when empty."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=30, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
        return value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = amount(text)
        if found is None:
            raise forms.ValidationError("Write an amount like 45,000 or 45k.")
        if found >= 10**12:
            raise forms.ValidationError("That is more than can be stored.")
        return found
