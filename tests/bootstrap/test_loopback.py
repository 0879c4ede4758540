"""The guard of tests/loopback.py, which the whole suite stands behind."""

import socket

import pytest

from .. import loopback


@pytest.fixture(autouse=True)
def guarded(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", loopback._guarded_connect, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", loopback._guarded_getaddrinfo)


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.com", 80)])
def test_other_machines_are_out_of_reach(address):
    with pytest.raises(loopback.LeftThisMachine):
        socket.create_connection(address, timeout=0.1)
    with socket.socket() as direct, pytest.raises(loopback.LeftThisMachine):
        direct.connect(address)


def test_this_machine_is_in_reach():
    with socket.create_server(("127.0.0.1", 0)) as server:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, server.getsockname()[1]), timeout=1).close()
