"""How sub-items make a project and projects make the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..form.item import PROJECT, SUB_ITEM
from ..method import Aggregation, By, Dimension, Formula, From
from .adjustment import adjust
from .counted import Counted
from .figure import Figure
from .item import ItemScore, pooled
from .marks import Judged
from .outcome import Outcome
from .problem import Problem
from .weighing import Part, total, weighed
from .words import COMPOSITE, Words, grade

MEAN = Words("各项的平均", "mean of the parts")
LOWEST = Words("各项中最低者", "lowest of the parts")


@dataclass(frozen=True)
class ProjectScore:
    """A project (民生实事项目) and the lines that it is made of."""

    project_id: str
    name: str
    aggregation: Aggregation
    parts: list[str]
    outcome: Outcome


@dataclass(frozen=True)
class OverallScore:
    """The whole year (总体)."""

    aggregation: Aggregation
    parts: list[str]
    outcome: Outcome


@dataclass(frozen=True)
class Aggregator:
    """What is needed to add up lines."""

    formula: Formula
    groups: Sequence[Counted]
    dimensions: Sequence[Dimension]
    basis: Sequence[Mapping[str, Any]]
    names: Mapping[str, str]

    def projects(self, scores: Sequence[ItemScore]) -> tuple[list[ProjectScore], list[Problem]]:
        """The year's projects, in the form's order; one without what it is made of is a problem.

        A project of which nothing was asked that the method wants is left out.
        """
        made: list[ProjectScore] = []
        problems: list[Problem] = []
        lines = [score for score in scores if score.item.kind in (PROJECT, SUB_ITEM)]
        for project_id in dict.fromkeys(score.item.project_id for score in lines):
            mine = [score for score in lines if score.item.project_id == project_id]
            parts = self._parts(mine)
            name = self._name(project_id, mine)
            if not parts:
                if self.formula.project.made_from is From.SUB_ITEMS or self._needed(From.PROJECTS):
                    problems.append(_nothing(name))
                continue
            outcome, found = self._project(name, parts)
            problems += found
            parted = [score.item.item_id for score in parts]
            made.append(ProjectScore(project_id, name, self.formula.project, parted, outcome))
        return made, problems

    def overall(
        self, scores: Sequence[ItemScore], projects: Sequence[ProjectScore]
    ) -> tuple[OverallScore | None, list[Problem]]:
        """The whole, where the method makes one."""
        made = self.formula.overall
        if made is None:
            return None, []
        if made.made_from is From.SUB_ITEMS:
            lines = _sub_items(scores)
            ids = [score.item.item_id for score in lines]
            parts = [(score.item.name, score.outcome) for score in lines]
        else:
            ids = [project.project_id for project in projects]
            parts = [(project.name, project.outcome) for project in projects]
            by_id = {score.item.item_id: score for score in scores}
            lines = [by_id[part] for project in projects for part in project.parts]
        if not parts:
            return None, [_nothing("总体")]
        outcome, problems = self._together("总体", made, parts, lines)
        return OverallScore(made, ids, outcome), problems

    def _needed(self, source: From) -> bool:
        return self.formula.overall is not None and self.formula.overall.made_from is source

    def _parts(self, lines: Sequence[ItemScore]) -> list[ItemScore]:
        """The lines that make a project; one without sub-items is its own line."""
        own = [score for score in lines if score.item.kind == PROJECT and score.groups]
        subs = [score for score in lines if score.item.kind == SUB_ITEM and score.groups]
        return own if self.formula.project.made_from is From.OWN else subs or own

    def _name(self, project_id: str, lines: Sequence[ItemScore]) -> str:
        own = [score.item.name for score in lines if score.item.item_id == project_id]
        return self.names.get(project_id) or (own[0] if own else lines[0].item.name)

    def _project(self, name: str, parts: Sequence[ItemScore]) -> tuple[Outcome, list[Problem]]:
        if self.formula.project.by is None:
            return parts[0].outcome, []
        named = [(score.item.name, score.outcome) for score in parts]
        outcome, problems = self._together(name, self.formula.project, named, parts)
        touched = {score.item.item_id for score in parts}
        caps = [one for one in self.basis if one["effect"] == "cap" and touched & set(one["items"])]
        changed = adjust(self.formula, outcome.judged, caps) if outcome.judged else None
        if changed is None:
            return outcome, problems
        said = (*outcome.said, *changed.said)
        return replace(outcome, judged=changed.judged, said=said), problems

    def _together(
        self,
        name: str,
        made: Aggregation,
        parts: Sequence[tuple[str, Outcome]],
        lines: Sequence[ItemScore],
    ) -> tuple[Outcome, list[Problem]]:
        # A part without a score has said why; without it nothing is taken together.
        if any(outcome.composite is None for _, outcome in parts):
            return Outcome(None, None), []
        if made.by is By.POOLED:
            return pooled(self.formula, name, lines, self.dimensions, self.groups)
        together = {By.MEAN: self._mean, By.LOWEST: self._lowest}[made.by or By.MEAN]
        return together([outcome for _, outcome in parts]), []

    def _mean(self, outcomes: Sequence[Outcome]) -> Outcome:
        weight = Fraction(1, len(outcomes))
        composites = [(weight, one.composite) for one in outcomes if one.composite]
        composite = total("composite", COMPOSITE, MEAN, composites)
        judgements = [one.judged for one in outcomes if one.judged]
        if len(judgements) < len(outcomes):
            return Outcome(None, composite)
        return Outcome(
            weighed(self.formula, [Part("", weight, one) for one in judgements], MEAN), composite
        )

    def _lowest(self, outcomes: Sequence[Outcome]) -> Outcome:
        composite = _least([one.composite for one in outcomes if one.composite])
        judgements = [one.judged for one in outcomes if one.judged]
        if len(judgements) < len(outcomes):
            return Outcome(None, composite)
        rates = {
            name: _least([one.rates[name] for one in judgements]) for name in judgements[0].rates
        }
        grades = [one.grade for one in judgements if one.grade is not None]
        if not grades:
            return Outcome(Judged({}, rates, None, None), composite)
        worst = max(grades, key=self.formula.ranking.index)
        called = grade(self.formula, worst)
        why = Words(f"等次:{LOWEST.zh},为“{called.zh}”", f'grade: the {LOWEST.en}: "{called.en}"')
        return Outcome(Judged({}, rates, worst, why), composite)


def _sub_items(scores: Sequence[ItemScore]) -> list[ItemScore]:
    """The year's sub-items that were asked about, and the projects that have none."""
    asked = [score for score in scores if score.groups]
    divided = {score.item.project_id for score in asked if score.item.kind == SUB_ITEM}
    return [
        score
        for score in asked
        if score.item.kind == SUB_ITEM
        or (score.item.kind == PROJECT and score.item.project_id not in divided)
    ]


def _least(figures: Sequence[Figure]) -> Figure:
    found = min(figures, key=lambda figure: figure.exact)
    return replace(
        found, formula=LOWEST, worked=f"min({', '.join(str(one.rate) for one in figures)})"
    )


def _nothing(name: str) -> Problem:
    return Problem(
        "nothing-to-aggregate",
        name,
        Words(
            f"“{name}”:没有测评办法所要求的测评项目,无法汇总",
            f'"{name}": nothing that the method makes it of was asked',
        ),
    )
