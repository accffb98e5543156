"""The marks that can be given, and what a rate is a share of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from services.commons.rules import Threshold

from .number import exact


class Denominator(StrEnum):
    """What a rate is a share of (计票基数).

    ``ELIGIBLE``: all who may answer (全体组成人员, Zhenhai 2022).  ``PRESENT``: those at the
    meeting (出席人员).  ``ISSUED``: the forms handed out (发出票数).  ``RETURNED``: all who
    answered (收回票数, Zhanyi 2019).  ``VALID``: of one item, the marks of the options that count;
    blanks do not (Shenzhen 2011, art. 7).
    """

    ELIGIBLE = "eligible"
    PRESENT = "present"
    ISSUED = "issued"
    RETURNED = "returned"
    VALID = "valid"


class Measure(StrEnum):
    """What one number is made of the marks.

    ``TOP1``, ``TOP2``: the two rates.  ``MEAN``: the mean of the options' values, as a part of the
    full mark (满分).
    """

    TOP1 = "top1"
    TOP2 = "top2"
    MEAN = "mean"


@dataclass(frozen=True)
class Option:
    """One mark that can be given: 满意, 基本满意, 不满意, and often 弃权.

    ``counts_in_denominator``: false only where the denominator is the valid marks, usually for
    abstaining.  ``value``: its points (分值), where the method takes means.  ``name_en``: for forms
    in English.
    """

    code: str
    name_zh: str
    counts_in_denominator: bool = True
    value: Fraction | None = None
    name_en: str | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any], where: str) -> Option:
        """Read the written form; raises Invalid on a value that is no exact number."""
        value = data.get("value")
        return cls(
            data["code"],
            data["name_zh"],
            data["counts_in_denominator"],
            None if value is None else exact(value, f"{where}/value"),
            data.get("name_en"),
        )

    def to_data(self) -> dict[str, Any]:
        """The written form; without a value and an English name where there are none."""
        value = None if self.value is None else str(self.value)
        more = {"value": value, "name_en": self.name_en}
        return {
            "code": self.code,
            "name_zh": self.name_zh,
            "counts_in_denominator": self.counts_in_denominator,
        } | {name: said for name, said in more.items() if said is not None}


@dataclass(frozen=True)
class GradeStep:
    """The ``grade`` is given when the marks of ``sum`` together meet the threshold."""

    grade: str
    sum: tuple[str, ...]
    threshold: Threshold

    @classmethod
    def from_data(cls, data: dict[str, Any], where: str) -> GradeStep:
        """Read the written form; raises Invalid on a malformed threshold."""
        return cls(data["grade"], tuple(data["sum"]), Threshold.from_data(data, where=where))

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return {"grade": self.grade, "sum": list(self.sum), **self.threshold.to_data()}
