"""Logs: one line an event, a static event name, ids and no personal data.

Exceptions are logged as their type and where they were raised; their text may hold what somebody
wrote, so it is left out.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog

#: Loggers of libraries that would print messages' bodies or exceptions' texts.
_QUIET = {"nameko.containers": logging.CRITICAL, "kombu": logging.ERROR, "amqp": logging.ERROR}


def configure(service: str, style: str, level: str) -> None:
    """Set up structlog and the standard library's logging for a process."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if style == "text":
        renderer = _line
    structlog.configure(
        processors=[*shared, _named(service), renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Bridge()]
    root.setLevel(logging.WARNING)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(quiet)


def where(exc: BaseException) -> dict[str, Any]:
    """An exception for a log line: its type, and the last places it passed, without its text."""
    frames = traceback.extract_tb(exc.__traceback__)[-4:]
    places = [f"{f.filename.rpartition('/')[2]}:{f.lineno}:{f.name}" for f in frames]
    return {"error": type(exc).__name__, "at": " > ".join(places)}


def replace_tracebacks() -> None:
    """Log where something failed instead of printing its traceback, text and all, as eventlet does.

    Only for a process that runs services.
    """

    def tell(*args: Any, **_kwargs: Any) -> None:
        exc = next((one for one in args if isinstance(one, BaseException)), sys.exc_info()[1])
        if exc is not None:
            structlog.get_logger().error("thread_failed", **where(exc))

    traceback.print_exc = traceback.print_exception = tell


def _named(service: str) -> Any:
    def add(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event.setdefault("service", service)
        return event

    return add


def _line(_logger: Any, _method: str, event: dict[str, Any]) -> str:
    """The readable form: ``service     | 12:00:00 info event key=value``."""
    service, time = event.pop("service"), event.pop("timestamp")[11:19]
    level, name = event.pop("level"), event.pop("event")
    rest = " ".join(f"{key}={value}" for key, value in event.items())
    return f"{service:<11} | {time} {level:<7} {name} {rest}".rstrip()


class _Bridge(logging.Handler):
    """What libraries log through the standard library, as one static event each."""

    def emit(self, record: logging.LogRecord) -> None:
        details: dict[str, Any] = {"logger": record.name}
        if record.exc_info and record.exc_info[1]:
            details |= where(record.exc_info[1])
        level = record.levelname.lower()
        structlog.get_logger().log(
            getattr(logging, level.upper(), logging.WARNING), "library_log", **details
        )
