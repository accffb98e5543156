"""The line on which a process sends calls and answers: one channel, used by all green threads.

kombu's pools and producers do more for each message than a call can afford; what is sent here is
transient and unconfirmed, so all that is needed is a write, and a new connection when the old one
is gone.
"""

from __future__ import annotations

import functools
import socket
from typing import Any

import amqp
from eventlet.semaphore import Semaphore

from .connection import ERRORS, connect


class Line:
    """Publishes to one broker."""

    def __init__(self, amqp_uri: str) -> None:
        self.amqp_uri = amqp_uri
        self._connection: Any = None
        self._channel: Any = None
        # A write may yield when the socket is full; nobody else's bytes may come between.
        self._writing = Semaphore(1)

    def send(self, exchange: str, routing_key: str, body: bytes, **properties: Any) -> None:
        """Publish; tried once more on a fresh connection.  Raises ``connection.ERRORS``."""
        with self._writing:
            if self._channel is None or self._closed():
                self._open()
            message = amqp.Message(body, **properties)
            try:
                try:
                    self._channel.basic_publish(message, exchange, routing_key)
                except ERRORS:
                    self._open()
                    self._channel.basic_publish(message, exchange, routing_key)
            except BaseException:
                self._drop()  # a deadline may have cut a frame in two
                raise

    def _open(self) -> None:
        self._drop()
        # Nothing reads this connection, so there is no heartbeat to answer.
        self._connection = connect(self.amqp_uri, heartbeat=0)
        self._channel = self._connection.channel()

    def _drop(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        if connection is not None:
            connection.collect()

    def _closed(self) -> bool:
        """Whether the broker has said something, which can only be the end, or is gone.

        The first write after an end would otherwise seem to succeed.
        """
        green = self._connection.connection.transport.sock
        raw = getattr(green, "fd", green)
        try:
            raw.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True


@functools.cache
def line(amqp_uri: str) -> Line:
    """The process's line to a broker."""
    return Line(amqp_uri)
