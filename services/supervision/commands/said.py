"""What the body of a command said, beside the id of the thing that it is about."""

from __future__ import annotations

from typing import Any


def said(command: dict[str, Any]) -> dict[str, Any]:
    """The command without its ``id``; it stays whole, as its transaction may be tried again."""
    return {name: value for name, value in command.items() if name != "id"}
