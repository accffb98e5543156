"""Templates of questionnaires that come with the software: examples, a JSON file each."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def names() -> tuple[str, ...]:
    """What they are called, in order."""
    files = (file.name for file in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in files if name.endswith(".json")))


@cache
def shipped(name: str) -> dict[str, Any]:
    """One of them: title, description, grades, questions."""
    file = resources.files(__name__) / f"{name}.json"
    data: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return data
