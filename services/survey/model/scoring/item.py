"""One line of the form: every group's judgement of it, weighed, and what look-backs change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any

from ..form import Item
from ..method import Dimension, Formula
from .adjustment import Adjusted, adjust
from .counted import Counted
from .group_item import GroupItem, by_group, of_dimensions
from .outcome import Outcome, outcome_of
from .problem import Problem


@dataclass(frozen=True)
class ItemScore:
    """One line; ``leading``: what the first group that is asked about it said, after look-backs."""

    item: Item
    groups: dict[str, GroupItem]
    leading: GroupItem | None
    adjusted: Adjusted | None
    outcome: Outcome
    problems: tuple[Problem, ...] = field(default=())


def score_item(
    formula: Formula,
    item: Item,
    groups: Sequence[Counted],
    dimensions: Sequence[Dimension],
    basis: Sequence[Mapping[str, Any]],
) -> ItemScore:
    """Score one line by every group that is asked about it."""
    asked = [one for one in groups if any(one.asks(f"{d.code}:{item.item_id}") for d in dimensions)]
    judged_by: dict[str, GroupItem] = {}
    problems: list[Problem] = []
    for one in asked:
        judged_by[one.group], found = by_group(formula, item, one, dimensions)
        problems += found
    mine = [one for one in basis if item.item_id in one["items"]]
    leading = _leading(formula, judged_by)
    adjusted = adjust(formula, leading.judged, mine) if leading and leading.judged else None
    outcome, lacking = outcome_of(formula, item, judged_by, groups, mine)
    return ItemScore(item, judged_by, leading, adjusted, outcome, (*problems, *lacking))


def pooled(
    formula: Formula,
    name: str,
    scores: Sequence[ItemScore],
    dimensions: Sequence[Dimension],
    groups: Sequence[Counted],
) -> tuple[Outcome, list[Problem]]:
    """Several lines as one: the marks of each group and dimension added, then weighed."""
    groups_of: dict[str, GroupItem] = {}
    for group in dict.fromkeys(group for score in scores for group in score.groups):
        parts = [score.groups[group] for score in scores if group in score.groups]
        marks = {
            d.code: reduce(add, [part.marks[d.code] for part in parts if d.code in part.marks])
            for d in dimensions
            if any(d.code in part.marks for part in parts)
        }
        groups_of[group] = of_dimensions(formula, group, marks, dimensions)
    item = Item(name, name, "pooled", name)
    return outcome_of(formula, item, groups_of, groups, [])


def _leading(formula: Formula, judged_by: Mapping[str, GroupItem]) -> GroupItem | None:
    """Of the groups in the method's order the first that is asked, else of those in the form's."""
    order = [group.group for group in formula.groups] or list(judged_by)
    return next((judged_by[one] for one in (*order, *judged_by) if one in judged_by), None)
