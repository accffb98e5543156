"""Giving a service the past: what the history holds of the events that it subscribes to.

For a subscription that is newer than the events that it needs.  The inbox makes what has taken
effect before harmless, so it may be done at any time and repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from . import streams
from .cloudevents import CONTENT_TYPE
from .connection import connect
from .topology import HISTORY, Subscribed

#: Seconds of silence after which the history has been read to its end.
IDLE = 3.0


def replay(
    amqp_uri: str, subscriptions: Iterable[Subscribed], types: Iterable[str] = ()
) -> dict[str, int]:
    """Put past events into the queues of ``subscriptions``; how many of each type.

    ``types``: only these, with the source's name (``ballot.deputy.enrolled.v1``); all if empty.
    """
    wanted = set(types)
    queues = {f"{one.source}.{one.type}": one.queue for one in subscriptions}
    if wanted:
        queues = {type_: queue for type_, queue in queues.items() if type_ in wanted}
    put = dict.fromkeys(queues, 0)
    if not queues:
        return put
    with connect(amqp_uri) as connection, connection.channel() as channel:
        for text in streams.read(amqp_uri, HISTORY, "first", sorted(queues), until_idle=IDLE):
            event = json.loads(text)
            message = channel.prepare_message(
                text,
                content_type=CONTENT_TYPE,
                content_encoding="utf-8",
                properties={"delivery_mode": 2, "message_id": event["id"]},
            )
            channel.basic_publish_confirm(message, "", queues[event["type"]], mandatory=True)
            put[event["type"]] += 1
    return put
