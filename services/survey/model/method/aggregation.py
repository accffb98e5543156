"""How sub-items make a project and projects make the whole (汇总)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class By(StrEnum):
    """``MEAN``: every part the same; ``POOLED``: all marks together; ``LOWEST``: the worst part."""

    MEAN = "mean"
    POOLED = "pooled"
    LOWEST = "lowest"


class From(StrEnum):
    """What it is made of; ``OWN``: a project's own line of the form.

    A project without sub-items is its own line wherever sub-items are added up.
    """

    OWN = "own"
    SUB_ITEMS = "sub-items"
    PROJECTS = "projects"


#: What each can be made of.
SOURCES = {"project": (From.OWN, From.SUB_ITEMS), "overall": (From.PROJECTS, From.SUB_ITEMS)}


@dataclass(frozen=True)
class Aggregation:
    """One of the two steps upwards; ``by`` is None where a project is its own line."""

    made_from: From
    by: By | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Aggregation:
        """Read the written form ``{"from", "by"}``."""
        return cls(From(data["from"]), By(data["by"]) if data.get("by") else None)

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {"from": self.made_from.value} | ({"by": self.by.value} if self.by else {})

    def mistakes(self, of: str) -> Iterable[tuple[str, str]]:
        """What contradicts itself, with the place; ``of``: ``project`` or ``overall``."""
        if self.made_from not in SOURCES[of]:
            named = "、".join(SOURCES[of])
            yield f"/{of}/from", f"只能是 {named} (must be one of these)"
        if (self.by is None) != (self.made_from is From.OWN):
            yield f"/{of}/by", "取自本行时不填,否则必填 (given unless it is its own line)"
