"""Events coming in: quorum queues, waits between tries, and dead letters instead of losses.

``@subscribe("ballot", "result.certified.v1")`` on a method of a service gives it a queue of its
own, declared by ``minsheng migrate``.  With ``elsewhere=True`` it gets the events of other
jurisdictions' deployments instead, as far as their feeds are moved here.  What the method raises
decides:

- Unavailable, or a database that does not answer: tried again here, with growing waits, for as
  long as it takes; this is no fault of the event.
- Invalid: the event will never be readable; it goes to the dead letters at once.
- anything else: put back, at most ``deliveries`` times, with growing waits; then dead letters.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import eventlet
import structlog
from kombu import Exchange, Queue
from nameko.exceptions import ContainerBeingKilled
from nameko.messaging import Consumer
from nameko.messaging import QueueConsumer as NamekoQueueConsumer

from services.commons import clock
from services.commons.errors import Invalid, Unavailable

from . import logs, telemetry
from .cloudevents import Event
from .context import HEADER, CallContext
from .database import is_transient
from .settings import Settings

Handler = TypeVar("Handler", bound=Callable[..., Any])

log = structlog.get_logger()


#: The exchange into which the feeds of other deployments are moved.  It is none of those that feeds
#: are bound to: what one deployment hears never travels on to a third, nor back.
ELSEWHERE = "elsewhere.events"


def queue_name(service: str, source: str, type_: str, *, elsewhere: bool = False) -> str:
    """The queue in which ``service`` gets ``source``'s events of one type."""
    return f"{service}.{source}.{type_}" + (".elsewhere" if elsewhere else "")


class QueueConsumer(NamekoQueueConsumer):
    """nameko's consumer, but what cannot be decoded is rejected: never acked, never logged.

    ``consuming``: whether it has its connection at this moment.
    """

    consuming = False

    def on_consume_ready(
        self, connection: Any, channel: Any, consumers: Any, **kwargs: Any
    ) -> None:
        """Called after every (re)connection."""
        self.consuming = True
        super().on_consume_ready(connection, channel, consumers, **kwargs)

    def ready(self) -> bool:
        """Whether messages can arrive; part of ``/ready``."""
        return self.consuming

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        """Connect, however long it takes; kombu's own waits grow to half a minute."""
        with self.create_connection() as connection:
            connection.ensure_connection(
                self.on_connection_error, interval_start=0.1, interval_step=0.2, interval_max=2.0
            )
            yield connection

    def consume(self, *args: Any, **kwargs: Any) -> Any:
        """Consume until the connection ends; a stop is seen after ``safety_interval``, seconds."""
        try:
            yield from super().consume(*args, safety_interval=0.2, **kwargs)
        finally:
            self.consuming = False

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        """Reject; an event's queue parks it in the dead letters, a call's drops it."""
        service = self.container.service_name
        telemetry.undecodable.labels(service).inc()
        log.warning(
            "message_undecodable",
            queue=message.delivery_info.get("routing_key"),
            content_type=str(message.content_type)[:80],
            error=type(exc).__name__,
        )
        self.reject(message)

    def reject(self, message: Any, *, requeue: bool = False) -> None:
        """Reject a message if its channel is still there (else the broker has it back already)."""
        if message.channel is None or message.channel.connection is None:
            return
        try:
            message.reject(requeue=requeue)
        except (OSError, *self.connection_errors, *self.channel_errors) as exc:
            log.info("reject_lost", error=type(exc).__name__)

    def ack_message(self, message: Any) -> None:
        """Ack; with the connection gone the broker delivers again, which does nothing twice."""
        if message.channel is None or message.channel.connection is None:
            return
        try:
            message.ack()
        except (OSError, *self.connection_errors, *self.channel_errors) as exc:
            log.info("ack_lost", error=type(exc).__name__)


class Subscription(Consumer):
    """The entrypoint behind :func:`subscribe`."""

    queue_consumer = QueueConsumer()

    def __init__(self, source: str, type_: str, *, elsewhere: bool = False, **kwargs: Any) -> None:
        self.source = source
        self.type = type_
        self.elsewhere = elsewhere
        super().__init__(queue=None, **kwargs)

    def setup(self) -> None:
        """Consume a queue that is declared already: services may declare nothing."""
        self.settings: Settings = self.container.config["settings"][self.container.service_name]
        name = queue_name(
            self.container.service_name, self.source, self.type, elsewhere=self.elsewhere
        )
        named = ELSEWHERE if self.elsewhere else f"{self.source}.events"
        exchange = Exchange(named, type="topic", no_declare=True)
        self.queue = Queue(name, exchange=exchange, durable=True, no_declare=True)
        super().setup()

    def handle_message(self, body: Any, message: Any) -> None:
        """Start the handler on one delivery; what is no event of this type is parked at once."""
        try:
            event = Event.from_envelope(body)
            if event.type != f"{self.source}.{self.type}":
                raise ValueError
        except (Invalid, ValueError):
            self.queue_consumer.on_decode_error(message, ValueError())
            return
        self._attempt(event, message, wait=self.settings.first_wait)

    def _attempt(self, event: Event, message: Any, wait: float) -> None:
        context = CallContext(request_id=event.id, traceparent=event.traceparent)
        done = partial(self._settle, event, message, wait, time.monotonic())
        try:
            self.container.spawn_worker(
                self,
                (event,),
                {},
                context_data={HEADER: context.to_header()},
                handle_result=lambda _worker, result, exc_info: done(result, exc_info),
            )
        except ContainerBeingKilled:
            self.queue_consumer.reject(message, requeue=True)

    def _settle(
        self, event: Event, message: Any, wait: float, began: float, result: Any, exc_info: Any
    ) -> tuple[Any, Any]:
        exc = exc_info[1] if exc_info else None
        outcome = self._decide(event, message, wait, exc)
        service = self.container.service_name
        seconds = telemetry.event_seconds.labels(service, event.type, outcome)
        seconds.observe(time.monotonic() - began)
        if exc is None and result:
            lag = (clock.now() - event.time).total_seconds()
            telemetry.event_lag_seconds.labels(service, event.type).observe(max(lag, 0))
        return result, exc_info

    def _decide(self, event: Event, message: Any, wait: float, exc: BaseException | None) -> str:
        if exc is None:
            self.queue_consumer.ack_message(message)
            return "done"
        facts = {"type": event.type, "event_id": event.id} | logs.where(exc)
        if isinstance(exc, Unavailable) or is_transient(exc):
            log.warning("event_waits", wait=wait, **facts)
            longer = min(wait * 2, self.settings.longest_wait)
            self._later(wait, partial(self._attempt, event, message, longer))
            return "transient"
        if isinstance(exc, Invalid):
            log.error("event_refused", **facts)
            self.queue_consumer.reject(message)
            return "refused"
        tries = int((message.headers or {}).get("x-delivery-count", 0)) + 1
        wait = min(self.settings.first_wait * 2 ** (tries - 1), self.settings.longest_wait)
        log.error("event_failed", tries=tries, wait=wait, **facts)
        self._later(wait, partial(self.queue_consumer.reject, message, requeue=True))
        return "failed"

    def _later(self, wait: float, action: Any) -> None:
        def run() -> None:
            eventlet.sleep(wait)
            action()

        self.container.spawn_managed_thread(run, identifier="retry")


def subscribe(source: str, type_: str, *, elsewhere: bool = False) -> Callable[[Handler], Handler]:
    """Let a method of a service handle ``source``'s events of one type.

    ``elsewhere``: those of other jurisdictions' deployments, and not of its own.
    """
    mark: Callable[[Handler], Handler] = Subscription.decorator(source, type_, elsewhere=elsewhere)
    return mark
