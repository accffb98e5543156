"""What is weighed: the dimensions of a form (维度) and the groups that are asked (测评主体)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..basis import EFFECTIVE, Finding, Over
from .number import exact
from .option import Denominator, Measure

LOOK_BACK = "look-back"
#: What a look-back can have found.
FINDINGS = (*(one.value for one in Finding), EFFECTIVE)
#: To which of the year's lines a look-back's finding goes.
OVER = ("project", *(one.value for one in Over))


@dataclass(frozen=True)
class Dimension:
    """One grade question of the form and its part in an item's measure."""

    code: str
    weight: Fraction

    @classmethod
    def from_data(cls, data: dict[str, Any], where: str) -> Dimension:
        """Read the written form; raises Invalid on a weight that is no exact number."""
        return cls(data["code"], exact(data["weight"], f"{where}/weight"))

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {"code": self.code, "weight": str(self.weight)}


@dataclass(frozen=True)
class Group:
    """One body of people whose judgement is weighed, or the look-backs as one more source.

    ``denominator``, ``measure``: only where they differ from the method's.  ``points``: of a
    look-back's findings, out of 100; ``over``: which of the year's lines a finding goes to
    (``project``: those of the very project that was looked back at; ``unit``: of its lead unit;
    ``aspect``; ``all``).  ``without``: the points of a line that no look-back goes to; None: its
    other sources count alone, their weights in proportion.
    """

    group: str
    name_zh: str
    weight: Fraction
    denominator: Denominator | None = None
    measure: Measure | None = None
    source: str | None = None
    points: Mapping[str, Fraction] = field(default_factory=dict)
    over: str = "project"
    without: Fraction | None = None

    @property
    def is_look_back(self) -> bool:
        """Whether it is the look-backs, and nobody is asked."""
        return self.source == LOOK_BACK

    @classmethod
    def from_data(cls, data: dict[str, Any], where: str) -> Group:
        """Read the written form; raises Invalid on what is no exact number."""
        without = data.get("without")
        return cls(
            group=data["group"],
            name_zh=data["name_zh"],
            weight=exact(data["weight"], f"{where}/weight"),
            denominator=Denominator(data["denominator"]) if data.get("denominator") else None,
            measure=Measure(data["measure"]) if data.get("measure") else None,
            source=data.get("source"),
            points={
                finding: exact(value, f"{where}/points/{finding}")
                for finding, value in data.get("points", {}).items()
            },
            over=data.get("over", "project"),
            without=None if without is None else exact(without, f"{where}/without"),
        )

    def to_data(self) -> dict[str, Any]:
        """The written form; what is as the method has it is left out."""
        data: dict[str, Any] = {
            "group": self.group,
            "name_zh": self.name_zh,
            "weight": str(self.weight),
        }
        if self.denominator:
            data["denominator"] = self.denominator.value
        if self.measure:
            data["measure"] = self.measure.value
        if self.is_look_back:
            data |= {"source": LOOK_BACK, "over": self.over}
            data["points"] = {finding: str(value) for finding, value in self.points.items()}
        if self.without is not None:
            data["without"] = str(self.without)
        return data

    def mistakes(self) -> Iterable[tuple[str, str]]:
        """What contradicts itself, with the place."""
        if not self.is_look_back:
            if self.without is not None or self.points:
                yield "/source", f"分值只用于 {LOOK_BACK} (points go with look-backs only)"
            return
        if set(self.points) != set(FINDINGS):
            yield "/points", f"须逐一给出 {'、'.join(FINDINGS)} 的分值 (points of each finding)"
        given = [*self.points.values(), self.without or Fraction(0)]
        if any(value > 100 for value in given):
            yield "/points", "分值为0至100 (points are from 0 to 100)"
        if self.denominator or self.measure:
            yield "/denominator", "回头看不计票,没有基数 (look-backs have no marks)"
