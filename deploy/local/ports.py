"""Free TCP ports on the loopback interface."""

from __future__ import annotations

import random
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"

_LOWEST = 10_000
_EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
_given: set[int] = set()


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback interface now."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen()
        except OSError:
            return False
    return True


def accepts(port: int) -> bool:
    """Whether something listens on this port of the loopback interface now."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=2).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """A free port, never the same twice in one process.

    Below the kernel's ephemeral range: a client that keeps trying a server which is down could
    otherwise be given that server's port for itself, and even connect to itself.
    """
    highest = _first_ephemeral() - 1
    candidates = range(_LOWEST, highest) if highest > _LOWEST + 1000 else range(49152, 65535)
    for port in random.sample(candidates, k=500):
        if port not in _given and is_free(port):
            _given.add(port)
            return port
    raise OSError("no free TCP port on the loopback interface")


def first_free(start: int) -> int:
    """The first free port from ``start`` upwards."""
    for port in range(start, 65536):
        if is_free(port):
            return port
    raise OSError(f"no free TCP port from {start} upwards")


def _first_ephemeral() -> int:
    try:
        return int(_EPHEMERAL.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 32768
