"""The rules as they are shipped: examples, in force until a body adopts its own."""

from __future__ import annotations

from typing import Any

from services.chassis import rulebook


def shipped(kind: str) -> dict[str, Any]:
    """The shipped example of a kind: title, text, source, content."""
    return rulebook.shipped(__name__, kind)
