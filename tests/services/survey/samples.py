"""Synthetic things to test with: methods as published places write them, projects, deputies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.commons.aggregate import new_id
from services.survey.model import announcement
from services.survey.model.audience import Audience
from services.survey.model.form import Form
from services.survey.model.heard import HeardDeputy, HeardLookBack, HeardProject
from services.survey.model.method import AssessmentMethod, Formula
from services.survey.model.questionnaire import Questionnaire
from services.survey.model.roll import Roll
from services.survey.model.scoring import Score
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


@dataclass
class Asked:
    """A questionnaire with one audience of deputies, as a model without a database."""

    questionnaire: Questionnaire
    audience: Audience
    roll: Roll
    tallies: list[Tally]

    @property
    def tally(self) -> Tally:
        """The count, where there is one cell."""
        (tally,) = self.tallies
        return tally

    @property
    def form(self) -> Form:
        """What is asked."""
        return self.questionnaire.form_for(self.audience)

    def answer(self, deputy_id: str, *grades: str | None) -> None:
        """Answer as a deputy, secretly."""
        reading = self.form.read(form(self.questionnaire, *grades), form_version=self.form.version)
        self.roll.take(deputy_id)
        self.tally.take(self.form, reading)

    def close(self, on: str = "12-10") -> None:
        """End the answering."""
        self.audience.close(day(on), returned=self.roll.returned)
        self.questionnaire.close(day(on))

    @property
    def counted(self) -> list[tuple[Audience, list[Tally]]]:
        """What a score is made from."""
        return [(self.audience, self.tallies)]

    @property
    def score(self) -> Score:
        """What came out."""
        return announcement.scored(self.questionnaire, self.counted)

    def publish(self, on: str = "12-12") -> None:
        """Publish what came out."""
        self.questionnaire.publish(day(on), announcement.told(self.questionnaire, self.score))


def drafted(**changed: Any) -> Questionnaire:
    """A questionnaire on 2023."""
    given: dict[str, Any] = {
        "year": 2023,
        "title": "2023年度满意度测评(示例)",
        "congress": CITY,
        "method": method(),
        "item_kinds": None,
        "item_ids": None,
        "drafted_on": day("11-27"),
        "recorded_at": NOON,
    }
    return Questionnaire.draft(**(given | changed))


def audience(questionnaire: Questionnaire, **changed: Any) -> Audience:
    """All deputies, secretly, 1-10 December."""
    given: dict[str, Any] = {
        "questionnaire_id": questionnaire.id,
        "group": "all-deputies",
        "title": "全体代表(示例)",
        "channel": "roll",
        "kind": "secret",
        "sampling": "census",
        "opens_on": day("12-01"),
        "closes_on": day("12-10"),
        "recorded_at": NOON,
    }
    return Audience.draft(**(given | changed))


def opened(
    number: int = 3,
    *,
    asked: dict[str, Any] | None = None,
    projects: list[HeardProject] | tuple[HeardProject, ...] | None = None,
    look_backs: list[HeardLookBack] | tuple[HeardLookBack, ...] = (),
    register: list[HeardDeputy] | None = None,
    on: dt.date | None = None,
    **changed: Any,
) -> Asked:
    """A questionnaire open 1-10 December to ``number`` deputies, on a project of two lines."""
    on = on or day("11-28")
    questionnaire = drafted(**changed)
    body = audience(questionnaire, **(asked or {}))
    known = [project("老旧小区改造(示例)", "加装电梯(示例)")] if projects is None else projects
    questionnaire.open([body], projects=known, look_backs=look_backs, on=on)
    roll = body.open(deputies(number) if register is None else register, CITY, on)
    assert roll is not None
    form = questionnaire.form_for(body)
    cells = sorted(set(roll.cells.values())) or [""]
    questionnaire.tell_opened([body])
    return Asked(questionnaire, body, roll, [Tally.blank(body.id, one, form) for one in cells])


def form(questionnaire: Questionnaire, *grades: str | None) -> list[dict[str, Any]]:
    """A filled-in form; the last grade goes on for the lines that are left."""
    lines = len(questionnaire.items)
    filled = [*grades, *[grades[-1]] * (lines - len(grades))]
    return [
        {"question": "grade", "item_id": item["item_id"], "value": grade}
        for item, grade in zip(questionnaire.items, filled, strict=True)
    ]
