"""What fell below the line is put right (整改), confirmed, and assessed again (再次测评)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..request import Actor, Lane, Ref, Request, Step, look, single
from ..scene import Scene
from . import asking

_TASK = "rectification"
_AGAIN = "questionnaire/again"
_ASKED = 20
_GROUP = "visiting-deputies"
_PARAMETERS = asking.PLAIN | {
    "groups": [{"group": _GROUP, "name_zh": "到现场核查的代表", "weight": "1"}],
}
_TEXT = "(示例)到现场核查的代表对整改的子项再次作出评价,满意率以收回的答卷为基数。"


def steps(scene: Scene) -> Iterator[Step]:
    """The unit reports, a deputy confirms; some deputies assess that sub-item again."""
    yield Step("整改任务:报告、确认", [_task(scene)])
    yield Step("再次测评:办法、发起", [_opening(scene)])
    yield Step("再次测评:代表作答", single(list(_answers(scene))))
    yield Step("再次测评:公布结果", [asking.ending(scene, _AGAIN, _day(scene, 10), after=1)])


def _day(scene: Scene, after: int) -> dt.date:
    """A day after the first assessment."""
    return scene.days.assessment[1] + dt.timedelta(days=after)


def _task(scene: Scene) -> Lane:
    """The task has the id of what the assessment required; its unit hears of it by an event."""
    deputy = scene.who.roll[0]
    task = (Ref("requirements", ("items", 0, "id")),)
    unit = Actor(Ref(_TASK, ("unit_id",)), ("unit", "recorder"))
    report = {"text": f"已逐项整改,现场恢复开放。{texts.MARK}", "happened_on": str(_day(scene, 6))}
    confirmation = {
        "text": f"到现场查看,已经整改到位。{texts.MARK}",
        "deputy_id": Ref(deputy.name),
        "happened_on": str(_day(scene, 8)),
    }
    return [
        look(
            "requirements",
            actors.CLERK,
            "/v1/questionnaires/{}/requirements",
            Ref("questionnaire"),
        ),
        Request(
            _TASK,
            actors.CLERK,
            "/v1/rectifications/{}",
            {},
            task,
            method="GET",
            patient=True,
            expect={"state": "open"},
        ),
        Request(f"{_TASK}/report", unit, "/v1/rectifications/{}/reports", report, task),
        Request(
            f"{_TASK}/confirmation",
            actors.deputy(deputy.name),
            "/v1/rectifications/{}/confirmation",
            confirmation,
            task,
        ),
    ]


def _opening(scene: Scene) -> Lane:
    year, opens, closes = scene.figures.year, _day(scene, 9), _day(scene, 10)
    title = f"{year}年民生实事项目再次测评办法(演示)"
    questionnaire: dict[str, Any] = {
        "year": year,
        "title": f"{year}年民生实事项目再次测评(演示)",
        "method_id": Ref("assessment-method/again"),
        "congress": scene.figures.code,
        "item_ids": [Ref(_TASK, ("item_id",))],
        "follows": Ref("questionnaire"),
        "happened_on": str(opens),
    }
    asked = asking.audience(
        _GROUP,
        "到现场核查的代表(演示)",
        opens,
        closes,
        deputies=[Ref(person.name) for person in _asked(scene)],
    )
    of = (Ref(_AGAIN),)
    return [
        *asking.method("assessment-method/again", title, _TEXT, _PARAMETERS, opens),
        Request(_AGAIN, actors.CLERK, "/v1/questionnaires", questionnaire),
        Request("audience/again", actors.CLERK, "/v1/questionnaires/{}/audiences", asked, of),
        Request(
            f"{_AGAIN}/opening",
            actors.CLERK,
            "/v1/questionnaires/{}/opening",
            {"happened_on": str(opens)},
            of,
        ),
    ]


def _asked(scene: Scene) -> list[Any]:
    return scene.some(scene.rng("asked again"), scene.who.roll, _ASKED)


def _answers(scene: Scene) -> Iterator[Request]:
    """All of them answer; one is still only basically satisfied."""
    for number, person in enumerate(_asked(scene)):
        grade = "satisfied" if number else "basically-satisfied"
        item = Ref(_TASK, ("item_id",))
        body = {
            "form_version": 1,
            "answers": [{"question": "grade", "item_id": item, "value": grade}],
            "happened_on": str(_day(scene, 10)),
        }
        yield Request(
            f"answer/again/{number:02}",
            actors.deputy(person.name),
            "/v1/audiences/{}/answers",
            body,
            (Ref("audience/again"),),
        )
