"""The rules (规则): the shipped examples are looked at, and the office adopts its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import actors, texts
from ..request import Ref, Request, Step, look, single
from ..scene import Scene

#: The deputies' group that organises research, and owes suggestions itself.
GROUP = "民生联络代表小组(演示)"
#: The checklist of the shipped example with the answers of a matter that is fit.
FIT = {
    "litigation": False,
    "petition": False,
    "mandated": False,
    "burden": False,
    "one-matter": True,
}
#: Who deals with a shortlist, in order: code, name, body; the {} is 市 or 区.
STAGES = (
    ("departments", "部门提出", "{}政府有关部门"),
    ("deputies", "代表协商", "{}人大代表"),
    ("government", "政府审议", "{}政府常务会议"),
    ("party-committee", "党委研究", "{}委常委会会议"),
    ("standing-committee", "常委会审议", "{}人大常委会"),
    ("congress", "提请大会", "{}人民代表大会"),
)
ADOPTING = "standing-committee"
#: By what candidates are screened: code, name, question.
PRINCIPLES = (
    ("universality", "普惠性", "受益的人是否足够多、足够广?"),
    ("balance", "均衡性", "是否兼顾城乡、区域和不同人群?"),
    ("public-benefit", "公益性", "是否属于公共服务,不以营利为目的?"),
    ("feasibility", "可行性", "条件是否具备,能否按期完成?"),
    ("fiscal-capacity", "财政承受能力", "资金来源是否落实,是否在财力之内?"),
)
MOST = 5
_TITLES = {
    "channels": "征集渠道",
    "eligibility": "征集资格清单",
    "quotas": "各代表团候选项目任务",
    "deadlines": "办理期限",
    "results": "办理结果分类",
    "milestones": "告知提出人的节点",
    "stages": "候选项目初定程序",
    "principles": "候选项目评价原则",
    "urgency": "轻重缓急",
    "demand": "储备库需求排序",
    "synonyms": "同义词表",
}


def steps(scene: Scene) -> Iterator[Step]:
    """What is in force is shown first; each kind is then adopted, as it is or changed."""
    day = str(scene.days.rules)
    path = "/v1/rules/in-force?kind={}&on={}"
    shown = [look(_example(kind), actors.CLERK, path, kind, day) for kind in _TITLES]
    yield Step("现行规则(示例)", single(shown))
    yield Step("办公室通过各项规则", single(list(_adopted(scene))))


def body_of(scene: Scene, stage: str) -> str:
    """The body that deals with a shortlist at a stage."""
    return next(body for code, _, body in STAGES if code == stage).format(scene.level) + "(演示)"


def _adopted(scene: Scene) -> Iterator[Request]:
    for kind, content in _contents(scene).items():
        body = {
            "kind": kind,
            "title": f"{_TITLES[kind]}(演示)",
            "text": f"以随软件提供的示例为底稿,经研究通过。{texts.MARK}",
            "source": f"{scene.figures.year}年民生实事项目征集初定工作安排(演示)",
            "content": content,
            "adopted_by": f"{scene.level}人大常委会办公厅(演示)",
            "happened_on": str(scene.days.rules),
        }
        yield Request(f"rule/{kind}", actors.CLERK, "/v1/rules", body)


def _contents(scene: Scene) -> dict[str, Any]:
    """Each kind's content: most of it as the example has it, by reference to the answer."""
    same: dict[str, Any] = {kind: Ref(_example(kind), ("content",)) for kind in _TITLES}
    return same | {
        "eligibility": {"required": True, "items": _part("eligibility", "items")},
        "quotas": _quotas(scene),
        "stages": [_stage(scene, *stage) for stage in STAGES],
        "principles": [_principle(*principle) for principle in PRINCIPLES],
        "demand": {"months": 18, "weights": _part("demand", "weights")},
        "synonyms": [
            Ref(_example("synonyms"), ("content", 0)),
            ["加装电梯", "加梯", "装电梯"],
            ["老年食堂", "长者食堂", "助餐点"],
            ["口袋公园", "小微绿地"],
        ],
    }


def _quotas(scene: Scene) -> dict[str, Any]:
    each = scene.figures["intake.deputy_suggestions"] * 3 // (4 * len(scene.divisions))
    return {
        "candidates": max(1, each),
        "counted": "accepted",
        "exceptions": [],
        "groups": [{"name": GROUP, "candidates": 1}],
    }


def _stage(scene: Scene, code: str, name: str, body: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "body": body.format(scene.level),
        "required": True,
        "needs_document": True,
        "adopts": code == ADOPTING,
    }


def _principle(code: str, name: str, question: str) -> dict[str, Any]:
    scale = list(range(MOST + 1))
    return {"code": code, "name": name, "question": question, "weight": 1, "scale": scale}


def _example(kind: str) -> str:
    return f"rule/example/{kind}"


def _part(kind: str, name: str) -> Ref:
    return Ref(_example(kind), ("content", name))
