"""A filled-in form that was read and fits: what of it is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: A code, several codes, the level of a rating, a number as decimal text; None is a blank.
Mark = str | int | list[str] | None

#: From how many graded lines on the same mark on all of them is worth a notice.
STRAIGHT_FROM = 5


@dataclass(frozen=True)
class Reading:
    """``marks``: of every countable question that was asked, by its key.

    ``cell``: the stratum cell, ``"age=60+|district=330102"``, empty without strata.  ``straight``:
    the mark that stands on all of five or more graded lines, if one does (直线作答).
    ``comments``: each text with the key of its question.
    """

    marks: Mapping[str, Mark]
    cell: str
    straight: str | None
    comments: tuple[tuple[str, str], ...]

    def to_data(self) -> dict[str, Any]:
        """The written form, kept of a named answer only."""
        return {
            "marks": dict(self.marks),
            "cell": self.cell,
            "straight": self.straight,
            "comments": [list(one) for one in self.comments],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Reading:
        """Read the written form."""
        comments = tuple((key, text) for key, text in data["comments"])
        return cls(data["marks"], data["cell"], data["straight"], comments)


def cell_of(strata: Mapping[str, str]) -> str:
    """The canonical text of a cell: ``question=option``, by the questions' codes."""
    return "|".join(f"{code}={strata[code]}" for code in sorted(strata))


def straight_of(grades: list[Mark]) -> str | None:
    """The one mark on all graded lines, if there are enough of them."""
    if len(grades) < STRAIGHT_FROM or len(set(map(str, grades))) > 1:
        return None
    return None if grades[0] is None else str(grades[0])
