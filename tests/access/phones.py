"""A phone with an app that makes codes, for tests of the second factor."""

import time

from django_otp.oath import TOTP

from crm.access import second_factor


def code(device, slow=0):
    """What the app shows now; `slow`: seconds by which the phone's clock is behind (ahead where negative)."""
    made = TOTP(device.bin_key)
    made.time = time.time() - slow
    return f"{made.token():06d}"


def wrong(device):
    """Six digits that are right at no time near."""
    near = {code(device, slow) for slow in range(-300, 301, 30)}
    return next(f"{n:06d}" for n in range(1000) if f"{n:06d}" not in near)


def switched_on(user):
    """(device, recovery codes) of a user who has switched the second factor on, some time ago."""
    device = second_factor.begin(user)
    device.confirmed = True
    device.save()
    return device, second_factor.make_codes(user)
