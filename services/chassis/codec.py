"""How messages are written and read: JSON, strictly, by content type.

kombu's own JSON turns ``{"__type__": …}`` in anybody's text into objects; calls therefore have a
content type and a codec of their own.
"""

from __future__ import annotations

import json
from typing import Any

import kombu.serialization

from . import cloudevents

CALL_TYPE = "application/vnd.minsheng.call+json"
#: Names for nameko's ``ACCEPT``: nothing else is decoded.
ACCEPT = ["minsheng-call", "cloudevents"]


def dumps(value: Any) -> str:
    """Compact JSON; raises ValueError for NaN and infinities."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def loads(text: str | bytes) -> Any:
    """JSON without NaN and infinities; raises ValueError."""
    return json.loads(text, parse_constant=_refuse)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


for _name, _type in zip(ACCEPT, (CALL_TYPE, cloudevents.CONTENT_TYPE), strict=True):
    kombu.serialization.register(
        _name, encoder=dumps, decoder=loads, content_type=_type, content_encoding="utf-8"
    )
