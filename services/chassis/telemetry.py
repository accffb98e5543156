"""Metrics, and whether the process lives and is ready: ``/metrics``, ``/live``, ``/ready``.

Labels carry service, method, event and outcome, never a person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import eventlet
import eventlet.wsgi
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from .settings import BadSetting

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

rpc_seconds = Histogram(
    "minsheng_rpc_seconds",
    "Time a service took to answer a call",
    ["service", "method", "outcome"],
    buckets=_SECONDS,
)
event_seconds = Histogram(
    "minsheng_event_seconds",
    "Time a service took to let an event take effect",
    ["service", "event", "outcome"],
    buckets=_SECONDS,
)
event_lag_seconds = Histogram(
    "minsheng_event_lag_seconds",
    "Time from the producer's commit to the consumer's",
    ["service", "event"],
    buckets=_SECONDS,
)
http_seconds = Histogram(
    "minsheng_http_seconds",
    "Time the gateway took for a request",
    ["operation", "status"],
    buckets=_SECONDS,
)
outbox_pending = Gauge(
    "minsheng_outbox_pending", "Events that are committed and not yet published", ["service"]
)
events_published = Counter(
    "minsheng_events_published_total", "Events that the broker confirmed", ["service"]
)
relay_failures = Counter(
    "minsheng_relay_failures_total", "Times the relay had to begin anew", ["service"]
)
undecodable = Counter(
    "minsheng_undecodable_total", "Messages that were no readable JSON", ["service"]
)


def serve(address: tuple[str, int], ready: Callable[[], dict[str, bool]]) -> Any:
    """Serve the three paths; ``ready`` names each part and whether it works.

    Returns the green thread.  ``/ready`` is 503 while any part does not work.  Raises BadSetting
    if the address is taken.
    """
    try:
        socket = eventlet.listen(address, reuse_port=False)
    except OSError as exc:
        where = "{}:{}".format(*address)
        raise BadSetting(f"MINSHENG_METRICS_ADDRESS {where}: {exc.strerror}") from exc
    app = _app(ready)
    return eventlet.spawn(eventlet.wsgi.server, socket, app, log_output=False)


def _app(ready: Callable[[], dict[str, bool]]) -> Any:
    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        status, kind, body = "404 Not Found", "text/plain", b"not found\n"
        if path == "/metrics":
            status, kind, body = "200 OK", CONTENT_TYPE_LATEST, generate_latest()
        elif path == "/live":
            status, body = "200 OK", b"alive\n"
        elif path == "/ready":
            parts = ready()
            status = "200 OK" if all(parts.values()) else "503 Service Unavailable"
            lines = [f"{name} {'ok' if works else 'down'}\n" for name, works in parts.items()]
            body = "".join(lines).encode()
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    return app
