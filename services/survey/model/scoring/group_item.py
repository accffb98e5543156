"""What one group said of one line: marks by dimension, weighed, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..form import Item
from ..method import Dimension, Formula
from .counted import Counted
from .marks import Judged, Marks, judged, marks_on
from .problem import Problem
from .uncertainty import Bounds, Sampled, uncertainty
from .weighing import DIMENSIONS, Part, weighed
from .weighted import weighted, weights_of


@dataclass(frozen=True)
class GroupItem:
    """One group on one line: marks by dimension, None where they have no denominator.

    ``sureness``: of each dimension's headline rate.
    """

    group: str
    marks: dict[str, Marks]
    dimensions: dict[str, Judged]
    judged: Judged | None
    sureness: dict[str, Bounds | Sampled] = field(default_factory=dict)


def by_group(
    formula: Formula, item: Item, counted: Counted, dimensions: Sequence[Dimension]
) -> tuple[GroupItem, list[Problem]]:
    """The judgement of one group on one line, and why a dimension of it has none."""
    marks: dict[str, Marks] = {}
    sureness: dict[str, Bounds | Sampled] = {}
    problems: list[Problem] = []
    for dimension in dimensions:
        key = f"{dimension.code}:{item.item_id}"
        weights = weights_of(formula, counted, key)
        found = marks_on(formula, counted, key, item.name)
        refused = [one for one in (found, weights) if isinstance(one, Problem)]
        problems += refused
        if isinstance(found, Problem) or isinstance(weights, Problem):
            continue
        if weights is not None:
            found = replace(found, weighted=weighted(formula, counted, key, weights))
        marks[dimension.code] = found
        if sure := uncertainty(formula, counted, key, weights, found.weighted):
            sureness[dimension.code] = sure
    group = of_dimensions(formula, counted.group, marks, dimensions)
    return replace(group, sureness=sureness), problems


def of_dimensions(
    formula: Formula, group: str, marks: dict[str, Marks], dimensions: Sequence[Dimension]
) -> GroupItem:
    """The dimensions weighed together; without one of them there is no judgement."""
    each = {code: judged(formula, one) for code, one in marks.items()}
    parts = [Part(d.code, d.weight, each[d.code]) for d in dimensions if d.code in each]
    whole = weighed(formula, parts, DIMENSIONS) if len(parts) == len(dimensions) else None
    return GroupItem(group, marks, each, whole)
