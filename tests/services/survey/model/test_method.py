"""Methods: formulas that contradict themselves are refused, adopted ones stay as they are."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.survey.methods import names, shipped
from services.survey.model.method import AssessmentMethod, Formula
from services.survey.schemas.methods import AssessmentParameters
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


WHOLE = zhenhai(inclusive=True) | {
    "options": [one | {"value": "60"} for one in THREE],
    "measure": "mean",
    "dimensions": [{"code": "effect", "weight": "1/3"}, {"code": "speed", "weight": "2/3"}],
    "groups": [
        {"group": "deputies", "name_zh": "代表", "weight": "9/10", "denominator": "present"},
        {
            "group": "look-back",
            "name_zh": "回头看",
            "weight": "1/10",
            "source": "look-back",
            "over": "unit",
            "points": {"effective": "100", "partly-effective": "60", "not-effective": "0"},
            "without": "80",
        },
    ],
    "aggregation": {
        "project": {"from": "sub-items", "by": "lowest"},
        "overall": {"from": "projects", "by": "lowest"},
    },
    "thresholds": [
        {
            "of": "sub-item",
            "measure": "composite",
            "below": "4/5",
            "inclusive": True,
            "then": ["rectify", "assess-again"],
            "workdays": 60,
            "after": 2,
        }
    ],
    "sample": {
        "confidence": "19/20",
        "weighting": "rake",
        "cap": "5",
        "margins": {"age": {"60+": 100, "": 3}},
    },
    "publication": {"cell": 10, "unanimous": "suppress"},
}
LINE = {"of": "project", "measure": "top1", "below": "4/5", "inclusive": False, "then": ["rectify"]}
GROUP = {"group": "a", "name_zh": "代表", "weight": "1"}
LOOK_BACK = WHOLE["groups"][1] | {"weight": "1/2"}


def test_everything_a_method_can_say_as_data_and_back() -> None:
    """Every part is written as it was read, also through the schema of the interface."""
    assert Formula.from_data(WHOLE).to_data() == WHOLE
    loaded = AssessmentParameters().load(WHOLE)
    assert AssessmentParameters().dump(Formula.from_data(loaded).to_data()) == WHOLE


@pytest.mark.parametrize("name", names())
def test_shipped_methods_hold(name: str) -> None:
    """Each is a method without contradictions, and says where it comes from."""
    method = shipped(name)
    assert method["title"] and method["text"] and method["source"]
    assert Formula.from_data(AssessmentParameters().load(method["parameters"]))


def test_zhenhai_asked_no_deputies() -> None:
    """The example of weights is the government's own survey, and says so."""
    method = shipped("zhenhai-2013-government")
    weights = [one["weight"] for one in method["parameters"]["groups"]]
    assert weights == ["60/100", "30/100", "10/100"]
    assert "政府" in method["title"] and "不由人大代表测评" in method["source"]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"groups": [GROUP | {"weight": "9/10"}]}, "/groups"),
        ({"groups": [GROUP | {"weight": "1/2"}] * 2}, "/groups"),
        ({"groups": [GROUP, GROUP | {"group": "b", "weight": "0"}]}, "/groups"),
        ({"groups": [GROUP | {"points": {"effective": "1"}}]}, "/groups/0/source"),
        ({"groups": [LOOK_BACK | {"weight": "1"}]}, "/groups"),
        (
            {"groups": [GROUP | {"weight": "1/2"}, LOOK_BACK | {"points": {"effective": "100"}}]},
            "/groups/1/points",
        ),
        (
            {"groups": [GROUP | {"weight": "1/2"}, LOOK_BACK | {"without": "101"}]},
            "/groups/1/points",
        ),
        ({"dimensions": [{"code": "effect", "weight": "2/3"}]}, "/dimensions"),
        ({"measure": "mean"}, "/options"),
        ({"options": [THREE[0] | {"value": "100"}, *THREE[1:]]}, "/options"),
        (
            {"aggregation": {"project": {"from": "projects", "by": "mean"}}},
            "/aggregation/project/from",
        ),
        ({"aggregation": {"project": {"from": "sub-items"}}}, "/aggregation/project/by"),
        ({"aggregation": {"overall": {"from": "own"}}}, "/aggregation/overall/from"),
        ({"thresholds": [LINE, LINE]}, "/thresholds/1"),
        ({"thresholds": [LINE | {"below": "0"}]}, "/thresholds/0/below"),
        ({"thresholds": [LINE | {"below": "1", "inclusive": True}]}, "/thresholds/0/below"),
        ({"thresholds": [LINE | {"below": "80"}]}, "/thresholds/0/below"),
        ({"thresholds": [LINE | {"measure": "mean"}]}, "/thresholds/0/measure"),
        ({"thresholds": [LINE | {"days": 3, "workdays": 3}]}, "/thresholds/0/days"),
        ({"thresholds": [LINE | {"of": "overall"}]}, "/thresholds/0/of"),
        ({"thresholds": [LINE | {"then": ["rectify", "rectify"]}]}, "/thresholds/0/then"),
        (
            {"thresholds": [LINE | {"days": 30}, LINE | {"below": "1/2", "days": 60}]},
            "/thresholds/1/days",
        ),
        ({"sample": {"confidence": "1", "weighting": "none"}}, "/sample/confidence"),
        (
            {"sample": {"confidence": "1/2", "weighting": "none", "margins": {"a": {"b": 1}}}},
            "/sample/margins",
        ),
    ],
)
def test_contradictions_of_weights_and_lines(changed: dict[str, Any], pointer: str) -> None:
    """Weights that do not sum to 1, lines that contradict each other: the place is named."""
    with pytest.raises(Invalid) as refused:
        Formula.from_data(parameters(**changed))
    assert f"/parameters{pointer}" in {error["pointer"] for error in refused.value.errors}


@pytest.mark.parametrize(
    "grades", [["satisfied"], ["satisfied", "basically-satisfied", "dissatisfied"], ["great"], []]
)
def test_grades_that_fail_are_the_worst_ones(grades: list[str]) -> None:
    """A worse grade cannot go free, the best cannot fail, and an unknown one is refused."""
    line = {"of": "project", "measure": "grade", "grades": grades, "then": ["rectify"]}
    with pytest.raises(Invalid) as refused:
        Formula.from_data(zhenhai(inclusive=True) | {"thresholds": [line]})
    assert refused.value.errors[0]["pointer"] == "/parameters/thresholds/0/grades"


HALF = {"grade": "good", "sum": ["satisfied"], "share": "1/2", "inclusive": True}


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"grades": [HALF | {"share": "0/1"}], "otherwise": "bad"}, "/grades/0/share"),
        ({"grades": [HALF], "otherwise": "good"}, "/otherwise"),
        ({"sample": {"confidence": "0.95", "weighting": "rake", "margins": {}}}, "/sample/margins"),
        (
            {"sample": {"confidence": "0.95", "weighting": "rake", "margins": {"age": {"a": 0}}}},
            "/sample/margins/age",
        ),
    ],
)
def test_rules_that_say_nothing_are_refused(changed: dict[str, Any], pointer: str) -> None:
    """A grade that everything reaches or that is two, and margins without people."""
    with pytest.raises(Invalid) as refused:
        Formula.from_data(parameters(**changed))
    assert [one["pointer"] for one in refused.value.errors] == [f"/parameters{pointer}"]


def test_deductions_and_pooled_marks_contradict_each_other() -> None:
    """A rate that is lower by a share has no marks that could be added to others."""
    cut = {
        "finding": "not-effective",
        "effect": "deduct",
        "over": "all",
        "rate": "top1",
        "share": "1/20",
    }
    with pytest.raises(Invalid) as refused:
        Formula.from_data(
            parameters(
                look_back={"years": None, "consequences": [cut]},
                aggregation={"project": {"from": "sub-items", "by": "pooled"}},
            )
        )
    assert refused.value.errors[0]["pointer"] == "/parameters/aggregation/project/by"


@pytest.mark.parametrize("weight", ["1e9", "-1", "1/0", "１", "0.3333333", "", "1/3 "])
def test_numbers_are_exact_and_bounded(weight: str) -> None:
    """What is no plain decimal or fraction is refused with its place."""
    with pytest.raises(Invalid) as refused:
        Formula.from_data(parameters(groups=[GROUP | {"weight": weight}]))
    assert refused.value.errors[0]["pointer"] == "/parameters/groups/0/weight"


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
