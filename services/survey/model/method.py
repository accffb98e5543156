"""The assessment method (测评办法): which marks can be given, and how they become a score.

No statute fixes the formula: the Supervision Law (监督法, 2024) does not know the assessment at
all, and every congress adopts its own method.  So options, denominator, rates, the rule of the
grade and the rounding are data of an adopted record, and a changed method is a new record that
names the one it supersedes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.commons.aggregate import new_id
from services.commons.errors import Invalid
from services.commons.method import Method
from services.commons.rules import Threshold

from .basis import LookBackRule


class Denominator(StrEnum):
    """What a rate is a share of.

    ``ELIGIBLE``: all who may answer (全体组成人员, Zhenhai 2022).  ``RETURNED``: all who answered
    (收回票数, Zhanyi 2019).  ``VALID``: of one item, the marks of the options that count; blanks do
    not (Shenzhen 2011, art. 7).
    """

    ELIGIBLE = "eligible"
    RETURNED = "returned"
    VALID = "valid"


@dataclass(frozen=True)
class Option:
    """One mark that a deputy can give: 满意, 基本满意, 不满意, and often 弃权.

    ``counts_in_denominator``: false only where the denominator is the valid marks, usually for
    abstaining.
    """

    code: str
    name_zh: str
    counts_in_denominator: bool = True


@dataclass(frozen=True)
class GradeStep:
    """The ``grade`` is given when the marks of ``sum`` together meet the threshold."""

    grade: str
    sum: tuple[str, ...]
    threshold: Threshold


@dataclass(frozen=True)
class Formula:
    """How counted marks become two rates and a grade.

    ``top1`` and ``top2``: the codes whose sum is the satisfaction rate (满意率) and the rate of
    satisfied and basically satisfied (满意和基本满意率).  ``grades``: tried in order; the first
    that is met holds, else ``otherwise``; no steps and no ``otherwise`` is a method of rates only.
    ``places``: decimal places of a printed percentage, half rounded up (四舍五入); everything
    before printing is exact.  ``look_back``: what look-backs at former projects do, None: nothing.
    """

    options: tuple[Option, ...]
    denominator: Denominator
    top1: tuple[str, ...]
    top2: tuple[str, ...]
    grades: tuple[GradeStep, ...]
    otherwise: str | None
    places: int
    look_back: LookBackRule | None = None

    @property
    def codes(self) -> list[str]:
        """The codes of all options, in the order of the form."""
        return [option.code for option in self.options]

    @property
    def ranking(self) -> list[str]:
        """The grades, the best first."""
        ranked = [step.grade for step in self.grades]
        return [*ranked, self.otherwise] if self.otherwise is not None else ranked

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Formula:
        """Read a method's ``parameters``; raises Invalid, with the places, if they contradict."""
        formula = cls(
            options=tuple(Option(**option) for option in data["options"]),
            denominator=Denominator(data["denominator"]),
            top1=tuple(data["rates"]["top1"]),
            top2=tuple(data["rates"]["top2"]),
            grades=tuple(
                GradeStep(
                    step["grade"],
                    tuple(step["sum"]),
                    Threshold.from_data(step, where=f"/parameters/grades/{number}"),
                )
                for number, step in enumerate(data["grades"])
            ),
            otherwise=data["otherwise"],
            places=data["rounding"],
            look_back=LookBackRule.from_data(data.get("look_back")),
        )
        mistakes = list(formula._mistakes())
        if mistakes:
            raise Invalid(
                "formula-contradicts-itself",
                "the parameters of the method contradict each other",
                "测评办法的参数自相矛盾",
                errors=[{"pointer": f"/parameters{at}", "detail": why} for at, why in mistakes],
            )
        return formula

    def to_data(self) -> dict[str, Any]:
        """The written form, as :meth:`from_data` reads it."""
        look_back = {"look_back": self.look_back.to_data()} if self.look_back else {}
        return look_back | {
            "options": [vars(option) for option in self.options],
            "denominator": self.denominator.value,
            "rates": {"top1": list(self.top1), "top2": list(self.top2)},
            "grades": [
                {"grade": step.grade, "sum": list(step.sum), **step.threshold.to_data()}
                for step in self.grades
            ],
            "otherwise": self.otherwise,
            "rounding": self.places,
        }

    def _mistakes(self) -> Iterable[tuple[str, str]]:
        if len(set(self.codes)) < len(self.codes):
            yield "/options", "选项代码重复 (a code stands twice)"
        counted = {option.code for option in self.options if option.counts_in_denominator}
        all_count = all(option.counts_in_denominator for option in self.options)
        if self.denominator is not Denominator.VALID and not all_count:
            yield (
                "/denominator",
                "只有以有效票为基数时,选项才可不计入基数"
                " (an option can stay out of the denominator only where that is 'valid')",
            )
        sums = [("/rates/top1", self.top1), ("/rates/top2", self.top2)]
        sums += [(f"/grades/{n}/sum", step.sum) for n, step in enumerate(self.grades)]
        for at, codes in sums:
            if not codes or len(set(codes)) < len(codes) or not set(codes) <= counted:
                yield (
                    at,
                    "须为计入基数的选项代码,且不重复"
                    " (codes of options that count in the denominator, each once)",
                )
        if not set(self.top1) <= set(self.top2):
            yield "/rates/top2", "须包含 top1 的全部选项 (must contain all of top1)"
        if (self.otherwise is None) != (not self.grades):
            yield "/otherwise", "有等次规则时必填,否则为空 (given if and only if grades are)"
        if self.look_back is not None:
            yield from self.look_back.mistakes(self.ranking)


@dataclass(eq=False, kw_only=True)
class AssessmentMethod(Method):
    """A written method of assessment (测评办法) with its formula as data.

    From its adoption (``adopted_on``, by the body ``adopted_by``) on questionnaires can use it.
    """

    called = "测评办法"

    id: str
    title: str
    text: str
    parameters: dict[str, Any]
    supersedes: str | None
    drafted_on: dt.date
    recorded_at: dt.datetime
    adopted_by: str | None = None
    adopted_on: dt.date | None = None
    version: int = 0

    @classmethod
    def draft(
        cls,
        *,
        title: str,
        text: str,
        parameters: dict[str, Any],
        supersedes: str | None,
        drafted_on: dt.date,
        recorded_at: dt.datetime,
    ) -> AssessmentMethod:
        """A method not adopted yet; raises Invalid if its parameters make no formula."""
        return cls(
            id=new_id(),
            title=title,
            text=text,
            parameters=Formula.from_data(parameters).to_data(),
            supersedes=supersedes,
            drafted_on=drafted_on,
            recorded_at=recorded_at,
        )

    @property
    def formula(self) -> Formula:
        """The formula that the parameters describe."""
        return Formula.from_data(self.parameters)
