"""The score: counts, rates and grade of every item, by the method's formula.

Rates are exact fractions; they are rounded once, when a percentage is printed for people, half up
(四舍五入).  An item without a denominator (nobody answered it) has neither rates nor a grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .method import Denominator, Formula


@dataclass(frozen=True)
class Rate:
    """``part`` of ``whole`` (> 0), kept as counted: 122/126 is not shortened to 61/63."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part}/{self.whole}"

    @property
    def exact(self) -> Fraction:
        """The value, from 0 to 1."""
        return Fraction(self.part, self.whole)

    def percent(self, places: int) -> str:
        """The percentage with ``places`` decimals, half rounded up: 125 of 126 is ``99.21``."""
        scaled = 100 * 10**places * self.part
        rounded = (2 * scaled + self.whole) // (2 * self.whole)
        digits = str(rounded).rjust(places + 1, "0")
        return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@dataclass(frozen=True)
class ItemScore:
    """What came out for one project or sub-item.

    ``counts``: marks per option, all options of the method in its order.  ``shares``: the part of
    each option that counts in the denominator.
    """

    counts: dict[str, int]
    denominator: int
    shares: dict[str, Rate]
    top1: Rate | None
    top2: Rate | None
    grade: str | None


def score_item(
    formula: Formula, counts: Mapping[str, int], *, eligible: int, returned: int
) -> ItemScore:
    """Score one item from its marks; ``eligible`` may answer, ``returned`` did.

    Needs marks ≤ returned ≤ eligible, which the tally keeps.
    """
    marks = {code: counts[code] for code in formula.codes}
    counted = [option.code for option in formula.options if option.counts_in_denominator]
    whole = {
        Denominator.ELIGIBLE: eligible,
        Denominator.RETURNED: returned,
        Denominator.VALID: sum(marks[code] for code in counted),
    }[formula.denominator]
    if whole == 0:
        return ItemScore(marks, 0, {}, None, None, None)
    return ItemScore(
        counts=marks,
        denominator=whole,
        shares={code: Rate(marks[code], whole) for code in counted},
        top1=Rate(sum(marks[code] for code in formula.top1), whole),
        top2=Rate(sum(marks[code] for code in formula.top2), whole),
        grade=_grade(formula, marks, whole),
    )


def _grade(formula: Formula, marks: Mapping[str, int], whole: int) -> str | None:
    for step in formula.grades:
        if step.threshold.met_by(sum(marks[code] for code in step.sum), whole):
            return step.grade
    return formula.otherwise
