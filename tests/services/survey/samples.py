"""Synthetic things to test with: methods as published places write them, projects, deputies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.commons.aggregate import new_id
from services.survey.model.heard import HeardDeputy, HeardProject
from services.survey.model.method import AssessmentMethod, Formula
from services.survey.model.questionnaire import Questionnaire
from services.survey.model.tally import Tally

NOON = dt.datetime(2023, 12, 1, 4, tzinfo=dt.UTC)
CITY = "330100"


def day(text: str) -> dt.date:
    """``12-05`` of 2023."""
    return dt.date.fromisoformat(f"2023-{text}")


THREE = [
    {"code": "satisfied", "name_zh": "满意", "counts_in_denominator": True},
    {"code": "basically-satisfied", "name_zh": "基本满意", "counts_in_denominator": True},
    {"code": "dissatisfied", "name_zh": "不满意", "counts_in_denominator": True},
]
ABSTAIN = {"code": "abstain", "name_zh": "弃权", "counts_in_denominator": False}


def parameters(**changed: Any) -> dict[str, Any]:
    """Three grades, rates of the forms returned, no grade rule: as Lushan and Zhanyi publish."""
    return {
        "options": THREE,
        "denominator": "returned",
        "rates": {"top1": ["satisfied"], "top2": ["satisfied", "basically-satisfied"]},
        "grades": [],
        "otherwise": None,
        "rounding": 2,
    } | changed


def zhenhai(*, inclusive: bool, denominator: str = "eligible") -> dict[str, Any]:
    """Zhenhai's rule of 2022: half of all members; its note leaves the exact half open."""
    half = {"share": "1/2", "inclusive": inclusive}
    return parameters(
        denominator=denominator,
        grades=[
            {"grade": "satisfied", "sum": ["satisfied"], **half},
            {"grade": "basically-satisfied", "sum": ["satisfied", "basically-satisfied"], **half},
        ],
        otherwise="dissatisfied",
    )


def formula(**changed: Any) -> Formula:
    """The formula of :func:`parameters`."""
    return Formula.from_data(parameters(**changed))


def marks(satisfied: int, basically: int, dissatisfied: int, **more: int) -> dict[str, int]:
    """Counts in the order in which they are published: 满意/基本满意/不满意."""
    return {
        "satisfied": satisfied,
        "basically-satisfied": basically,
        "dissatisfied": dissatisfied,
    } | more


def method(data: dict[str, Any] | None = None) -> AssessmentMethod:
    """A method adopted on 20 November."""
    drafted = AssessmentMethod.draft(
        title="测评办法(示例)",
        text="示例文本",
        parameters=data or zhenhai(inclusive=True),
        supersedes=None,
        drafted_on=day("11-01"),
        recorded_at=NOON,
    )
    drafted.adopt("主任会议(示例)", day("11-20"))
    return drafted


def project(name: str = "老旧小区改造(示例)", *sub_items: str, year: int = 2023) -> HeardProject:
    """A project with sub-items of these names."""
    return HeardProject(
        new_id(), year, name, [{"id": new_id(), "name": sub_item} for sub_item in sub_items], 1
    )


def deputies(number: int, congress: str = CITY) -> list[HeardDeputy]:
    """Deputies who have been in the register since January."""
    return [HeardDeputy(new_id(), [congress], day("01-10"), 1) for _ in range(number)]


def opened(number: int = 3, **changed: Any) -> tuple[Questionnaire, Tally]:
    """A questionnaire open 1-10 December to ``number`` deputies, on a project of two lines."""
    given = {
        "year": 2023,
        "title": "2023年度满意度测评(示例)",
        "congress": CITY,
        "audience": "all-deputies",
        "method": method(),
        "opens_on": day("12-01"),
        "closes_on": day("12-10"),
        "projects": [project("老旧小区改造(示例)", "加装电梯(示例)")],
        "look_backs": [],
        "deputies": deputies(number),
        "opened_on": day("11-28"),
        "recorded_at": NOON,
    }
    return Questionnaire.open(**(given | changed))  # type: ignore[arg-type]


def form(questionnaire: Questionnaire, *grades: str | None) -> list[dict[str, Any]]:
    """A filled-in form; the last grade goes on for the lines that are left."""
    lines = len(questionnaire.items)
    filled = [*grades, *[grades[-1]] * (lines - len(grades))]
    return [
        {"item_id": item["item_id"], "grade": grade}
        for item, grade in zip(questionnaire.items, filled, strict=True)
    ]
