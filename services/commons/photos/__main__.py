"""``python -m services.commons.photos LIMITS [RECTANGLES]``: one file from the standard input.

Writes a line of JSON and after it the public derivative; with rectangles the file is a derivative,
and what follows the line is that one with them painted black.  Started by ``confined``.
"""

from __future__ import annotations

import json
import resource
import sys

from ..errors import ServiceError
from . import refusals
from .limits import Limits

#: Bytes that it may write, and files that it may have open.
_WRITTEN, _OPEN = 64 * 1024 * 1024, 32


def main() -> None:
    """Give up what is not needed, then look at the file."""
    limits = Limits(**json.loads(sys.argv[1]))
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, _WRITTEN),
        (resource.RLIMIT_NOFILE, _OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        head, public = _found(limits)
    except ServiceError as exc:
        head, public = {"refused": exc.kind, "why": exc.args}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + public)


def _found(limits: Limits) -> tuple[dict[str, object], bytes]:
    data = sys.stdin.buffer.read(limits.size + 1)
    if len(data) > limits.size:
        raise refusals.too_large(limits.size)
    try:
        return _looked(data, limits) if len(sys.argv) < 3 else ({}, _redacted(data))
    except MemoryError:
        raise refusals.unreadable() from None


def _looked(data: bytes, limits: Limits) -> tuple[dict[str, object], bytes]:
    from .look import look

    return look(data, limits)


def _redacted(data: bytes) -> bytes:
    from .picture import Rectangle, redacted

    return redacted(data, [Rectangle(*one) for one in json.loads(sys.argv[2])])


if __name__ == "__main__":
    main()
