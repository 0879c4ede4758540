"""Phone numbers: which of them are the same one, however they are written."""

import phonenumbers

from crm.web import locale
from crm.web.formats import tel

# The region a number without a country code is read in, by the installation's currency.
_REGION = {"USD": "US", "GBP": "GB", "CAD": "CA", "AUD": "AU", "NZD": "NZ", "INR": "IN", "CHF": "CH", "EUR": "DE"}


def e164(raw):
    """A number in E.164, read in the installation's region; "" where it is not a valid number."""
    try:
        number = phonenumbers.parse(raw, _REGION.get(locale.current().currency, "US"))
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def dialled(raw):
    """What tells one number from another, however it is written: E.164, or its digits where it is not a valid one."""
    raw = raw.removeprefix("tel:")
    return e164(raw) or "".join(c for c in raw if c.isdigit())


def same(one, other):
    """Whether two numbers, as typed or as a link has them, ring in one place; no number rings nowhere."""
    one, other = one.removeprefix("tel:"), other.removeprefix("tel:")
    return bool(one and other) and (one == other or _rings(one) == _rings(other) != "")


def _rings(raw):
    return dialled(tel(raw) or raw)
