"""What came out of the assessment (测评一览), read through the API like everything shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .client import Caller
from .request import Ref

Line = tuple[str, str]
_SAMPLING = {"census": "全体", "sample": "抽样", "open": "自愿", "mixed": "多种方式"}
_GRADES = {"satisfied": "满意", "basically-satisfied": "基本满意", "dissatisfied": "不满意"}
_THEN = {"rectify": "限期整改", "report-again": "重新报告", "assess-again": "再次测评"}
_STATES = {"open": "整改中", "reported": "已报告", "confirmed": "已确认整改到位"}


def lines(caller: Caller) -> list[Line]:
    """The overview, line by line; raises Refused."""
    score = _score(caller, "questionnaire")
    return [
        *_groups(score),
        *_items(score),
        ("总体 overall", _overall(score)),
        *_consequences(caller, score),
        ("再次测评 assessed again", _again(caller, score)),
    ]


def _score(caller: Caller, name: str) -> dict[str, Any]:
    found: dict[str, Any] = caller.get(f"/v1/questionnaires/{caller.find(Ref(name))}/score")
    return found


def _groups(score: dict[str, Any]) -> Iterator[Line]:
    """Each body of people asked, with its base."""
    for group in score["groups"]:
        asked = group["issued"] if group["sampling"] == "sample" else group["eligible"]
        weight = f",权重 {group['weight']}" if group["weight"] else ",不计权重"
        base = f"收回 {group['returned']}/{asked}" if asked else f"收回 {group['returned']}"
        yield f"测评主体 {group['name']}", f"{_SAMPLING[group['sampling']]}:{base}{weight}"


def _items(score: dict[str, Any]) -> Iterator[Line]:
    """Each sub-item: every group's rate with what is unsure of it, the whole and the grade."""
    for item in score["items"]:
        if item["kind"] != "sub-item":
            continue
        told = [
            f"{group['name']} {_rate(one)}"
            for group in score["groups"]
            for one in group["items"]
            if one["item_id"] == item["item_id"] and one["top1"]
        ]
        whole = f"综合 {item['composite']['percent']}%" if item["composite"] else "综合 —"
        grade = _GRADES.get(item["whole_grade"], "—")
        yield f"  {item['name']}", ";".join([*told, f"{whole},{grade}"])


def _rate(one: dict[str, Any]) -> str:
    """A rate, with the bounds of a census or the interval of a sample; of volunteers neither."""
    rate = f"{one['top1']['percent']}%"
    if one.get("bounds"):
        ends = (one["bounds"][end]["percent"] for end in ("low", "high"))
        return f"{rate}(界限 {'–'.join(ends)})"
    if one.get("interval"):
        ends = (one["interval"][end]["percent"] for end in ("low", "high"))
        return f"{rate}({float(one['interval']['confidence']):.0%} 区间 {'–'.join(ends)})"
    return rate


def _overall(score: dict[str, Any]) -> str:
    whole = score["overall"]
    return f"满意率 {whole['composite']['percent']}%" if whole and whole["composite"] else "—"


def _consequences(caller: Caller, score: dict[str, Any]) -> Iterator[Line]:
    """What fell below the line, what follows, and how far that has come."""
    path = f"/v1/rectifications?questionnaire_id={score['id']}&limit=200"
    tasks = {one["item_id"]: one for one in caller.get(path)["items"]}
    for one in score["consequences"]:
        then = "、".join(_THEN.get(code, code) for code in one["then"])
        task = tasks.get(one["item_id"])
        state = f";{_STATES[task['state']]}" if task else ""
        yield f"低于标准 {one['name']}", f"{one['percent']}% < {one['below']}:{then}{state}"


def _again(caller: Caller, before: dict[str, Any]) -> str:
    was = {one["item_id"]: one for one in before["items"]}
    return ";".join(
        f"{one['name']} {was[one['item_id']]['composite']['percent']}% → {one['top1']['percent']}%"
        for one in _score(caller, "questionnaire/again")["items"]
    )
