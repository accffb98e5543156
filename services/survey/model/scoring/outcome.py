"""What all groups together make of a line: weights, look-backs as a source, the headline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..basis import Effect
from ..form import Item
from ..method import Formula, Group
from .adjustment import adjust, lowered
from .counted import Counted
from .figure import Figure, Rate
from .group_item import GroupItem
from .marks import Judged
from .problem import Problem
from .weighing import GROUPS, Part, total, weighed
from .words import COMPOSITE, Words, called_group


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


def outcome_of(
    formula: Formula,
    item: Item,
    judged_by: Mapping[str, GroupItem],
    groups: Sequence[Counted],
    basis: Sequence[Mapping[str, Any]],
) -> tuple[Outcome, list[Problem]]:
    """What the groups together make of it, or which of them lacks."""
    if not judged_by:
        return Outcome(None, None), []
    if not formula.groups:
        return _of_one_group(formula, item, judged_by, groups, basis)
    parts, problems = _parts(formula, item, judged_by, groups)
    if problems:
        return Outcome(None, None), problems
    source = formula.look_back_source
    if source is None:
        whole = weighed(formula, parts, GROUPS)
        return _adjusted(formula, whole, _composite(formula, parts, None), basis), []
    value = source_value(source, basis)
    composite = _composite(formula, parts, (source, value))
    return Outcome(None, composite, _weights_said(source, value)), []


def _of_one_group(
    formula: Formula,
    item: Item,
    judged_by: Mapping[str, GroupItem],
    groups: Sequence[Counted],
    basis: Sequence[Mapping[str, Any]],
) -> tuple[Outcome, list[Problem]]:
    if len(judged_by) > 1:
        asked = [one for one in groups if one.group in judged_by]
        called = [called_group(formula, one.group, one.title) for one in asked]
        zh, en = "、".join(one.zh for one in called), ", ".join(one.en for one in called)
        return Outcome(None, None), [
            Problem(
                "groups-not-weighed",
                item.name,
                Words(
                    f"测评办法未规定{zh}的权重,无法合成得分;请在办法中写明测评主体 (groups) 及权重",
                    f"the method does not weigh {en}; give it groups with weights",
                ),
            )
        ]
    (only,) = judged_by.values()
    if only.judged is None:
        return Outcome(None, None), []
    composite = replace(only.judged.rates[formula.measure], name="composite")
    return _adjusted(formula, only.judged, composite, basis), []


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


def _adjusted(
    formula: Formula, whole: Judged, composite: Figure, basis: Sequence[Mapping[str, Any]]
) -> Outcome:
    changed = adjust(formula, whole, basis)
    if changed is None:
        return Outcome(whole, composite)
    lower = [e for e in basis if e["effect"] == Effect.DEDUCT and e["rate"] == formula.measure]
    if lower:
        composite = lowered(composite, lower)
    rates = whole.rates | changed.rates
    return Outcome(replace(changed.judged, rates=rates), composite, changed.said)
