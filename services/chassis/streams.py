"""Reading a RabbitMQ stream over AMQP 0-9-1, as any subscriber can."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from kombu import Consumer, Queue

from . import codec
from .connection import connect

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

    Ends after ``count`` events or ``until_idle`` seconds of silence, else never.  What is no JSON
    object is passed over: it stands in its consumers' dead letters.
    """
    arrived: deque[str] = deque()

    def take(message: Any) -> None:
        message.ack()
        text = _wanted(message.body, types)
        if text is not None:
            arrived.append(text)

    offset = {"x-stream-offset": "first" if start == "first" else "next"}
    queue = Queue(stream, no_declare=True, consumer_arguments=offset)
    given = 0
    with (
        connect(amqp_uri, heartbeat=30) as connection,
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
                given += 1
                yield arrived.popleft()


def _wanted(body: str | bytes, types: Sequence[str]) -> str | None:
    try:
        text = body.decode("utf-8") if isinstance(body, bytes) else body
        event = codec.loads(text)
    except ValueError:
        return None
    if not isinstance(event, dict) or (types and event.get("type") not in types):
        return None
    return text
