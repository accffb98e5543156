"""marshmallow's findings as one Invalid, each with a JSON pointer, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError

from services.commons.errors import Invalid

#: Where a problem of the whole body stands in marshmallow's messages.
_WHOLE = "_schema"


def invalid(exc: ValidationError) -> Invalid:
    """The typed error for a body (or parameters) that a schema refused."""
    errors = list(places(exc.messages, ""))
    where = ", ".join(sorted({e["pointer"] or "/" for e in errors}))
    return Invalid(
        "body-invalid",
        f"the request does not fit its schema at {where}",
        f"请求内容不符合要求:{where}",
        errors,
    )


def places(messages: Any, pointer: str) -> Iterator[dict[str, str]]:
    """Each mistake with the JSON pointer to its place, from marshmallow's nested messages."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            part = "" if name == _WHOLE else "/" + _escaped(str(name))
            yield from places(inner, pointer + part)
    elif isinstance(messages, list):
        for message in messages:
            yield from places(message, pointer)
    else:
        yield {"pointer": pointer, "detail": str(messages)}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
