"""What both assessments have in common: methods, audiences, what is thought of a line, the end."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..request import Lane, Ref, Request
from ..scene import Scene

_SATISFIED, _BASICALLY, _NOT, _ABSTAIN = (
    "satisfied",
    "basically-satisfied",
    "dissatisfied",
    "abstain",
)
#: What both methods have.
PLAIN: dict[str, Any] = {
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
    "thresholds": [
        {
            "of": "sub-item",
            "measure": "top1",
            "below": "4/5",
            "inclusive": False,
            "then": ["rectify", "assess-again"],
            "days": 30,
        }
    ],
}


def method(name: str, title: str, text: str, parameters: dict[str, Any], opens: dt.date) -> Lane:
    """A method that is drafted and adopted before the assessment opens."""
    drafted, adopted = opens - dt.timedelta(days=20), opens - dt.timedelta(days=14)
    body = {
        "title": title,
        "text": text + texts.MARK,
        "parameters": parameters,
        "happened_on": str(drafted),
    }
    adoption = {"adopted_by": "人大常委会主任会议(演示)", "happened_on": str(adopted)}
    adopt = "/v1/assessment-methods/{}/adoption"
    return [
        Request(name, actors.CLERK, "/v1/assessment-methods", body),
        Request(f"{name}/adoption", actors.CLERK, adopt, adoption, (Ref(name),)),
    ]


def audience(
    group: str, title: str, opens: dt.date, closes: dt.date, **more: Any
) -> dict[str, Any]:
    """An audience; deputies who answer secretly unless ``more`` says otherwise."""
    return {
        "group": group,
        "title": title,
        "channel": "roll",
        "kind": "secret",
        "sampling": "census",
        "opens_on": str(opens),
        "closes_on": str(closes),
        "happened_on": str(opens),
    } | more


def items(scene: Scene) -> Iterator[Ref]:
    """Every line of the form."""
    for project in scene.projects:
        yield project.id
        for place in range(len(project.items)):
            yield project.item_id(place)


def weak(scene: Scene) -> Ref:
    """The sub-item that falls below the line."""
    project = scene.projects[0]
    return project.item_id(len(project.items) - 1)


def mark(scene: Scene, item: Ref, rng: random.Random) -> dict[str, Any]:
    """What somebody thinks of a line; of one of them few think well."""
    weights = (55, 27, 15, 3) if item == weak(scene) else (91, 7, 1, 1)
    (grade,) = rng.choices((_SATISFIED, _BASICALLY, _NOT, _ABSTAIN), weights)
    return {"question": "grade", "item_id": item, "value": grade}


def ending(scene: Scene, name: str, closes: dt.date, after: int = 3) -> Lane:
    """It is closed, and some days later its score is published by a decision."""
    of = (Ref(name),)
    decision = {
        "decided_by": "人大常委会主任会议(演示)",
        "reference": f"公布测评结果的决定{texts.MARK}",
        "happened_on": str(closes + dt.timedelta(days=after)),
    }
    return [
        Request(
            f"{name}/closing",
            actors.CLERK,
            "/v1/questionnaires/{}/closing",
            {"happened_on": str(closes)},
            of,
        ),
        Request(
            f"{name}/publication",
            actors.CLERK,
            "/v1/questionnaires/{}/publication",
            decision,
            of,
        ),
    ]
