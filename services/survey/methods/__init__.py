"""The methods as they are shipped: each a file of title, text, source and parameters.

They are examples until a body adopts one; what of them was published and what is ours, ``source``
says.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def names() -> list[str]:
    """The names of all, in order."""
    files = (one.name for one in resources.files(__name__).iterdir())
    return sorted(name.removesuffix(".json") for name in files if name.endswith(".json"))


@cache
def shipped(name: str) -> dict[str, Any]:
    """One of :func:`names`."""
    data: dict[str, Any] = json.loads(
        (resources.files(__name__) / f"{name}.json").read_text("utf-8")
    )
    return data
