"""The score of a questionnaire (测评结果): every figure with how it was reached.

One pass computes the figures and says each step; nothing is computed twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from services.commons.errors import Conflict

from ..form.item import FORMER_PROJECT, FORMER_SUB_ITEM, PROJECT, SUB_ITEM, Item
from ..method import Dimension, Formula
from .announcement import as_data
from .consequence import Consequence, Subject, consequences, failing
from .counted import Counted
from .explanation import Step, explanation
from .item import ItemScore, score_item
from .problem import Problem
from .telling import as_told
from .whole import Aggregator, OverallScore, ProjectScore
from .words import Words, called_group

#: The grade question of the plain form.
GRADE = "grade"


@dataclass(frozen=True)
class Score:
    """Everything that came out.

    ``failures``: by line, project or ``overall``, how often in a row it has now been below a line.
    ``problems``: why a figure that the method wants is not there.
    """

    formula: Formula
    groups: list[Counted]
    dimensions: list[Dimension]
    items: list[ItemScore]
    projects: list[ProjectScore]
    overall: OverallScore | None
    consequences: list[Consequence]
    failures: dict[str, int]
    problems: list[Problem]
    as_of: dt.date | dt.datetime

    def called(self, group: str) -> Words:
        """What a group is called."""
        titles = {one.group: one.title for one in self.groups}
        return called_group(self.formula, group, titles.get(group, ""))

    @property
    def steps(self) -> list[Step]:
        """How each figure was reached, in words."""
        return explanation(self)

    def told(self) -> dict[str, Any]:
        """What the event of the publication says of it."""
        return as_told(self.to_data())

    def to_data(self, *, steps: bool = False) -> dict[str, Any]:
        """Everything that is published; with ``steps``, also how it was reached."""
        return as_data(self, steps=steps)


def score(
    formula: Formula,
    items: Iterable[Item],
    groups: Sequence[Counted],
    *,
    as_of: dt.date | dt.datetime,
    grade_questions: Sequence[str] = (GRADE,),
    basis: Sequence[Mapping[str, Any]] | None = None,
    names: Mapping[str, str] | None = None,
    failures: Mapping[str, int] | None = None,
) -> Score:
    """Score the counts of all groups by the formula, as they stood on ``as_of``.

    ``grade_questions``: the form's, which are the dimensions; ``basis``: what look-backs do, as
    settled at the opening; ``names``: of projects by id, where they have no line of their own;
    ``failures``: how often in a row a line, a project or the ``overall`` failed before.
    """
    groups = _in_order(formula, groups)
    dimensions, problems = _dimensions(formula, grade_questions)
    basis = basis or []
    scores = [score_item(formula, item, groups, dimensions, basis) for item in items]
    problems += [problem for one in scores for problem in one.problems]
    together = Aggregator(formula, groups, dimensions, basis, names or {})
    projects, lacking = together.projects(scores)
    overall, missing = together.overall(scores, projects)
    subjects = _subjects(scores, projects, overall)
    failed = failing(formula, subjects, failures or {})
    return Score(
        formula=formula,
        groups=groups,
        dimensions=dimensions,
        items=scores,
        projects=projects,
        overall=overall,
        consequences=consequences(formula, subjects, failed),
        failures=failed,
        problems=list(dict.fromkeys([*problems, *lacking, *missing])),
        as_of=as_of,
    )


def _in_order(formula: Formula, groups: Sequence[Counted]) -> list[Counted]:
    """The groups that the method weighs in its order, the leading one first; then the others."""
    order = [group.group for group in formula.groups]
    return sorted(groups, key=lambda g: order.index(g.group) if g.group in order else len(order))


def check_fit(formula: Formula, grade_questions: Sequence[str]) -> None:
    """Conflict unless the method can score a form with these grade questions."""
    for problem in _dimensions(formula, grade_questions)[1]:
        raise Conflict(problem.code, problem.says.en, problem.says.zh)


def _dimensions(
    formula: Formula, grade_questions: Sequence[str]
) -> tuple[list[Dimension], list[Problem]]:
    """What is weighed of the form; without dimensions its only grade question.

    A form without any grade question, under a method without dimensions, has no grades to score.
    """
    if not formula.dimensions:
        if len(grade_questions) > 1:
            return [], [_misfit(grade_questions)]
        return [Dimension(code, Fraction(1)) for code in grade_questions], []
    missing = [d.code for d in formula.dimensions if d.code not in grade_questions]
    return ([], [_misfit(missing)]) if missing else (list(formula.dimensions), [])


def _misfit(codes: Sequence[str]) -> Problem:
    named = "、".join(codes)
    return Problem(
        "dimensions-do-not-fit",
        named,
        Words(
            f"测评办法的维度与测评表的评价题不符:{named}",
            f"the method's dimensions do not fit the form's grade questions: {named}",
        ),
    )


def _subjects(
    scores: Sequence[ItemScore], projects: Sequence[ProjectScore], overall: OverallScore | None
) -> list[Subject]:
    """What lines are held against: projects, sub-items, former ones too, and the whole."""
    found = [
        Subject("project", one.project_id, one.project_id, PROJECT, one.name, one.outcome)
        for one in projects
    ]
    of = {SUB_ITEM: "sub-item", FORMER_SUB_ITEM: "sub-item", FORMER_PROJECT: "project"}
    found += [
        Subject(
            of[line.kind],
            line.item_id,
            line.project_id,
            line.kind,
            line.name,
            one.outcome,
            line.former_year,
        )
        for one in scores
        if (line := one.item).kind in of
    ]
    if overall is not None:
        found.append(Subject("overall", None, None, "overall", "总体", overall.outcome))
    return found
