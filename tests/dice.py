"""Seeds: the same in each run, so that a run fails for what was changed and for nothing else; new ones on demand.

CALLBACK_FRESH=1 draws new ones wherever tests throw dice, Hypothesis included (docs/decisions/tests.md). Each test that
throws them prints its seed, and takes one from the variable that it names.
"""

import os
import random

FRESH = os.environ.get("CALLBACK_FRESH") == "1"


def seed(variable, usual=1):
    """The seed that `variable` names, else `usual`, or a new one where new ones are asked for."""
    if named := os.environ.get(variable):
        return int(named)
    return random.SystemRandom().randrange(10**6) if FRESH else usual


def hypothesis():
    """Set Hypothesis up, before the tests are imported: examples are derived from the test itself, or new."""
    from hypothesis import HealthCheck, settings

    # How long a machine takes for an example says nothing about the code.
    settings.register_profile(
        "callback", derandomize=not FRESH, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("callback")
