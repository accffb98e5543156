"""What must add up in the plan of a candidate: its budget, its stages, its units and places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from services.commons.errors import Invalid
from services.commons.location import located

#: What a revision may change, in the order in which people read it.
FIELDS = (
    "name",
    "description",
    "goal",
    "aspect",
    "urgency",
    "lead_unit_id",
    "co_unit_ids",
    "due_on",
    "total_yuan",
    "year_yuan",
    "funding_source",
    "sources",
    "years",
    "sub_items",
    "places",
    "stages",
    "supporting",
    "operation",
    "suggested_project_ids",
)
#: What every plan has said since the first release; the rest may be left out.
BUDGET = ("total_yuan", "year_yuan", "funding_source")


def as_json(value: Any) -> Any:
    """The value with its days as text, as a JSON column and an event hold them."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: as_json(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    return value


def from_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a plan as an entity keeps them, from a body; the budget is taken apart."""
    found = {name: body[name] for name in FIELDS if name in body}
    if "budget" in body:
        budget = body["budget"]
        found |= {name: budget[name] for name in BUDGET}
        found |= {name: as_json(budget.get(name) or []) for name in ("sources", "years")}
    for name in ("sub_items", "stages"):
        if name in found:
            found[name] = as_json(found[name] or [])
    if "places" in found:
        found["places"] = [{"name": one["name"]} | located(one) for one in found["places"]]
    if "suggested_project_ids" in found:
        found["suggested_project_ids"] = sorted(set(found["suggested_project_ids"]))
    return found


def check(plan: Mapping[str, Any], year: int, proposed_on: dt.date) -> None:
    """Raise Invalid, with every place, unless the plan of a year's candidate agrees with itself."""
    mistakes = [*_mistakes(plan, year), *_mistakes_of_days(plan, proposed_on)]
    if mistakes:
        raise Invalid(
            "candidate-inconsistent",
            "the candidate contradicts itself at " + ", ".join(at for at, _ in mistakes),
            "候选项目内容前后不一致:" + "、".join(at for at, _ in mistakes),
            [{"pointer": at, "detail": why} for at, why in mistakes],
        )


def _mistakes(plan: Mapping[str, Any], year: int) -> Iterator[tuple[str, str]]:
    yield from _mistakes_of_money(plan, year)
    for index, unit in enumerate(plan["co_unit_ids"]):
        if unit == plan["lead_unit_id"] or unit in plan["co_unit_ids"][:index]:
            yield f"/co_unit_ids/{index}", "已列出 (is named already)"


def _mistakes_of_days(plan: Mapping[str, Any], proposed_on: dt.date) -> Iterator[tuple[str, str]]:
    """The plan has its days as text, which is ordered as they are."""
    if plan["due_on"] < proposed_on.isoformat():
        yield "/due_on", "早于提出日期 (is before it was put forward)"
    days = [stage["due_on"] for stage in plan["stages"]]
    for index in range(1, len(days)):
        if days[index] < days[index - 1]:
            yield f"/stages/{index}/due_on", "早于前一阶段 (is before the stage before it)"
    # Stages over several years may go on after the day by which the year's part is done.
    last = max([plan["due_on"], *days])
    for index, item in enumerate(plan["sub_items"]):
        if (item.get("due_on") or last) > last:
            yield f"/sub_items/{index}/due_on", "晚于项目完成期限 (is after the candidate's)"


def _mistakes_of_money(plan: Mapping[str, Any], year: int) -> Iterator[tuple[str, str]]:
    total, sources, years = plan["total_yuan"], plan["sources"], plan["years"]
    if plan["year_yuan"] > total:
        yield "/budget/year_yuan", f"多于总投资 {total} (is more than total_yuan)"
    if sources:
        found = sum(one["yuan"] for one in sources)
        if found != total:
            yield "/budget/sources", f"合计 {found},应为 {total} (must add up to total_yuan)"
    if not years:
        return
    found = sum(one["yuan"] for one in years)
    if found != total:
        yield "/budget/years", f"合计 {found},应为 {total} (must add up to total_yuan)"
    by_year = {one["year"]: one["yuan"] for one in years}
    if len(by_year) < len(years):
        yield "/budget/years", "年度重复 (names a year twice)"
    if by_year.get(year) != plan["year_yuan"]:
        yield "/budget/years", f"{year} 年应为 {plan['year_yuan']} (must equal year_yuan)"
