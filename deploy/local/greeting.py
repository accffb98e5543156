"""Whether a broker answers: the first words of AMQP 0-9-1."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable

_HELLO = b"AMQP\0\0\x09\x01"
_METHOD_FRAME = b"\x01"  # of Connection.Start


class BrokerFailed(Exception):
    """A broker did not start, or does not answer."""


def wait_until_answers(
    address: tuple[str, int],
    patience: float,
    *,
    secure: bool = False,
    alive: Callable[[], bool] = lambda: True,
) -> None:
    """Wait until a broker greets on ``address``; raises BrokerFailed when it is late or ended."""
    deadline = time.monotonic() + patience
    while not _greets(address, secure):
        if not alive():
            raise BrokerFailed("the broker ended while it was starting")
        if time.monotonic() > deadline:
            raise BrokerFailed(f"no broker answers at {address[0]}:{address[1]}")
        time.sleep(0.05)


def _greets(address: tuple[str, int], secure: bool) -> bool:
    # An open port is not enough: a container's is open before the broker in it is.
    try:
        with socket.create_connection(address, timeout=2) as plain:
            if not secure:
                return _asks(plain)
            with ssl.create_default_context().wrap_socket(
                plain, server_hostname=address[0]
            ) as wrapped:
                return _asks(wrapped)
    except OSError:
        return False


def _asks(connection: socket.socket) -> bool:
    connection.sendall(_HELLO)
    return connection.recv(1) == _METHOD_FRAME
