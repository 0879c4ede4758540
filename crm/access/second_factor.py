"""The second factor: a code from a phone besides the password, for whoever wants it, and codes for a lost phone."""

import secrets
from datetime import timedelta

import django_otp
import segno
from django.db import transaction
from django.utils.crypto import pbkdf2
from django.utils.safestring import mark_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from crm.web import clock

from .models import RecoveryCode

CODES = 10
# Without what is read as something else: 0 and o, 1, i and l.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10
# Of PBKDF2-SHA256. Changing this number makes all codes worthless that were handed out before.
_ITERATIONS = 100_000
# How long the second page waits after a right password.
PATIENCE = timedelta(minutes=10)


def device(user):
    """What gives `user` their codes, or None where the second factor is off."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_on(user):
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def pending(user):
    """The device that `user` began to set up, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


@transaction.atomic
def begin(user):
    """A new secret, worth nothing until a code confirms it."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="phone", confirmed=False)


@transaction.atomic
def confirm(user, code):
    """Switch the second factor on if `code` is one of the device begun. Returns the recovery codes, or None."""
    begun = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if begun is None or not begun.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    begun.confirmed = True
    begun.save(update_fields=["confirmed"])
    return make_codes(user)


def verify(user, code):
    """Whether `code` is right now; the same one is right only once, and wrong ones make everybody wait longer."""
    found = device(user)
    return bool(found and django_otp.verify_token(user, found.persistent_id, code))


def wait(user):
    """Seconds until the next code is looked at at all; 0 when it would be now."""
    found = device(user) or pending(user)
    allowed, why = found.verify_is_allowed() if found else (True, None)
    if allowed:
        return 0
    return max(1, round((why["locked_until"] - clock.now()).total_seconds()))


def wait_words(user):
    """“12 seconds”, or "" when a code would be looked at now."""
    seconds = wait(user)
    return "one second" if seconds == 1 else f"{seconds} seconds" if seconds else ""


@transaction.atomic
def make_codes(user):
    """Ten new recovery codes, as they are shown this once; the earlier ones stop working."""
    RecoveryCode.objects.filter(user=user).delete()
    salt = secrets.token_hex(16)
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, salt=salt, code_hash=_hash(code, salt)) for code in codes)
    half = _LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def spend(user, code):
    """Whether `code` is an unused recovery code of `user`; it is used then."""
    salt = RecoveryCode.objects.filter(user=user).values_list("salt", flat=True).first()
    # Without codes the time passes all the same.
    code_hash = _hash("".join(c for c in code.lower() if c in _LETTERS), salt or "none")
    unused = RecoveryCode.objects.filter(user=user, code_hash=code_hash, used_at=None)
    if not unused.update(used_at=clock.now()):
        return False
    found = device(user)
    if found:
        found.throttle_reset()
    return True


def codes_left(user):
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


@transaction.atomic
def switch_off(user):
    """No second factor any more. Returns whether there was one."""
    RecoveryCode.objects.filter(user=user).delete()
    was_on = is_on(user)
    TOTPDevice.objects.filter(user=user).delete()
    return was_on


def secret(found):
    """The device's secret as phones take it by hand: base32 in groups of four."""
    text = found.config_url.split("secret=")[1].split("&")[0]
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def drawn(found):
    """The device's address as an inline SVG without style attributes; dark on light in any theme, as phones read it."""
    code = segno.make(found.config_url, error="m", micro=False)
    # Drawn by us out of black and white squares: nothing in it comes from outside.
    return mark_safe(code.svg_inline(scale=4, dark="#000", light="#fff", svgclass="qr", lineclass=None))  # noqa: S308


def _hash(code, salt):
    return pbkdf2(code, salt, _ITERATIONS).hex()
