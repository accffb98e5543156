"""A form with every kind of question, for what comes in on paper.  All of it is synthetic."""

from __future__ import annotations

from typing import Any

from services.survey.model.form import Form, Item
from services.survey.model.method import Option

GRADES = (
    Option("satisfied", "满意", True),
    Option("basically-satisfied", "基本满意", True),
    Option("dissatisfied", "不满意", True),
)
#: Ids of the lines, as UUIDs are: in the order of the form.
ITEMS = [f"00000000-0000-4000-8000-{n:012d}" for n in range(1, 7)]


def text(chinese: str, english: str) -> dict[str, str]:
    """A text in both languages."""
    return {"zh-CN": chinese, "en": english}


def options(**named: str) -> list[dict[str, Any]]:
    """Options by their codes."""
    return [{"code": code, "text": text(name, code)} for code, name in named.items()]


GRADE = {"code": "grade", "kind": "grade", "per": "item", "text": text("总体评价", "Overall")}
AGE = {
    "code": "age",
    "kind": "choice",
    "text": text("年龄", "Age"),
    "options": options(young="60岁以下", old="60岁及以上"),
    "required": True,
    "stratum": True,
}
USED = {
    "code": "used",
    "kind": "choice",
    "text": text("是否使用过", "Used it"),
    "options": options(yes="是", no="否"),
    "required": True,
}
WHICH = {
    "code": "which",
    "kind": "choices",
    "text": text("使用过哪些", "Which"),
    "options": options(canteen="食堂", park="公园"),
    "if": {"question": "used", "in": ["yes"]},
}
STARS = {
    "code": "stars",
    "kind": "rating",
    "text": text("评分", "Stars"),
    "rating": {"from": 1, "to": 5, "labels": {"5": text("很好", "very good")}},
}
VISITS = {
    "code": "visits",
    "kind": "number",
    "text": text("去过几次", "Visits"),
    "number": {"min": "0", "max": "100", "decimals": 1, "bins": ["0", "10"]},
}
REMARK = {"code": "remark", "kind": "text", "text": text("意见", "Remark")}


def form(*questions: dict[str, Any], items: int = 6) -> Form:
    """A form of these questions; the plain grade without any."""
    lines = [Item(id_, id_, "project", f"项目{n}") for n, id_ in enumerate(ITEMS[:items], 1)]
    return Form.from_data(list(questions) or [GRADE], lines, GRADES)


def household() -> Form:
    """One with every kind of question."""
    return form(AGE, GRADE, USED, WHICH, STARS, VISITS, REMARK)
