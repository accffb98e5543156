"""One way to write JSON, so that whoever has the data can compute its hash again.

The form is RFC 8785 (JSON Canonicalization Scheme): UTF-8, no blanks, keys in the order of their
UTF-16 code units, numbers as ECMAScript writes them (``120.0`` is ``120``; integers up to 2**53),
strings with only the escapes that JSON asks for.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

#: ECMAScript writes numbers of other sizes with an exponent.
_SMALLEST, _LARGEST = Decimal("1e-6"), Decimal("1e21")


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON-able data in its canonical form; ValueError for what JSON cannot hold."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_text(name)}:{canonical(one)}" for name, one in pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    if isinstance(value, float):
        return _number(value)
    return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _number(value: float) -> str:
    """A double by ECMAScript's rule; both languages choose the shortest digits."""
    exact = Decimal(_text(value))
    if exact == 0:
        return "0"
    if _SMALLEST <= abs(exact) < _LARGEST:
        plain = f"{exact:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    sign, digits, _ = exact.normalize().as_tuple()
    first, rest = digits[0], "".join(map(str, digits[1:]))
    mantissa = f"{first}.{rest}" if rest else str(first)
    return f"{'-' if sign else ''}{mantissa}e{exact.adjusted():+d}"
