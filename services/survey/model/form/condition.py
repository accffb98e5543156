"""When a question is asked: only after certain answers to earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

#: Which codes an earlier question was answered by: none if it was left blank or not asked.
Given = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class OneOf:
    """``{"question": "age", "in": ["60+"]}``: one of these codes was given.

    A rating's levels are written as its counts are kept, ``"1"``.
    """

    question: str
    codes: tuple[str, ...]

    def holds(self, given: Given) -> bool:
        """Whether it is so."""
        return not set(self.codes).isdisjoint(given(self.question))

    def leaves(self) -> Iterable[OneOf]:
        """Everything it refers to."""
        yield self

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {"question": self.question, "in": list(self.codes)}


@dataclass(frozen=True)
class Several:
    """``{"all": […]}`` or ``{"any": […]}``."""

    word: str
    parts: tuple[Condition, ...]

    def holds(self, given: Given) -> bool:
        """Whether all, or one, of the parts hold."""
        return (all if self.word == "all" else any)(part.holds(given) for part in self.parts)

    def leaves(self) -> Iterable[OneOf]:
        """Everything it refers to."""
        for part in self.parts:
            yield from part.leaves()

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {self.word: [part.to_data() for part in self.parts]}


@dataclass(frozen=True)
class Not:
    """``{"not": …}``; it holds after a blank, and where the earlier question was not asked."""

    part: Condition

    def holds(self, given: Given) -> bool:
        """Whether the part does not hold."""
        return not self.part.holds(given)

    def leaves(self) -> Iterable[OneOf]:
        """Everything it refers to."""
        yield from self.part.leaves()

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {"not": self.part.to_data()}


Condition = OneOf | Several | Not


def condition_of(data: dict[str, Any]) -> Condition:
    """Read the written form, which has exactly one of the shapes."""
    if "not" in data:
        return Not(condition_of(data["not"]))
    for word in ("all", "any"):
        if word in data:
            return Several(word, tuple(condition_of(part) for part in data[word]))
    return OneOf(data["question"], tuple(data["in"]))
