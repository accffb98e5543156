"""Synthetic questions and forms (合成): written out, and generated with answers that fit."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from services.survey.model.form import Form, Item
from services.survey.model.method import Option

OPTIONS = [
    Option("satisfied", "满意"),
    Option("basically-satisfied", "基本满意"),
    Option("dissatisfied", "不满意"),
]
ITEMS = [
    Item("p1", "p1", "project", "合成项目一"),
    Item("s1", "p1", "sub-item", "合成子项一"),
    Item("s2", "p1", "sub-item", "合成子项二"),
    Item("p2", "p2", "project", "合成项目二"),
    Item("s3", "p2", "sub-item", "合成子项三"),
]


def text(zh: str = "合成题目", **others: str) -> dict[str, str]:
    """A text in Chinese, and other languages if given."""
    return {"zh-CN": zh} | others


def options(*codes: str) -> list[dict[str, Any]]:
    """Options of these codes."""
    return [{"code": code, "text": text(f"选项{code}")} for code in codes]


def question(code: str, kind: str, **more: Any) -> dict[str, Any]:
    """A question of that kind."""
    return {"code": code, "kind": kind, "text": text()} | more


AGE = question("age", "choice", options=options("18-59", "60+"), required=True, stratum=True)
DISTRICT = question(
    "district", "choice", options=options("330102", "330105"), required=True, stratum=True
)
GRADE = question("grade", "grade", per="item")
WHY = question("why", "text", per="item", **{"if": {"question": "grade", "in": ["dissatisfied"]}})


def form(*questions: dict[str, Any], items: list[Item] | None = None, version: int = 1) -> Form:
    """A form of these questions about the items above."""
    return Form.from_data(list(questions), ITEMS if items is None else items, OPTIONS, version)


def answer(question: str, value: Any, item_id: str | None = None) -> dict[str, Any]:
    """An answer as it stands in a body."""
    return {"question": question, "value": value} | ({"item_id": item_id} if item_id else {})


_WORDS = st.text(alphabet="民生实事ab ,。\n", max_size=20)


def _detail(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    if kind in ("choice", "choices"):
        codes = draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True))
        if kind == "choice":
            return {"options": options(*codes)}
        least = draw(st.integers(0, len(codes)))
        most = draw(st.integers(max(1, least), len(codes)))
        return {"options": options(*codes), "at_least": least, "at_most": most}
    if kind == "rating":
        first = draw(st.integers(0, 9))
        return {"rating": {"from": first, "to": draw(st.integers(first + 1, 10))}}
    if kind == "number":
        edges = draw(st.lists(st.integers(-50, 50), min_size=2, max_size=6, unique=True))
        *bins, most = sorted(edges)
        decimals = draw(st.integers(0, 3))
        bounds = {"min": str(bins[0]), "max": str(most), "decimals": decimals}
        return {"number": bounds | {"bins": [str(edge) for edge in bins]}}
    return {"max_length": draw(st.integers(1, 30))} if kind == "text" else {}


def _condition(draw: st.DrawFn, earlier: list[dict[str, Any]], per: str) -> dict[str, Any] | None:
    reachable = [
        one
        for one in earlier
        if one["kind"] in ("grade", "choice", "choices", "rating")
        and (per == "item" or one["per"] == "once")
    ]
    if not reachable or not draw(st.booleans()):
        return None
    asked = draw(st.sampled_from(reachable))
    codes = {
        "grade": [one.code for one in OPTIONS],
        "rating": [str(asked["rating"]["from"])] if "rating" in asked else [],
    }.get(asked["kind"], [one["code"] for one in asked.get("options", [])])
    leaf = {"question": asked["code"], "in": [draw(st.sampled_from(codes))]}
    return draw(st.sampled_from([leaf, {"not": leaf}, {"all": [leaf]}, {"any": [leaf, leaf]}]))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Any form that is valid."""
    questions: list[dict[str, Any]] = []
    strata = draw(st.integers(0, 2))
    for number in range(strata):
        detail = _detail(draw, "choice")
        flags = {"per": "once", "stratum": True, "required": True}
        questions.append(question(f"s{number}", "choice", **detail, **flags))
    kinds = ("grade", "choice", "choices", "rating", "number", "text")
    for number, kind in enumerate(draw(st.lists(st.sampled_from(kinds), max_size=6))):
        per = draw(st.sampled_from(["once", "item"]))
        made = question(f"q{number}", kind, per=per, required=draw(st.booleans()))
        made |= _detail(draw, kind)
        # Grades do not hang on strata, directly or not.
        hangs = kind == "grade" and strata
        condition = None if hangs else _condition(draw, questions, per)
        questions.append(made | ({"if": condition} if condition else {}))
    return form(*questions) if questions else form(GRADE)


@st.composite
def values(draw: st.DrawFn, asked: dict[str, Any]) -> Any:
    """A value that fits the question."""
    kind = asked["kind"]
    if not asked["required"] and draw(st.booleans()):
        return None
    if kind == "grade":
        return draw(st.sampled_from([one.code for one in OPTIONS]))
    if kind == "rating":
        return draw(st.integers(asked["rating"]["from"], asked["rating"]["to"]))
    if kind == "number":
        number = asked["number"]
        steps = 10 ** number["decimals"]
        scaled = draw(st.integers(int(number["min"]) * steps, int(number["max"]) * steps))
        whole, part = divmod(abs(scaled), steps)
        digits = f".{part:0{number['decimals']}d}" if number["decimals"] else ""
        return f"{'-' if scaled < 0 else ''}{whole}{digits}"
    if kind == "text":
        longest = asked["max_length"]
        return "民" + draw(_WORDS)[: longest - 1]
    codes = [one["code"] for one in asked["options"]]
    if kind == "choice":
        return draw(st.sampled_from(codes))
    bounds = {"min_size": max(1, asked["at_least"]), "max_size": asked["at_most"]}
    return draw(st.lists(st.sampled_from(codes), unique=True, **bounds))
