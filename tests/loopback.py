"""No test leaves this machine: asking for any other fails the test that did, on every developer's machine alike."""

import ipaddress
import socket

_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo


class LeftThisMachine(RuntimeError):
    """Not an OSError, which the code under test may rightly expect and swallow."""


def _is_here(host):
    if isinstance(host, bytes):
        host = host.decode()
    if not host or host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guarded_connect(self, address):
    # Connecting a datagram socket sends nothing.
    if self.family != socket.AF_UNIX and self.type != socket.SOCK_DGRAM and not _is_here(address[0]):
        raise LeftThisMachine(f"a test connects to {address}")
    return _connect(self, address)


def _guarded_getaddrinfo(host, *arguments, **options):
    if not _is_here(host):
        raise LeftThisMachine(f"a test looks up {host}")
    return _getaddrinfo(host, *arguments, **options)


def install():
    """Guard this process; conftest.py calls it once."""
    socket.socket.connect = _guarded_connect
    socket.getaddrinfo = _guarded_getaddrinfo
