"""Methods: formulas that contradict themselves are refused, adopted ones stay as they are."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.survey.model.method import AssessmentMethod, Formula
from tests.services.survey.samples import ABSTAIN, NOON, THREE, day, method, parameters, zhenhai

HALF = {"share": "1/2", "inclusive": True}


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"options": [*THREE, THREE[0]]}, "/parameters/options"),
        ({"options": [*THREE, ABSTAIN]}, "/parameters/denominator"),
        ({"rates": {"top1": [], "top2": ["satisfied"]}}, "/parameters/rates/top1"),
        ({"rates": {"top1": ["satisfied"], "top2": ["great"]}}, "/parameters/rates/top2"),
        (
            {"rates": {"top1": ["satisfied"], "top2": ["dissatisfied"]}},
            "/parameters/rates/top2",
        ),
        (
            {"rates": {"top1": ["satisfied"] * 2, "top2": ["satisfied"]}},
            "/parameters/rates/top1",
        ),
        (
            {
                "options": [*THREE, ABSTAIN],
                "denominator": "valid",
                "grades": [{"grade": "satisfied", "sum": ["abstain"], **HALF}],
                "otherwise": "dissatisfied",
            },
            "/parameters/grades/0/sum",
        ),
        (
            {"grades": [{"grade": "satisfied", "sum": ["satisfied"], **HALF}]},
            "/parameters/otherwise",
        ),
        ({"otherwise": "dissatisfied"}, "/parameters/otherwise"),
    ],
)
def test_contradictions_are_refused(changed: dict[str, Any], pointer: str) -> None:
    """A formula that contradicts itself is refused, and the place is named."""
    with pytest.raises(Invalid) as refused:
        Formula.from_data(parameters(**changed))
    assert {error["pointer"] for error in refused.value.errors} == {pointer}


@pytest.mark.parametrize("data", [parameters(), zhenhai(inclusive=True), zhenhai(inclusive=False)])
def test_formula_as_data_and_back(data: dict[str, Any]) -> None:
    """Writing a formula down and reading it again changes nothing."""
    assert Formula.from_data(data).to_data() == data


def test_adopted_once() -> None:
    """A method is adopted once; a change needs a new one."""
    with pytest.raises(Conflict, match="supersedes"):
        method().adopt("主任会议(示例)", day("11-21"))


def test_not_adopted_before_drafted() -> None:
    """The adoption cannot precede the draft."""
    draft = AssessmentMethod.draft(
        title="办法(示例)",
        text="",
        parameters=parameters(),
        supersedes=None,
        drafted_on=day("11-01"),
        recorded_at=NOON,
    )
    with pytest.raises(Invalid):
        draft.adopt("主任会议(示例)", day("10-31"))
    assert draft.adopted_on is None
