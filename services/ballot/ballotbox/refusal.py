"""The protocol's refusals as errors of this service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.commons.errors import Invalid

from ..belenios.refused import Refused


@contextmanager
def told(pointer: str) -> Iterator[None]:
    """What the protocol refuses is Invalid at ``pointer`` in the body."""
    try:
        yield
    except Refused as exc:
        raise Invalid(
            exc.code, exc.en, exc.zh, [{"pointer": pointer, "detail": f"{exc.zh} ({exc.en})"}]
        ) from exc
