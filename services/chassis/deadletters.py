"""Events that could not take effect: look at them, put them back, or drop them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kombu import Queue

from services.commons.errors import NotFound

from .connection import connect

ALL = "all"


@dataclass(frozen=True)
class DeadLetter:
    """One event in a service's dead-letter queue, and why it is there."""

    service: str
    message: Any

    @property
    def envelope(self) -> dict[str, Any]:
        """The event, or nothing if it cannot be read."""
        try:
            found = json.loads(self.message.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def id(self) -> str:
        """The event's id; for what cannot be read, the message's or ``unreadable``."""
        known = self.envelope.get("id") or self.message.properties.get("message_id")
        return str(known or "unreadable")

    @property
    def death(self) -> dict[str, Any]:
        """RabbitMQ's own account: reason, queue, time."""
        deaths = self.message.headers.get("x-death") or [{}]
        return dict(deaths[0])

    def line(self) -> str:
        """For a list."""
        kind = self.envelope.get("type", "unreadable")
        death = self.death
        return f"{self.service}\t{self.id}\t{kind}\t{death.get('reason')}\t{death.get('time')}"

    def text(self) -> str:
        """For reading."""
        facts = {
            "queue": self.death.get("queue"),
            "reason": self.death.get("reason"),
            "time": str(self.death.get("time")),
            "event": self.envelope or "unreadable",
        }
        return json.dumps(facts, ensure_ascii=False, indent=2)


def read(amqp_uri: str, services: Sequence[str]) -> Iterator[DeadLetter]:
    """All dead letters of ``services``; they stay where they are."""
    for service in services:
        yield from _all(amqp_uri, service)


def _all(amqp_uri: str, service: str) -> list[DeadLetter]:
    found: list[DeadLetter] = []
    _visit(amqp_uri, service, lambda letter, _channel: found.append(letter))
    return found


def find(amqp_uri: str, service: str, event_id: str) -> DeadLetter:
    """One dead letter; NotFound without it."""
    for letter in read(amqp_uri, [service]):
        if letter.id == event_id:
            return letter
    raise _missing(event_id)


def retry(amqp_uri: str, service: str, event_id: str) -> int:
    """Put one (or ``all``) back into the queue it came from; how many."""

    def put_back(letter: DeadLetter, channel: Any) -> None:
        message = channel.prepare_message(
            letter.message.body,
            content_type=letter.message.content_type,
            content_encoding=letter.message.content_encoding,
            properties={"delivery_mode": 2, "message_id": letter.id},
        )
        # Confirmed before the dead letter is acked, so that a crash between leaves it in both.
        channel.basic_publish_confirm(message, "", letter.death["queue"], mandatory=True)
        letter.message.ack()

    return _each(amqp_uri, service, event_id, put_back)


def drop(amqp_uri: str, service: str, event_id: str) -> int:
    """Throw one (or ``all``) away; how many."""
    return _each(amqp_uri, service, event_id, lambda letter, _channel: letter.message.ack())


def _each(
    amqp_uri: str, service: str, event_id: str, act: Callable[[DeadLetter, Any], None]
) -> int:
    done = 0

    def visit(letter: DeadLetter, channel: Any) -> None:
        nonlocal done
        if event_id in (ALL, letter.id):
            act(letter, channel)
            done += 1

    _visit(amqp_uri, service, visit)
    if not done and event_id != ALL:
        raise _missing(event_id)
    return done


def _visit(amqp_uri: str, service: str, visit: Callable[[DeadLetter, Any], Any]) -> None:
    """Fetch every message once; what ``visit`` does not ack returns when the channel closes.

    All are fetched before the first visit: what is put back may be here again at once.
    """
    with connect(amqp_uri) as connection, connection.channel() as channel:
        queue = Queue(f"{service}.dead-letters", no_declare=True)(channel)
        messages = iter(lambda: queue.get(no_ack=False), None)
        for letter in [DeadLetter(service, message) for message in messages]:
            visit(letter, channel)


def _missing(event_id: str) -> NotFound:
    return NotFound("not-found", f"there is no dead letter {event_id}", f"没有死信 {event_id}")
