"""How messages are written: compact JSON, numbers in base 10, hashes in hexadecimal or base64.

Python reads more than the specification writes (full-width digits, ``1_0``, duplicate keys, NaN, a
string of spaces as a number), so everything is held against an ASCII pattern first.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from itertools import accumulate
from typing import Any

from .refused import Refused

#: JSON of the protocol is never deeper: a ballot's proofs are five levels down.
MOST_LEVELS = 12
_SCALAR = re.compile(r"0|[1-9][0-9]{0,77}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
#: The digits of identifiers and credentials.
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_UUID = re.compile(rf"[{BASE58}]{{14,64}}", re.ASCII)


def dumps(value: Any) -> str:
    """Compact JSON, its fields in the order of the dict."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def loads(text: str, *, most: int) -> Any:
    """The value of a JSON text; Refused if it is malformed, ambiguous, or over ``most`` bytes."""
    if len(text) > most or len(encoded(text)) > most:
        raise Refused("too-long", f"this is longer than {most} bytes", f"内容超过 {most} 字节")
    _check_levels(text)
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_number, parse_float=_no_number
        )
    except (ValueError, RecursionError) as exc:
        raise Refused("not-json", "this is not well-formed JSON", "不是合法的 JSON") from exc


def canonical(text: str, *, most: int) -> Any:
    """The same, for a text that must be written just as the specification writes it."""
    value = loads(text, most=most)
    if dumps(value) != text:
        raise Refused(
            "not-canonical",
            "this is not the compact JSON that the specification asks for",
            "不是规范要求的紧凑 JSON",
        )
    return value


def encoded(text: str) -> bytes:
    """UTF-8; Refused for lone surrogates, which no UTF-8 text holds."""
    try:
        return text.encode()
    except UnicodeEncodeError as exc:
        raise Refused("not-unicode", "this is no Unicode text", "不是合法的 Unicode 文本") from exc


def fields(value: Any, *names: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object that has all ``names``, perhaps ``optional`` ones, and nothing else."""
    if not isinstance(value, dict) or not set(names) <= set(value) <= {*names, *optional}:
        wanted = ", ".join((*names, *(f"{name}?" for name in optional)))
        raise Refused("wrong-fields", f"expected an object of {wanted}", f"应为含 {wanted} 的对象")
    return value


def array(value: Any, length: int | None = None, *, most: int = 100_000) -> list[Any]:
    """A list, of this length where one is given."""
    fits = isinstance(value, list) and len(value) <= most
    if not fits or (length is not None and len(value) != length):
        wanted = "an array" if length is None else f"an array of {length}"
        raise Refused("wrong-length", f"expected {wanted}", f"应为长度 {length} 的数组")
    items: list[Any] = value
    return items


def string(value: Any) -> str:
    """A string."""
    if not isinstance(value, str):
        raise Refused("wrong-type", "expected a string", "应为字符串")
    return value


def integer(value: Any, *, most: int = 10_000_000) -> int:
    """A small integer from 0; ``true`` is none."""
    if type(value) is not int or not 0 <= value <= most:
        raise Refused(
            "wrong-type", f"expected an integer up to {most}", f"应为不大于 {most} 的整数"
        )
    return value


def scalar(value: Any, q: int) -> int:
    """A number modulo ``q``, written in base 10; Refused from ``q`` on."""
    number = int(value) if isinstance(value, str) and _SCALAR.fullmatch(value) else q
    if number >= q:
        raise Refused("bad-scalar", "expected a number modulo q in base 10", "应为模 q 的十进制数")
    return number


def hash_text(value: Any) -> str:
    """A SHA-256 in hexadecimal digits."""
    return _matched(value, _HASH, "bad-hash", "a SHA-256 in lowercase hexadecimal digits")


def uuid(value: Any) -> str:
    """The identifier of an election: at least 14 characters of base 58."""
    return _matched(value, _UUID, "bad-uuid", "an election's identifier in base 58")


def sha256_hex(data: bytes) -> str:
    """The name of a datum in an archive."""
    return hashlib.sha256(data).hexdigest()


def sha256_base64(data: bytes) -> str:
    """The unpadded base64 that fingerprints and trackers are written in."""
    return base64.b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def hash_to_scalar(text: str, q: int) -> int:
    """SHA-256 of a text as a big-endian number, modulo ``q``."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % q


def _matched(value: Any, pattern: re.Pattern[str], code: str, wanted: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Refused(code, f"expected {wanted}")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_number(text: str) -> Any:
    """No message has a fraction or an exponent; ``1e999`` would be read as infinity."""
    raise ValueError(f"{text} is no number here")


def _check_levels(text: str) -> None:
    """Refuse deep nesting before a parser follows it; brackets inside strings do not count."""
    steps = map(_STEPS.__getitem__, _BRACKET.findall(_STRING.sub("", text)))
    if any(level > MOST_LEVELS for level in accumulate(steps)):
        raise Refused("too-deep", "this is nested too deeply", "嵌套层数过多")
