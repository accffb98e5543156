"""What keeps a figure from being made, said beside the figures that can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .words import Words


@dataclass(frozen=True)
class Problem:
    """``of``: the item or group that it concerns."""

    code: str
    of: str
    says: Words

    def to_data(self) -> dict[str, Any]:
        """As data."""
        return {"code": self.code, "of": self.of, "detail": self.says.to_data()}
