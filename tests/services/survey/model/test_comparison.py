"""Scores beside one another."""

from __future__ import annotations

from typing import Any

import pytest

from services.commons.aggregate import new_id
from services.survey.model.comparison import Compared, again, comparison, differences, rate

from ..samples import parameters


def line(item_id: str, kind: str, top1: str, top2: str) -> dict[str, Any]:
    """A line of the form as it is compared."""
    return {
        "item_id": item_id,
        "kind": kind,
        "name": "加装电梯(合成)",
        "top1": top1,
        "top2": top2,
        "composite": None,
        "grade": None,
    }


def told(year: int, *lines: dict[str, Any], **changed: Any) -> Compared:
    """A score; ``changed``: parts of its method."""
    standard = (
        line("p", "project", "125/126", "126/126"),
        line("s", "sub-item", "122/126", "126/126"),
    )
    return Compared(
        questionnaire_id=new_id(),
        congress="330100",
        year=year,
        title=f"{year}年度测评(合成)",
        published_on=f"{year}-12-12",
        follows=None,
        method_title="测评办法(合成)",
        parameters=parameters(**changed),
        asked={"all-deputies": "census"},
        overall=None,
        lines=lines or standard,
    )


def test_no_mark_counts_twice() -> None:
    """All lines together are the sub-items; the projects only where there are none."""
    assert told(2023).pooled == {"top1": "122/126", "top2": "126/126"}
    project = line("p", "project", "1/2", "2/2")
    assert told(2023, project).pooled == {"top1": "1/2", "top2": "2/2"}
    former = line("f", "former-project", "0/9", "0/9")
    assert told(2023, project, former).pooled == {"top1": "1/2", "top2": "2/2"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"denominator": "eligible"}, "denominator"),
        ({"rates": {"top1": ["satisfied"], "top2": ["satisfied"]}}, "rates"),
        ({"groups": [{"group": "residents", "weight": "1/1"}]}, "groups"),
        ({"measure": "mean"}, "measure"),
    ],
)
def test_another_method_is_no_comparison(changed: dict[str, Any], code: str) -> None:
    """What differs is named; another rounding is no difference."""
    assert [one["code"] for one in differences(told(2023), told(2022, **changed))] == [code]
    assert differences(told(2023), told(2022, rounding=0)) == []


def test_a_method_that_is_not_known_is_no_comparison() -> None:
    """A score heard from a release that did not tell its parameters stands there, marked."""
    other = told(2022)
    unknown = Compared(**(vars(other) | {"parameters": None}))
    found = comparison(told(2023), [unknown], 2)
    assert [one["comparable"] for one in found["scores"]] == [True, False]


def test_people_who_were_asked_otherwise_are_no_comparison() -> None:
    """A census beside who came by themselves."""
    other = Compared(**(vars(told(2022)) | {"asked": {"all-deputies": "open"}}))
    assert [one["code"] for one in differences(told(2023), other)] == ["asked"]


def test_a_second_assessment_stands_beside_the_first() -> None:
    """Only the lines that it asked again, with both rates."""
    first = told(2023)
    second = told(2023, line("s", "sub-item", "126/126", "126/126"))
    found = again(first, second, 2)
    (only,) = found["items"]
    assert (only["before"]["top1"]["percent"], only["after"]["top1"]["percent"]) == (
        "96.83",
        "100.00",
    )


@pytest.mark.parametrize(
    ("text", "places", "percent"),
    [("125/126", 2, "99.21"), ("1/8", 0, "13"), ("1/1000", 1, "0.1"), ("0/3", 2, "0.00")],
)
def test_rounding_is_half_up(text: str, places: int, percent: str) -> None:
    """Once, where it is printed."""
    assert rate(text, places) == {"value": text, "percent": percent}
