"""A question as it stands on the form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .item import Item
from .question import Question


@dataclass(frozen=True)
class Line:
    """A question that is asked once, or of one item."""

    question: Question
    item: Item | None

    @property
    def item_id(self) -> str | None:
        """The item's id; None where it is asked once."""
        return self.item.item_id if self.item else None

    @cached_property
    def key(self) -> str:
        """What it is counted by: ``code``, or ``code:item_id``."""
        return f"{self.question.code}:{self.item_id}" if self.item else self.question.code
