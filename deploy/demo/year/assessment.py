"""The satisfaction assessment (满意度测评): all deputies, every project and sub-item."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..days import between
from ..request import Lane, Ref, Request, Step, single
from ..scene import Scene

_SATISFIED, _BASICALLY, _NOT, _ABSTAIN = (
    "satisfied",
    "basically-satisfied",
    "dissatisfied",
    "abstain",
)
_PARAMETERS: dict[str, Any] = {
    "options": [
        {"code": _SATISFIED, "name_zh": "满意", "counts_in_denominator": True},
        {"code": _BASICALLY, "name_zh": "基本满意", "counts_in_denominator": True},
        {"code": _NOT, "name_zh": "不满意", "counts_in_denominator": True},
        {"code": _ABSTAIN, "name_zh": "弃权", "counts_in_denominator": True},
    ],
    "denominator": "returned",
    "rates": {"top1": [_SATISFIED], "top2": [_SATISFIED, _BASICALLY]},
    "grades": [
        {"grade": _SATISFIED, "sum": [_SATISFIED], "share": "1/2", "inclusive": True},
        {
            "grade": _BASICALLY,
            "sum": [_SATISFIED, _BASICALLY],
            "share": "1/2",
            "inclusive": True,
        },
    ],
    "otherwise": _NOT,
    "rounding": 2,
    # A former project that does not serve any more counts against those of the same lead unit.
    "look_back": {
        "years": 3,
        "consequences": [
            {
                "finding": "not-effective",
                "effect": "deduct",
                "over": "unit",
                "rate": "top1",
                "share": "1/50",
            }
        ],
    },
}
_TEXT = (
    "全体代表对各项目和子项作出满意、基本满意、不满意或者弃权的评价。满意率以收回答卷为基数。"
    "满意达到半数的,等次为满意;满意和基本满意合计达到半数的,为基本满意;否则为不满意。"
    "三年内的往年项目经回头看未持续发挥作用的,同一牵头单位的项目满意率扣减五十分之一。"
)


def steps(scene: Scene) -> Iterator[Step]:
    """Method, questionnaire, answers, closing, publication."""
    yield Step("测评办法、发起测评", [_opening(scene)])
    yield Step("代表作答", single(list(_answers(scene))))
    yield Step("结束测评、公布结果", [_ending(scene)])


def _opening(scene: Scene) -> Lane:
    year, (opens, closes) = scene.figures.year, scene.days.assessment
    drafted, adopted = opens - dt.timedelta(days=20), opens - dt.timedelta(days=14)
    method: dict[str, Any] = {
        "title": f"{year}年民生实事项目满意度测评办法(演示)",
        "text": _TEXT + texts.MARK,
        "parameters": _PARAMETERS,
        "happened_on": str(drafted),
    }
    adoption = {"adopted_by": "人大常委会主任会议(演示)", "happened_on": str(adopted)}
    questionnaire: dict[str, Any] = {
        "year": year,
        "title": f"{year}年民生实事项目满意度测评(演示)",
        "method_id": Ref("assessment-method"),
        "congress": scene.figures.code,
        "happened_on": str(opens),
    }
    audience: dict[str, Any] = {
        "group": "all-deputies",
        "title": "全体市人大代表(演示)",
        "channel": "roll",
        "kind": "secret",
        "sampling": "census",
        "opens_on": str(opens),
        "closes_on": str(closes),
        "happened_on": str(opens),
    }
    of, to = (Ref("assessment-method"),), (Ref("questionnaire"),)
    adopt = "/v1/assessment-methods/{}/adoption"
    return [
        Request("assessment-method", actors.CLERK, "/v1/assessment-methods", method),
        Request("assessment-method/adoption", actors.CLERK, adopt, adoption, of),
        Request("questionnaire", actors.CLERK, "/v1/questionnaires", questionnaire),
        Request("audience", actors.CLERK, "/v1/questionnaires/{}/audiences", audience, to),
        Request(
            "questionnaire/opening",
            actors.CLERK,
            "/v1/questionnaires/{}/opening",
            {"happened_on": str(opens)},
            to,
            patient=True,
            expect={"eligible": len(scene.who.own)},
        ),
    ]


def _answers(scene: Scene) -> Iterator[Request]:
    """Nearly everybody answers, in an order that tells nothing."""
    rng = scene.rng("answers")
    answering = rng.sample(scene.who.roll, max(1, len(scene.who.roll) * 49 // 50))
    for number, person in enumerate(answering):
        body = {
            "form_version": 1,
            "answers": [_mark(item, rng) for item in _items(scene)],
            "happened_on": str(between(rng, *scene.days.assessment)),
        }
        yield Request(
            f"answer/{number:04}",
            actors.deputy(person.name),
            "/v1/audiences/{}/answers",
            body,
            (Ref("audience"),),
        )


def _items(scene: Scene) -> Iterator[Ref]:
    for project in scene.projects:
        yield project.id
        for place in range(len(project.items)):
            yield project.item_id(place)


def _mark(item: Ref, rng: random.Random) -> dict[str, Any]:
    weights = (88, 9, 1.5, 1.5)
    (grade,) = rng.choices((_SATISFIED, _BASICALLY, _NOT, _ABSTAIN), weights)
    return {"question": "grade", "item_id": item, "value": grade}


def _ending(scene: Scene) -> Lane:
    _, closes = scene.days.assessment
    of = (Ref("questionnaire"),)
    published = str(closes + dt.timedelta(days=3))
    endings: dict[str, dict[str, Any]] = {
        "closing": {"happened_on": str(closes)},
        "publication": {
            "decided_by": "市人大常委会主任会议(合成)",
            "reference": "主任会议纪要(合成)",
            "happened_on": published,
        },
    }
    return [
        Request(
            f"questionnaire/{what}",
            actors.CLERK,
            f"/v1/questionnaires/{{}}/{what}",
            body,
            of,
        )
        for what, body in endings.items()
    ]
