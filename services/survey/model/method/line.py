"""The lines that a score must not fall below, and what follows if it does (结果运用).

No law and no published method names a number for projects; Shiquan's congress takes more than half
of its members, lets a unit that fails do it and report again "until it is passed", and asks for a
self-criticism after the second failure.  So line, consequence and count are data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from .number import exact


class Of(StrEnum):
    """What the line is drawn for."""

    PROJECT = "project"
    SUB_ITEM = "sub-item"
    OVERALL = "overall"


class Measured(StrEnum):
    """What is held against the line: a rate, the mean, the weighed score, or the grade."""

    TOP1 = "top1"
    TOP2 = "top2"
    MEAN = "mean"
    COMPOSITE = "composite"
    GRADE = "grade"


class Then(StrEnum):
    """What follows.

    ``RECTIFY``: 限期整改.  ``REPORT_AGAIN``: 重新报告.  ``ASSESS_AGAIN``: 再次测评.
    ``SELF_CRITICISM``: 向常委会作出书面检查 (Shiquan, from the second failure on).
    """

    RECTIFY = "rectify"
    REPORT_AGAIN = "report-again"
    ASSESS_AGAIN = "assess-again"
    SELF_CRITICISM = "self-criticism"


@dataclass(frozen=True)
class Line:
    """A line and what follows below it.

    ``below``: a part of the whole, 0 to 1; ``inclusive``: who is exactly on the line has failed too
    (以下, 民法典 art. 1259; otherwise 不满).  ``grades``: instead of it, the grades that fail.
    ``after``: from which failure in a row on it holds, this one counted.  ``days`` or ``workdays``:
    until when, from the day of the publication.
    """

    of: Of
    measure: Measured
    then: tuple[Then, ...]
    below: Fraction | None = None
    inclusive: bool = False
    grades: tuple[str, ...] = ()
    days: int | None = None
    workdays: int | None = None
    after: int = 1

    @classmethod
    def from_data(cls, data: dict[str, Any], where: str) -> Line:
        """Read the written form; raises Invalid on a line that is no exact number."""
        below = data.get("below")
        return cls(
            of=Of(data["of"]),
            measure=Measured(data["measure"]),
            then=tuple(Then(one) for one in data["then"]),
            below=None if below is None else exact(below, f"{where}/below"),
            inclusive=data.get("inclusive", False),
            grades=tuple(data.get("grades", ())),
            days=data.get("days"),
            workdays=data.get("workdays"),
            after=data.get("after", 1),
        )

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        drawn: dict[str, Any] = (
            {"grades": list(self.grades)}
            if self.below is None
            else {"below": str(self.below), "inclusive": self.inclusive}
        )
        return (
            {"of": self.of.value, "measure": self.measure.value}
            | drawn
            | {"then": [one.value for one in self.then]}
            | self.due
            | ({"after": self.after} if self.after > 1 else {})
        )

    @property
    def due(self) -> dict[str, int]:
        """``{"days": n}``, ``{"workdays": n}`` or nothing."""
        given = {"days": self.days, "workdays": self.workdays}
        return {name: number for name, number in given.items() if number is not None}

    def failed_by(self, value: Fraction) -> bool:
        """Whether a value from 0 to 1 is below the line."""
        if self.below is None:
            return False
        return value <= self.below if self.inclusive else value < self.below

    def mistakes(self, ranking: list[str]) -> Iterable[tuple[str, str]]:
        """What contradicts itself, with the place; ``ranking``: the grades, the best first."""
        if self.measure is Measured.GRADE:
            if self.below is not None or not self.grades:
                yield "/grades", "按等次须列出等次,不填比例 (grades, and no share)"
            elif not set(self.grades) <= set(ranking):
                yield "/grades", "须为本办法的等次 (must be grades of this method)"
            elif set(self.grades) != set(ranking[-len(set(self.grades)) :]):
                yield (
                    "/grades",
                    "较差的等次须一并列出,且不得列入全部等次 (a worse grade cannot go free)",
                )
            elif len(set(self.grades)) == len(ranking):
                yield "/grades", "不得列入全部等次 (the best grade cannot fail)"
        elif self.below is None or self.grades:
            yield "/below", "须填写界限比例,不列等次 (a share, and no grades)"
        elif not 0 <= self.below <= 1:
            yield "/below", "须在0与1之间 (must be from 0 to 1)"
        elif self.failed_by(Fraction(1)) or not self.failed_by(Fraction(0)):
            yield "/below", "任何结果都低于或都不低于该界限 (everything or nothing is below it)"
        if self.days is not None and self.workdays is not None:
            yield "/days", "日与工作日只能取其一 (days or workdays, not both)"
        if not self.then or len(set(self.then)) < len(self.then):
            yield "/then", "须写明后果,且不重复 (what follows, each once)"
