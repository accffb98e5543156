"""Every exchange, queue and binding, declared before anything publishes (``minsheng migrate``).

Exchanges: ``<service>.events`` (topic), ``nameko-rpc`` (topic), ``<service>.dead-letters``, and
``elsewhere.events`` (topic), into which the feeds of other deployments are moved.
Queues: one per subscription, one for calls and one of dead letters per service, one for calls per
CPU worker, and the stream ``history``, which keeps all events of this jurisdiction.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kombu import Exchange, Queue
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from . import messaging
from .connection import connect
from .contracts import EVERYONE
from .settings import SERVICES, WORKERS, Settings, package

HISTORY = "history"
#: The history's size on disk and age; older segments are dropped.
HISTORY_BYTES = 20_000_000_000
HISTORY_AGE = "5Y"
DISTRICT_HISTORY_AGE = "1Y"
#: Events that may wait for one district.  Beyond, the oldest go (never the city's own work, which
#: a feed that refused would stop); the district reads them again from its history.
FEED_LENGTH = 1_000_000


@dataclass(frozen=True)
class Subscribed:
    """One subscription of a service."""

    service: str
    source: str
    type: str
    elsewhere: bool = False

    @property
    def queue(self) -> str:
        """Its queue."""
        return messaging.queue_name(self.service, self.source, self.type, elsewhere=self.elsewhere)


def subscriptions(service: str, cls: Any = None) -> list[Subscribed]:
    """What a service subscribes to, read off its class (found by its name unless given)."""
    found = []
    for _, method in inspect.getmembers(cls or service_class(service), inspect.isfunction):
        for entrypoint in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()):
            if isinstance(entrypoint, messaging.Subscription):
                found.append(
                    Subscribed(service, entrypoint.source, entrypoint.type, entrypoint.elsewhere)
                )
    return sorted(found, key=lambda one: one.queue)


def service_class(service: str) -> Any:
    """The nameko class of a service."""
    module = importlib.import_module(f"{package(service)}.service")
    return next(
        cls
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if getattr(cls, "name", None) == service
    )


def all_services() -> dict[str, Any]:
    """The nameko classes of this project's services, by name."""
    return {service: service_class(service) for service in SERVICES}


def declare(amqp_uri: str, settings: Settings, services: Mapping[str, Any] | None = None) -> None:
    """Declare everything for ``services`` (name → class; all of this project's unless given)
    and for the CPU workers, which have calls only.  Repeating it changes nothing.
    """
    classes = all_services() if services is None else services
    with connect(amqp_uri) as connection, connection.channel() as channel:
        rpc = Exchange("nameko-rpc", type="topic", durable=True)(channel)
        rpc.declare()
        exchanges = [_events_exchange(channel, f"{service}.events") for service in classes]
        _events_exchange(channel, messaging.ELSEWHERE)
        for service in (*classes, *WORKERS):
            Queue(f"rpc-{service}", rpc, f"{service}.*", durable=True)(channel).declare()
        for service in classes:
            _dead_letters(channel, service)
        for service, cls in classes.items():
            for one in subscriptions(service, cls):
                _event_queue(channel, one, settings)
        history = _stream(channel, HISTORY, HISTORY_AGE)
        for exchange in exchanges:
            history.bind_to(exchange, "#")


def declare_district(amqp_uri: str, code: str) -> None:
    """Declare a district's feed and history, bound to what concerns it or everyone."""
    with connect(amqp_uri) as connection, connection.channel() as channel:
        feed = Queue(
            f"feed.{code}",
            durable=True,
            queue_arguments={
                "x-queue-type": "quorum",
                "x-max-length": FEED_LENGTH,
                "x-overflow": "drop-head",
            },
        )(channel)
        feed.declare()
        history = _stream(channel, f"{HISTORY}.{code}", DISTRICT_HISTORY_AGE)
        for service in SERVICES:
            for ending in (code, EVERYONE):
                feed.bind_to(f"{service}.events", f"*.*.*.{ending}")
                history.bind_to(f"{service}.events", f"*.*.*.{ending}")


def _events_exchange(channel: Any, name: str) -> str:
    exchange = Exchange(name, type="topic", durable=True)(channel)
    exchange.declare()
    return str(exchange.name)


def _dead_letters(channel: Any, service: str) -> None:
    exchange = Exchange(f"{service}.dead-letters", type="fanout", durable=True)(channel)
    exchange.declare()
    name = f"{service}.dead-letters"
    Queue(name, exchange, durable=True, queue_arguments={"x-queue-type": "quorum"})(
        channel
    ).declare()


def _event_queue(channel: Any, one: Subscribed, settings: Settings) -> None:
    queue = Queue(
        one.queue,
        durable=True,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-delivery-limit": settings.deliveries - 1,
            "x-dead-letter-exchange": f"{one.service}.dead-letters",
            # Kept until the dead-letter queue has it: at-least-once wants reject-publish.
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        },
    )(channel)
    queue.declare()
    if one.elsewhere:
        queue.bind_to(messaging.ELSEWHERE, f"{one.type}.*")
    else:
        queue.bind_to(f"{one.source}.events", f"{one.type}.{settings.jurisdiction}")


def _stream(channel: Any, name: str, age: str) -> Any:
    stream = Queue(
        name,
        durable=True,
        queue_arguments={
            "x-queue-type": "stream",
            "x-max-age": age,
            "x-max-length-bytes": HISTORY_BYTES,
        },
    )(channel)
    stream.declare()
    return stream
