"""Reading a RabbitMQ stream over AMQP 0-9-1, as any subscriber can."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from kombu import Connection, Consumer, Queue

from . import codec

_PREFETCH = 200


def read(
    amqp_uri: str,
    stream: str,
    start: str = "now",
    types: Sequence[str] = (),
    count: int | None = None,
    until_idle: float | None = None,
) -> Iterator[str]:
    """The events' texts from ``first`` or from ``now`` on, of ``types`` (all if empty).

    Ends after ``count`` events or ``until_idle`` seconds of silence, else never.
    """
    arrived: deque[str] = deque()

    def take(message: Any) -> None:
        body = message.body
        arrived.append(body.decode("utf-8") if isinstance(body, bytes) else body)
        message.ack()

    offset = {"x-stream-offset": "first" if start == "first" else "next"}
    queue = Queue(stream, no_declare=True, consumer_arguments=offset)
    given = 0
    with (
        Connection(amqp_uri, connect_timeout=10, heartbeat=30) as connection,
        Consumer(connection, [queue], on_message=take, prefetch_count=_PREFETCH),
    ):
        while count is None or given < count:
            if not arrived:
                try:
                    connection.drain_events(timeout=until_idle or 10)
                except TimeoutError:
                    connection.heartbeat_check()
                    if until_idle:
                        return
                    continue
            while arrived and (count is None or given < count):
                text = arrived.popleft()
                if not types or codec.loads(text).get("type") in types:
                    given += 1
                    yield text
