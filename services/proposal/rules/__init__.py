"""The rules as they are shipped: examples, in force until a body adopts its own."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def shipped(kind: str) -> dict[str, Any]:
    """The shipped example of a kind: title, text, source, content."""
    file = resources.files(__name__) / f"{kind}.json"
    data: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return data
