"""Calls between the gateway and the services: a deadline, typed errors, and who asks.

Calls and answers are transient and unconfirmed: the deadline together with the idempotency of
every command is the guarantee, and it is faster.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import eventlet
import structlog
from kombu import Exchange, Queue
from nameko.constants import NON_PERSISTENT
from nameko.exceptions import (
    BadRequest,
    RemoteError,
    deserialize,
    deserialize_to_instance,
    serialize,
)
from nameko.extensions import SharedExtension
from nameko.messaging import HeaderEncoder
from nameko.rpc import RPC_REPLY_QUEUE_TEMPLATE, RPC_REPLY_QUEUE_TTL
from nameko.rpc import ReplyListener as NamekoReplyListener
from nameko.rpc import Rpc as NamekoRpc
from nameko.rpc import RpcConsumer as NamekoRpcConsumer

from services.commons import errors

from . import codec, logs, telemetry
from .connection import ERRORS
from .context import HEADER, CallContext
from .line import line
from .messaging import QueueConsumer

log = structlog.get_logger()

Method = TypeVar("Method", bound=Callable[..., Any])

EXCHANGE = Exchange("nameko-rpc", type="topic", durable=True, no_declare=True)

for _error in (
    errors.Invalid,
    errors.Unsupported,
    errors.TooLarge,
    errors.NotFound,
    errors.Conflict,
    errors.Stale,
    errors.Forbidden,
    errors.TooMany,
    errors.Unavailable,
    errors.DeadlineExceeded,
    errors.Internal,
):
    deserialize_to_instance(_error)


def send(amqp_uri: str, payload: Any, *, routing_key: str, **properties: Any) -> None:
    """Publish to the calls' exchange; raises TypeError or ValueError if it is not JSON."""
    line(amqp_uri).send(
        EXCHANGE.name,
        routing_key,
        codec.dumps(payload).encode(),
        content_type=codec.CALL_TYPE,
        content_encoding="utf-8",
        delivery_mode=NON_PERSISTENT,
        **properties,
    )


def internal() -> errors.Internal:
    """The error that stands for a fault of ours, without its text."""
    return errors.Internal(
        "internal", "something went wrong on our side", "系统内部出错,请稍后再试"
    )


def late() -> errors.DeadlineExceeded:
    """The error when no answer came in time."""
    return errors.DeadlineExceeded(
        "deadline-exceeded",
        "no answer in time; repeat the request with the same Idempotency-Key",
        "未能及时得到答复,请用同一 Idempotency-Key 重试",
    )


class RpcConsumer(NamekoRpcConsumer):
    """nameko's consumer of calls on a queue that ``minsheng migrate`` declared."""

    queue_consumer = QueueConsumer()
    queue: Queue | None

    def setup(self) -> None:
        """Consume without declaring: services may declare nothing."""
        if self.queue is None:
            service = self.container.service_name
            self.queue = Queue(
                f"rpc-{service}", exchange=EXCHANGE, routing_key=f"{service}.*", no_declare=True
            )
            self.queue_consumer.register_provider(self)
            self._registered = True

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Answer and ack; if the broker is away the caller's deadline passes and it asks again.

        Never raises, whatever the call or the answer held: that would end the process.
        """
        exc = exc_info[1] if exc_info else None
        if exc is not None and not isinstance(exc, errors.ServiceError):
            method = str(message.delivery_info.get("routing_key"))[:80]
            log.error("call_malformed", method=method, error=type(exc).__name__)
            exc = internal()
        try:
            self.reply(message, {"result": result, "error": exc and serialize(exc)})
        except (TypeError, ValueError) as fault:  # what no message can carry
            log.error("answer_malformed", error=type(fault).__name__)
            self.reply(message, {"result": None, "error": serialize(internal())})
        self.queue_consumer.ack_message(message)
        return result, exc_info

    def reply(self, message: Any, payload: dict[str, Any]) -> None:
        """Send an answer to who asked; raises TypeError or ValueError if it is not JSON."""
        asker = message.properties.get("reply_to")
        if not asker:
            return
        try:
            send(
                self.container.config["AMQP_URI"],
                payload,
                routing_key=asker,
                correlation_id=message.properties.get("correlation_id"),
            )
        except ERRORS as exc:
            log.info("answer_lost", error=type(exc).__name__)


class Rpc(NamekoRpc):
    """The entrypoint behind :data:`rpc`."""

    rpc_consumer = RpcConsumer()

    def handle_message(self, body: Any, message: Any) -> None:
        """Start the method, unless nobody waits for the answer any more."""
        context = CallContext.from_data(self.unpack_message_headers(message))
        if context.deadline is not None and context.deadline < time.time():
            self.rpc_consumer.queue_consumer.ack_message(message)
            return
        message.properties["minsheng_began"] = time.monotonic()
        super().handle_message(body, message)

    def handle_result(
        self, message: Any, worker_ctx: Any, result: Any, exc_info: Any
    ) -> tuple[Any, Any]:
        """Answer with the result or a typed error; anything else is logged and stays inside."""
        outcome = "ok"
        if exc_info:
            exc = exc_info[1]
            outcome = getattr(exc, "kind", "internal")
            if not isinstance(exc, errors.ServiceError | BadRequest):
                context = CallContext.from_data(worker_ctx.data)
                log.error(
                    "call_failed",
                    method=self.method_name,
                    request_id=context.request_id,
                    **logs.where(exc),
                )
                exc = internal()
                exc_info = (type(exc), exc, None)
        answer = super().handle_result(message, worker_ctx, result, exc_info)
        began = message.properties.get("minsheng_began", time.monotonic())
        seconds = telemetry.rpc_seconds.labels(
            self.container.service_name, self.method_name, outcome
        )
        seconds.observe(time.monotonic() - began)
        return answer


def rpc(method: Method) -> Method:
    """Mark a method of a service as callable by the gateway."""
    marked: Method = Rpc.decorator(method)
    return marked


class ReplyListener(NamekoReplyListener):
    """nameko's listener with a reply queue that needs no right on the exchange but to bind."""

    queue_consumer = QueueConsumer()

    def setup(self) -> None:
        """Name the queue; it is declared when the consumer starts."""
        self.routing_key = str(uuid.uuid4())
        self.queue = Queue(
            RPC_REPLY_QUEUE_TEMPLATE.format(self.container.service_name, self.routing_key),
            exchange=EXCHANGE,
            routing_key=self.routing_key,
            queue_arguments={"x-expires": RPC_REPLY_QUEUE_TTL},
            no_ack=True,  # an answer that is lost is asked for again
        )
        self.queue_consumer.register_provider(self)

    def handle_message(self, body: Any, message: Any) -> None:
        """Hand the answer to who waits for it, if somebody still does."""
        waiting = self._reply_events.pop(message.properties.get("correlation_id"), None)
        if waiting is not None:
            waiting.send(body)

    def forget(self, correlation_id: str) -> None:
        """Nobody waits for this answer any more."""
        self._reply_events.pop(correlation_id, None)


class Services(SharedExtension, HeaderEncoder):
    """The extension with which the gateway calls services."""

    replies = ReplyListener()

    def call(
        self, service: str, method: str, *args: Any, context: CallContext, deadline: float
    ) -> Any:
        """Call a service's method and wait at most ``deadline`` seconds.

        Raises the service's typed error, DeadlineExceeded, or Unavailable if the broker is away.
        """
        if not self.replies.queue_consumer.consuming:
            # Just started, or the broker is away: the answer would go astray, so do not ask.
            raise _away()
        correlation_id = str(uuid.uuid4())
        reply = self.replies.get_reply_event(correlation_id)
        try:
            with eventlet.Timeout(deadline, late()):
                self._send(service, method, args, context, deadline, correlation_id)
                answer = reply.wait()
        except ERRORS as exc:
            raise _away() from exc
        finally:
            self.replies.forget(correlation_id)
        if answer.get("error"):
            raise _remote(answer["error"])
        return answer["result"]

    def _send(
        self,
        service: str,
        method: str,
        args: tuple[Any, ...],
        context: CallContext,
        deadline: float,
        correlation_id: str,
    ) -> None:
        send(
            self.container.config["AMQP_URI"],
            {"args": args, "kwargs": {}},
            routing_key=f"{service}.{method}",
            reply_to=self.replies.routing_key,
            correlation_id=correlation_id,
            application_headers={self._get_header_name(HEADER): context.to_header()},
            expiration=str(int(deadline * 1000)),
        )


def _away() -> errors.Unavailable:
    return errors.Unavailable(
        "broker-unavailable",
        "the message broker does not answer; try again in a moment",
        "消息服务暂时无法使用,请稍后再试",
    )


def _remote(data: dict[str, Any]) -> Exception:
    exc = deserialize(data)
    if isinstance(exc, RemoteError | BadRequest):
        return internal()
    return exc
