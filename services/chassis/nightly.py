"""What a service does once a night, in a process of its own: part by part."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
import structlog

from . import logs, settings
from .store import BoundStore, open_store

log = structlog.get_logger()


def run(service: str, metadata: sa.MetaData, *parts: Callable[[BoundStore], None]) -> int:
    """Do all of it; 1 if a part failed, which does not keep the others from being done."""
    own = settings.load(service)
    logs.configure(f"{service}-nightly", own.log_format, own.log_level)
    store = open_store(own, metadata)
    failed = 0
    for part in parts:
        try:
            part(store)
        except Exception as exc:
            failed = 1
            log.error("nightly_failed", part=part.__name__, **logs.where(exc))
    return failed
