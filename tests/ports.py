"""Ports for servers that the tests start."""

import random
import socket

# Below what systems give to outgoing connections, which would take one in between. From where a process begins is
# chance on purpose: tests run side by side.
_next = random.SystemRandom().randrange(18000, 30000)


def free_port():
    """A port of loopback that nothing listens on, and that this process has not given out before."""
    global _next
    for _ in range(2000):
        _next = _next + 1 if _next < 30000 else 18000
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", _next))
            except OSError:
                continue
        return _next
    raise AssertionError("no free port")
