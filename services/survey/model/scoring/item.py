"""One line of the form: every group's judgement of it, weighed, and what look-backs change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from ..basis import Effect
from ..form import Item
from ..method import Dimension, Formula, Group
from .counted import Counted
from .figure import Figure, Rate
from .marks import Judged, Marks, judged, marks_on
from .problem import Problem
from .uncertainty import Bounds, Sampled, uncertainty
from .weighing import DIMENSIONS, GROUPS, Part, total, weighed
from .weighted import weighted, weights_of
from .words import COMPOSITE, Words, option


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


@dataclass(frozen=True)
class Outcome:
    """What a line, a project or the whole came to.

    ``judged``: by all groups together; None where they cannot be weighed, or look-backs are among
    them.  ``composite``: the headline (综合得分).  ``said``: how it was reached.
    """

    judged: Judged | None
    composite: Figure | None
    said: tuple[Words, ...] = ()

    @property
    def grade(self) -> str | None:
        """The grade by all groups together."""
        return self.judged.grade if self.judged else None

    def measured(self, name: str) -> Figure | None:
        """``top1``, ``top2``, ``mean`` or ``composite``."""
        if name == "composite":
            return self.composite
        return self.judged.rates.get(name) if self.judged else None


@dataclass(frozen=True)
class Adjusted:
    """What look-backs did to a judgement: the grade before, rates after, and which they were."""

    judged: Judged
    counted_grade: str | None
    rates: dict[str, Figure]
    look_backs: list[str]
    said: tuple[Words, ...] = ()


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
        judged_by[one.group], found = _by_group(formula, item, one, dimensions)
        problems += found
    mine = [one for one in basis if item.item_id in one["items"]]
    leading = _leading(formula, judged_by)
    adjusted = adjust(formula, leading.judged, mine) if leading and leading.judged else None
    outcome, lacking = _outcome(formula, item, judged_by, groups, mine)
    return ItemScore(item, judged_by, leading, adjusted, outcome, (*problems, *lacking))


def pooled(
    formula: Formula,
    name: str,
    scores: Sequence[ItemScore],
    dimensions: Sequence[Dimension],
    groups: Sequence[Counted],
) -> tuple[Outcome, list[Problem]]:
    """Several lines as one: the marks of each group and dimension added, then weighed."""
    by_group: dict[str, GroupItem] = {}
    for group in dict.fromkeys(group for score in scores for group in score.groups):
        parts = [score.groups[group] for score in scores if group in score.groups]
        marks = {
            d.code: reduce(add, [part.marks[d.code] for part in parts if d.code in part.marks])
            for d in dimensions
            if any(d.code in part.marks for part in parts)
        }
        by_group[group] = _weighed_dimensions(formula, group, marks, dimensions)
    item = Item(name, name, "pooled", name)
    return _outcome(formula, item, by_group, groups, [])


def _by_group(
    formula: Formula, item: Item, counted: Counted, dimensions: Sequence[Dimension]
) -> tuple[GroupItem, list[Problem]]:
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
        if sure := uncertainty(formula, counted, key, weights):
            sureness[dimension.code] = sure
    group = _weighed_dimensions(formula, counted.group, marks, dimensions)
    return replace(group, sureness=sureness), problems


def _weighed_dimensions(
    formula: Formula, group: str, marks: dict[str, Marks], dimensions: Sequence[Dimension]
) -> GroupItem:
    each = {code: judged(formula, one) for code, one in marks.items()}
    parts = [Part(d.code, d.weight, each[d.code]) for d in dimensions if d.code in each]
    whole = weighed(formula, parts, DIMENSIONS) if len(parts) == len(dimensions) else None
    return GroupItem(group, marks, each, whole)


def _leading(formula: Formula, judged_by: Mapping[str, GroupItem]) -> GroupItem | None:
    """Of the groups in the method's order the first that is asked, else of those in the form's."""
    order = [group.group for group in formula.groups] or list(judged_by)
    return next((judged_by[one] for one in (*order, *judged_by) if one in judged_by), None)


def _outcome(
    formula: Formula,
    item: Item,
    judged_by: Mapping[str, GroupItem],
    groups: Sequence[Counted],
    basis: Sequence[Mapping[str, Any]],
) -> tuple[Outcome, list[Problem]]:
    if not judged_by:
        return Outcome(None, None), []
    if not formula.groups:
        return _of_one_group(formula, item, judged_by, basis)
    parts, problems = _parts(formula, item, judged_by, groups)
    if problems:
        return Outcome(None, None), problems
    source = formula.look_back_source
    if source is None:
        whole = weighed(formula, parts, GROUPS)
        return _adjusted_outcome(formula, whole, _composite(formula, parts, None), basis), []
    value = source_value(source, basis)
    composite = _composite(formula, parts, (source, value))
    return Outcome(None, composite, _weights_said(source, value)), []


def _of_one_group(
    formula: Formula,
    item: Item,
    judged_by: Mapping[str, GroupItem],
    basis: Sequence[Mapping[str, Any]],
) -> tuple[Outcome, list[Problem]]:
    if len(judged_by) > 1:
        named = "、".join(judged_by)
        return Outcome(None, None), [
            Problem(
                "groups-not-weighed",
                item.name,
                Words(
                    f"测评办法未规定 {named} 的权重,无法合成得分",
                    f"the method does not weigh {named}; give it groups with weights",
                ),
            )
        ]
    (only,) = judged_by.values()
    if only.judged is None:
        return Outcome(None, None), []
    composite = replace(only.judged.rates[formula.measure], name="composite")
    return _adjusted_outcome(formula, only.judged, composite, basis), []


def _parts(
    formula: Formula, item: Item, judged_by: Mapping[str, GroupItem], groups: Sequence[Counted]
) -> tuple[list[Part], list[Problem]]:
    """What is weighed, or which group lacks; nothing is weighed without one of them."""
    parts, problems = [], []
    known = {one.group for one in groups}
    for group in formula.groups:
        if group.is_look_back:
            continue
        found = judged_by.get(group.group)
        if found is not None and found.judged is not None:
            parts.append(Part(group.group, group.weight, found.judged))
        elif group.group not in known:
            problems.append(_lacks("group-missing", item, group, "没有计票数据", "is not there"))
        elif found is None:
            problems.append(
                _lacks("group-not-asked", item, group, "未被问及", "was not asked about it")
            )
        else:
            problems.append(
                _lacks("group-without-answers", item, group, "没有可计的票", "has nothing to weigh")
            )
    return parts, problems


def _lacks(code: str, item: Item, group: Group, zh: str, en: str) -> Problem:
    return Problem(
        code,
        item.name,
        Words(
            f"“{item.name}”:{group.name_zh}({group.group})权重 {group.weight},{zh},"
            "综合得分无法计算",
            f'"{item.name}": {group.group} weighs {group.weight} and {en}; no composite score',
        ),
    )


def _composite(
    formula: Formula, parts: Sequence[Part], look_back: tuple[Group, Figure | None] | None
) -> Figure:
    measures = {group.group: group.measure or formula.measure for group in formula.groups}
    each = [(part.weight, part.judged.rates[measures[part.name]]) for part in parts]
    if look_back and look_back[1] is not None:
        each.append((look_back[0].weight, look_back[1]))
    whole = sum(weight for weight, _ in each)
    return total("composite", COMPOSITE, GROUPS, [(weight / whole, one) for weight, one in each])


def _weights_said(source: Group, value: Figure | None) -> tuple[Words, ...]:
    if value is not None:
        return (
            Words(
                f"{source.name_zh}:{value.formula.zh} = {value.worked} = {value.rate}",
                f"{source.group}: {value.formula.en} = {value.worked} = {value.rate}",
            ),
        )
    return (
        Words(
            f"{source.name_zh}:无对应回头看,其余主体按权重比例分担",
            f"{source.group}: no look-back goes to it; the others count in proportion",
        ),
    )


def source_value(source: Group, basis: Sequence[Mapping[str, Any]]) -> Figure | None:
    """What look-backs give a line: the mean of their points; None where none goes to it."""
    points = [Fraction(one["value"]) for one in basis if one["effect"] == Effect.SOURCE]
    if not points:
        if source.without is None:
            return None
        points = [source.without]
    return Figure(
        "look-back",
        Words(source.name_zh, source.group),
        Words("回头看分值的平均 ÷ 100", "mean of the look-backs' points ÷ 100"),
        Rate.of(sum(points, Fraction(0)) / len(points) / 100),
        f"({' + '.join(map(str, points))}) ÷ {len(points)} ÷ 100",
    )


def _adjusted_outcome(
    formula: Formula, whole: Judged, composite: Figure, basis: Sequence[Mapping[str, Any]]
) -> Outcome:
    changed = adjust(formula, whole, basis)
    if changed is None:
        return Outcome(whole, composite)
    lower = [e for e in basis if e["effect"] == Effect.DEDUCT and e["rate"] == formula.measure]
    if lower:
        composite = _lowered(composite, lower)
    rates = whole.rates | changed.rates
    return Outcome(replace(changed.judged, rates=rates), composite, changed.said)


def adjust(formula: Formula, before: Judged, basis: Sequence[Mapping[str, Any]]) -> Adjusted | None:
    """What caps and deductions do; None where none of them touches the line."""
    caps = [one for one in basis if one["effect"] == Effect.CAP]
    cuts = [one for one in basis if one["effect"] == Effect.DEDUCT]
    if not caps and not cuts:
        return None
    grade = _capped(formula, before.grade, [one["grade"] for one in caps])
    rates = {
        name: _lowered(figure, off)
        for name, figure in before.rates.items()
        if (off := [one for one in cuts if one["rate"] == name])
    }
    return Adjusted(
        judged=replace(before, grade=grade),
        counted_grade=before.grade,
        rates=rates,
        look_backs=sorted({one["look_back_id"] for one in (*caps, *cuts)}),
        said=_capping_said(formula, before.grade, grade),
    )


def _capped(formula: Formula, grade: str | None, caps: list[str]) -> str | None:
    """The worst of them; a method of rates only has none."""
    return None if grade is None else max([grade, *caps], key=formula.ranking.index)


def _capping_said(formula: Formula, before: str | None, after: str | None) -> tuple[Words, ...]:
    if before == after or before is None or after is None:
        return ()
    old, new = option(formula, before), option(formula, after)
    return (
        Words(
            f"回头看:等次由“{old.zh}”降为“{new.zh}”",
            f'look-back: the grade goes from "{old.en}" to "{new.en}"',
        ),
    )


def _lowered(figure: Figure, cuts: Sequence[Mapping[str, Any]]) -> Figure:
    """A rate after deductions, never below 0."""
    shares = [Fraction(one["share"]) for one in cuts]
    left = max(figure.exact - sum(shares, Fraction(0)), Fraction(0))
    return replace(
        figure,
        formula=Words(f"{figure.formula.zh} − 回头看扣减", f"{figure.formula.en} − look-backs"),
        rate=Rate.of(left),
        worked=f"{figure.rate} − {' − '.join(map(str, shares))}",
    )
