"""How messages are written and read: JSON, strictly, by content type.

kombu's own JSON turns ``{"__type__": …}`` in anybody's text into objects; calls therefore have a
content type and a codec of their own.
"""

from __future__ import annotations

import json
import math
import re
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
    """JSON that can be written again; raises ValueError.

    UTF-8 alone (RFC 8259); no NaN, no infinity (which 1e999 would be), no half of a character.
    """
    if isinstance(text, bytes):
        text = text.decode()
    value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    if _HALF.search(text):
        dumps(value).encode()
    return value


#: The escape of a surrogate; two of them may make a character, one alone is none.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _finite(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise ValueError("a number is too large")
    return number


for _name, _type in zip(ACCEPT, (CALL_TYPE, cloudevents.CONTENT_TYPE), strict=True):
    kombu.serialization.register(
        _name, encoder=dumps, decoder=loads, content_type=_type, content_encoding="utf-8"
    )
