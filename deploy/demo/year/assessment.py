"""The satisfaction assessment (满意度测评): all deputies, and beside them residents in small."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import actors
from ..days import between
from ..request import Lane, Ref, Request, Step, single
from ..scene import Scene
from . import asking, households

_PARAMETERS = asking.PLAIN | {
    # No source tells how deputies and the public are weighed together: an example.
    "groups": [
        {"group": "all-deputies", "name_zh": "全体代表", "weight": "70/100"},
        {"group": households.GROUP, "name_zh": "抽样住户(合成)", "weight": "30/100"},
    ],
    "measure": "top1",
    "aggregation": {
        "project": {"from": "sub-items", "by": "mean"},
        "overall": {"from": "projects", "by": "mean"},
    },
    "sample": {"confidence": "0.95", "weighting": "post-stratify"},
    "publication": {"cell": 10, "unanimous": "suppress"},
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
    "(示例,权重和标准线未见公开出处)全体代表和随机抽取的住户对各项目和子项作出满意、基本满意、"
    "不满意或者弃权的评价,满意率以各自收回的答卷为基数,代表占百分之七十、住户占百分之三十;"
    "现场扫码的意见单列,不计权重。"
    "满意达到半数的,等次为满意;满意和基本满意合计达到半数的,为基本满意;否则为不满意。"
    "子项满意率低于百分之八十的,三十日内整改,并再次测评。"
    "三年内的往年项目经回头看未持续发挥作用的,同一牵头单位的项目满意率扣减五十分之一。"
)


def steps(scene: Scene) -> Iterator[Step]:
    """Method, questionnaire and its audiences, answers, closing, publication."""
    yield Step("测评办法、抽样、发起测评", [_opening(scene)])
    yield Step("代表作答", single(list(_answers(scene))))
    yield Step("住户凭邀请、居民现场扫码作答(合成)", [], acts=(households.answering(scene),))
    yield Step(
        "结束测评、公布结果", [asking.ending(scene, "questionnaire", scene.days.assessment[1])]
    )


def _opening(scene: Scene) -> Lane:
    year, (opens, _) = scene.figures.year, scene.days.assessment
    title = f"{year}年民生实事项目满意度测评办法(演示)"
    questionnaire: dict[str, Any] = {
        "year": year,
        "title": f"{year}年民生实事项目满意度测评(演示)",
        "method_id": Ref("assessment-method"),
        "congress": scene.figures.code,
        "happened_on": str(opens),
    }
    everybody = asking.audience("all-deputies", "全体市人大代表(演示)", *scene.days.assessment)
    of = (Ref("questionnaire"),)
    to = "/v1/questionnaires/{}/audiences"
    return [
        *asking.method("assessment-method", title, _TEXT, _PARAMETERS, opens),
        Request("questionnaire", actors.CLERK, "/v1/questionnaires", questionnaire),
        Request("audience", actors.CLERK, to, everybody, of),
        *households.preparing(scene),
        Request(
            "questionnaire/opening",
            actors.CLERK,
            "/v1/questionnaires/{}/opening",
            {"happened_on": str(opens)},
            of,
            patient=True,
            expect={"eligible": len(scene.who.own)},
        ),
        *households.at_the_site(scene),
    ]


def _answers(scene: Scene) -> Iterator[Request]:
    """Nearly everybody answers, in an order that tells nothing."""
    rng = scene.rng("answers")
    answering = rng.sample(scene.who.roll, max(1, len(scene.who.roll) * 49 // 50))
    for number, person in enumerate(answering):
        body = {
            "form_version": 1,
            "answers": [asking.mark(scene, item, rng) for item in asking.items(scene)],
            "happened_on": str(between(rng, *scene.days.assessment)),
        }
        yield Request(
            f"answer/{number:04}",
            actors.deputy(person.name),
            "/v1/audiences/{}/answers",
            body,
            (Ref("audience"),),
        )
