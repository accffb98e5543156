"""The score as data: what is published, and what stays as earlier readers know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .explanation import explanation
from .figure import HALF_UP, Figure, Rate
from .group_item import GroupItem
from .item import ItemScore
from .marks import Judged
from .outcome import Outcome
from .uncertainty import NOTES

if TYPE_CHECKING:
    from .score import Score

Data = dict[str, Any]


def as_data(score: Score, *, steps: bool = False) -> Data:
    """Items with the figures of the leading group, all groups, projects, the whole, consequences.

    ``steps``: how each was reached, in words.
    """
    places = score.formula.places
    leading = score.groups[0] if score.groups else None
    data: Data = {
        "eligible": leading.eligible if leading else None,
        "returned": leading.returned if leading else 0,
        "rounding": {"places": places, "rule": HALF_UP},
        "as_of": score.as_of.isoformat(),
        "items": [_item(score, one) for one in score.items],
        "groups": [_group(score, number) for number in range(len(score.groups))],
        "projects": [
            {
                "project_id": one.project_id,
                "name": one.name,
                **one.aggregation.to_data(),
                "parts": one.parts,
                **_outcome(score, one.outcome),
            }
            for one in score.projects
        ],
        "overall": score.overall
        and {
            **score.overall.aggregation.to_data(),
            "parts": score.overall.parts,
            **_outcome(score, score.overall.outcome),
        },
        "consequences": [one.to_data() for one in score.consequences],
        "problems": [one.to_data() for one in score.problems],
    }
    return data | ({"steps": [one.to_data() for one in explanation(score)]} if steps else {})


def _item(score: Score, one: ItemScore) -> Data:
    leading = one.leading
    judged = leading.judged if leading else None
    shown = one.adjusted.judged if one.adjusted else judged
    return (
        one.item.to_data()
        | _changed(score, one)
        | _marks(score, leading, shown)
        | {
            "measure": score.formula.measure.value,
            "composite": _figure(score, one.outcome.composite),
            "whole_grade": one.outcome.grade,
        }
    )


def _marks(score: Score, group: GroupItem | None, judged: Judged | None) -> Data:
    """Marks and rates of one group on one line; several dimensions' marks are added up."""
    marks = list(group.marks.values()) if group else []
    whole = sum(one.whole for one in marks)
    rates: Mapping[str, Figure] = judged.rates if judged else {}
    data = {
        "counts": {code: sum(m.counts[code] for m in marks) for code in score.formula.codes},
        "blank": sum(one.blank for one in marks),
        "denominator": whole,
        "shares": _figures(score, judged.shares if judged else {}),
        "top1": _figure(score, rates.get("top1")),
        "top2": _figure(score, rates.get("top2")),
        "mean": _figure(score, rates.get("mean")),
        "grade": judged.grade if judged else None,
    }
    if group is None or len(score.dimensions) < 2:
        return data
    return data | {"dimensions": [_dimension(score, code, group) for code in group.marks]}


def _dimension(score: Score, code: str, group: GroupItem) -> Data:
    marks, judged = group.marks[code], group.dimensions[code]
    sure = group.sureness.get(code)
    return (
        {"code": code, "counts": marks.counts, "blank": marks.blank, "denominator": marks.whole}
        | {name: _figure(score, judged.rates.get(name)) for name in ("top1", "top2", "mean")}
        | {"grade": judged.grade}
        | (sure.to_data(score.formula.places, score.as_of) if sure else {})
    )


def _sure(score: Score, group: GroupItem) -> Data:
    """Bounds or interval, of a line with one dimension; and the rates as counted, if weighted."""
    data: Data = {}
    if len(score.dimensions) == 1:
        for sure in group.sureness.values():
            data |= sure.to_data(score.formula.places, score.as_of)
    if group.judged and group.judged.unweighted:
        data["unweighted"] = _figures(score, group.judged.unweighted)
    return data


def _changed(score: Score, one: ItemScore) -> Data:
    """What look-backs at former projects changed, if they did."""
    if one.adjusted is None:
        return {}
    return {
        "counted_grade": one.adjusted.counted_grade,
        "adjusted": _figures(score, one.adjusted.rates),
        "look_backs": one.adjusted.look_backs,
    }


def _group(score: Score, number: int) -> Data:
    counted = score.groups[number]
    weights = {one.group: str(one.weight) for one in score.formula.groups}
    mine: Sequence[tuple[ItemScore, GroupItem]] = [
        (one, one.groups[counted.group]) for one in score.items if counted.group in one.groups
    ]
    return {
        "group": counted.group,
        "name": score.called(counted.group).zh,
        "weight": weights.get(counted.group),
        "sampling": counted.sampling,
        "denominator": score.formula.denominator_of(counted.group).value,
        "eligible": counted.eligible,
        "present": counted.present,
        "issued": counted.issued,
        "returned": counted.returned,
        "response_rate": _response(score, counted.eligible, counted.returned),
        "note": NOTES[counted.sampling].zh,
        "items": [
            {
                "item_id": one.item.item_id,
                **_marks(score, group, group.judged),
                **_sure(score, group),
            }
            for one, group in mine
        ],
    }


def _response(score: Score, eligible: int | None, returned: int) -> Data | None:
    if not eligible:
        return None
    rate = Rate(returned, eligible)
    words = {"zh-CN": "收回票数 ÷ 应参评人数", "en": "forms returned ÷ all who may answer"}
    return {
        "name": "response-rate",
        "formula": words,
        "part": returned,
        "whole": eligible,
        "value": str(rate),
        "percent": rate.percent(score.formula.places),
        "as_of": score.as_of.isoformat(),
    }


def _outcome(score: Score, outcome: Outcome) -> Data:
    rates: Mapping[str, Figure] = outcome.judged.rates if outcome.judged else {}
    return {
        "measure": score.formula.measure.value,
        "composite": _figure(score, outcome.composite),
        "top1": _figure(score, rates.get("top1")),
        "top2": _figure(score, rates.get("top2")),
        "mean": _figure(score, rates.get("mean")),
        "grade": outcome.grade,
    }


def _figures(score: Score, figures: Mapping[str, Figure]) -> Data:
    return {name: _figure(score, figure) for name, figure in figures.items()}


def _figure(score: Score, figure: Figure | None) -> Data | None:
    return None if figure is None else figure.to_data(score.formula.places, score.as_of)
