"""Connections to the broker, tried without long waits: who needs one waits in its own way."""

from __future__ import annotations

from typing import Any

from amqp.exceptions import AMQPError
from kombu import Connection
from kombu.exceptions import OperationalError

#: What kombu raises while the broker is away, or when it refuses something.
ERRORS = (OSError, AMQPError, OperationalError)


def connect(amqp_uri: str, **options: Any) -> Connection:
    """A connection that stands; close it by ``with``.  Raises one of :data:`ERRORS`."""
    connection = Connection(amqp_uri, connect_timeout=5, **options)
    connection.ensure_connection(max_retries=1, interval_start=0)
    return connection
