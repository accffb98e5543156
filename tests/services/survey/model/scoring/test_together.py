"""Lines taken together in odd ways: the worst of them, unlike groups, look-backs that lower."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.errors import Invalid
from services.survey.model.form import Item
from services.survey.model.scoring import Score, score
from tests.services.survey.model.scoring.tables import DAY, LINE, group, one_line, sub_item, three
from tests.services.survey.samples import formula, zhenhai

GRADED = {name: zhenhai(inclusive=True)[name] for name in ("grades", "otherwise")}
LINES = [sub_item("a"), sub_item("b"), sub_item("c", "q"), sub_item("d", "q")]
COUNTS = {
    "grade:a": three(5, 3, 2),
    "grade:b": three(7, 2, 1),
    "grade:c": three(1, 1, 8),
    "grade:d": three(7, 2, 1),
}
POINTS = {"effective": "100", "partly-effective": "60", "not-effective": "0"}


def upwards(project: str, overall: str = "mean") -> dict[str, Any]:
    """Projects of their sub-items, the whole of the projects."""
    return {
        "project": {"from": "sub-items", "by": project},
        "overall": {"from": "projects", "by": overall},
    }


def steps(found: Score, language: str = "zh-CN") -> str:
    """The explanation as one text."""
    return "\n".join(one.says.say(language) for one in found.steps)


def test_the_mean_of_what_is_lowest_has_no_grade() -> None:
    """The worst lines have rates and no shares of marks; the whole says why it has no grade."""
    found = score(
        formula(**GRADED, aggregation=upwards("lowest")), LINES, [group(COUNTS)], as_of=DAY
    )
    assert [one.outcome.grade for one in found.projects] == ["satisfied", "dissatisfied"]
    assert found.overall is not None and found.overall.outcome.grade is None
    whole = found.to_data()["overall"]
    assert (whole["top1"]["value"], whole["composite"]["percent"]) == ("3/10", "30.00")
    assert "不评等次" in steps(found)
    assert "等次:各项中最低者,为“不满意”" in steps(found)


def test_a_line_on_the_grade_of_such_a_whole_is_refused() -> None:
    """It could never be fallen below."""
    line = {"of": "overall", "measure": "grade", "grades": ["dissatisfied"], "then": ["rectify"]}
    with pytest.raises(Invalid) as refused:
        formula(**GRADED, aggregation=upwards("lowest"), thresholds=[line])
    assert refused.value.errors[0]["pointer"] == "/parameters/thresholds/0/measure"


def test_look_backs_as_a_source_cannot_be_pooled() -> None:
    """They have no marks; pooled they would be lost without a word."""
    groups = [
        {"group": "all-deputies", "name_zh": "代表", "weight": "4/5"},
        {
            "group": "look-back",
            "name_zh": "回头看",
            "weight": "1/5",
            "source": "look-back",
            "points": POINTS,
        },
    ]
    with pytest.raises(Invalid) as refused:
        formula(groups=groups, aggregation=upwards("mean", "pooled"))
    assert refused.value.errors[0]["pointer"] == "/parameters/aggregation/overall/by"


@pytest.mark.parametrize("by", ["mean", "pooled", "lowest"])
def test_without_one_of_its_lines_a_project_has_no_score(by: str) -> None:
    """One of the groups was not asked about b: no way of adding up leaves b out in silence."""
    groups = [{"group": g, "name_zh": g, "weight": "1/2"} for g in ("x", "y")]
    asked = [
        group({"grade:a": three(5, 3, 2), "grade:b": three(0, 0, 10)}, "x"),
        group({"grade:a": three(5, 3, 2)}, "y"),
    ]
    rule = formula(groups=groups, aggregation={"project": upwards(by)["project"]})
    found = score(rule, LINES[:2], asked, as_of=DAY)
    assert found.projects[0].outcome.composite is None
    assert [one.code for one in found.problems] == ["group-not-asked"]


def test_what_a_project_is_made_of_is_said() -> None:
    """By name, and whether marks were added up or rates averaged."""
    found = score(formula(aggregation=upwards("pooled")), LINES, [group(COUNTS)], as_of=DAY)
    assert "由子项a、子项b票数相加后计算" in steps(found)
    assert "of 子项a, 子项b: their marks added up" in steps(found, "en")


def test_everything_that_look_backs_lower_is_said() -> None:
    """A cap and two deductions: each rate and the grade; a rate does not go below 0."""
    basis = [
        {"effect": "cap", "grade": "dissatisfied"},
        {"effect": "deduct", "rate": "top1", "share": "9/10"},
        {"effect": "deduct", "rate": "top2", "share": "1/2"},
    ]
    touched = [one | {"items": ["p"], "look_back_id": "1"} for one in basis]
    asked = [group({"grade:p": three(6, 3, 1)})]
    found = score(formula(**GRADED), [LINE], asked, as_of=DAY, basis=touched)
    assert "max(0, 6/10 − 9/10) = 0.00%" in steps(found)
    assert "9/10 − 1/2 = 40.00%" in steps(found)
    assert "等次由“满意”降为“不满意”" in steps(found)


def test_a_value_that_rounds_to_the_line_is_told_exactly() -> None:
    """79.996 % is below 80 %, and 80.00% < 4/5 alone would read as a mistake."""
    line = {"of": "project", "measure": "top1", "below": "4/5", "inclusive": False}
    rule = formula(thresholds=[line | {"then": ["rectify"]}])
    (follows,) = one_line(rule, three(19999, 5001, 0)).consequences
    assert "19999/25000(80.00%) < 4/5" in follows.said.zh


def test_the_whole_is_called_once() -> None:
    """In Chinese without its English name."""
    line = {"of": "overall", "measure": "top1", "below": "1/1", "inclusive": False}
    rule = formula(aggregation=upwards("mean"), thresholds=[line | {"then": ["rectify"]}])
    found = score(rule, LINES, [group(COUNTS)], as_of=DAY)
    assert found.consequences[0].said.zh.startswith("总体:满意率")
    assert found.consequences[0].said.en.startswith("overall: rate of satisfied")


def test_grades_have_the_names_that_the_method_gives_them() -> None:
    """Shiquan's are 通过 and 未通过, and no options."""
    half = {"grade": "passed", "sum": ["satisfied"], "share": "1/2", "inclusive": False}
    named = {"grade_names": {"passed": "通过", "failed": "未通过"}}
    rule = formula(grades=[half], otherwise="failed", **named)
    assert "为“未通过”" in steps(one_line(rule, three(5, 5, 0)))
    assert "为“通过”" in steps(one_line(rule, three(6, 4, 0)))
    with pytest.raises(Invalid) as refused:
        formula(grades=[half], otherwise="failed", grade_names={"good": "好"})
    assert refused.value.errors[0]["pointer"] == "/parameters/grade_names"


def test_each_option_has_its_share_in_words() -> None:
    """As Zhanyi publishes: satisfied, basically satisfied and dissatisfied, each of the forms."""
    assert "各选项占比:满意 71.43%、基本满意 25.00%、不满意 3.57%" in steps(
        one_line(formula(), three(20, 7, 1))
    )


def test_of_a_line_that_not_all_are_asked_the_bounds_are_of_who_may_be() -> None:
    """100 of 120 answered, 40 of these were asked: the others had nothing to say on it."""
    counts = three(30, 5, 5) | {"_asked": 40}
    asked = [group({"grade:p": counts}, eligible=120, returned=100)]
    data = score(formula(), [Item("p", "p", "project", "示例")], asked, as_of=DAY).to_data()
    bounds = data["groups"][0]["items"][0]["bounds"]
    assert (bounds["low"]["value"], bounds["high"]["value"]) == ("30/60", "50/60")
