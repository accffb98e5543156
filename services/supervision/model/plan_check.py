"""What makes a plan's content sound; each mistake is told at its place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from services.commons.errors import Invalid

from .plan_content import LEAD, Content
from .project import Project, check_number

_NAMED = ("milestones", "stages", "sites", "tasks")


def check(content: Content, project: Project) -> None:
    """Raise Invalid unless the content is of this project's sub-items and agrees with itself."""
    _units(content)
    _sub_items(content, project)
    for name in _NAMED:
        _once((one.code for one in getattr(content, name)), name, "code")
    _once((one.sub_item_id for one in content.targets), "targets", "sub_item_id")
    _once(((one.sub_item_id, one.month) for one in content.monthly), "monthly", "month")
    _targets(content, project)
    _monthly(content, project)
    _days(content, project.adopted_on)
    _funds(content)
    _tasks(content)


def _units(content: Content) -> None:
    _once((one.unit_id for one in content.units), "units", "unit_id")
    if sum(one.role == LEAD for one in content.units) != 1:
        raise _invalid(
            "one-lead-unit",
            "a plan has exactly one lead unit",
            "实施计划应有且只有一个牵头单位",
            "/content/units",
            "needs exactly one unit of role lead",
        )


def _sub_items(content: Content, project: Project) -> None:
    known = {item.id for item in project.sub_items}
    for name in ("targets", "monthly", *_NAMED):
        for place, one in enumerate(getattr(content, name)):
            id_ = getattr(one, "sub_item_id", None)
            if id_ is not None and id_ not in known:
                raise _invalid(
                    "sub-item-unknown",
                    "this project has no such sub-item",
                    "该项目没有此子项",
                    f"/content/{name}/{place}/sub_item_id",
                    "is not a sub-item of this project",
                )


def _targets(content: Content, project: Project) -> None:
    voted = {item.id: item.target for item in project.sub_items}
    for place, one in enumerate(content.targets):
        if (voted[one.sub_item_id] is None) != (one.target is None):
            raise _invalid(
                "target-of-other-kind",
                "a sub-item voted with a number keeps one, and one voted without keeps none",
                "票决时有数量目标的子项应有数量,没有的不填",
                f"/content/targets/{place}/target",
                "is not of the kind that was voted",
            )


def _monthly(content: Content, project: Project) -> None:
    reached: dict[str, float] = {}
    order = sorted(range(len(content.monthly)), key=lambda place: content.monthly[place].month)
    for place in order:
        one = content.monthly[place]
        pointer = f"/content/monthly/{place}"
        check_number(project.sub_item(one.sub_item_id), one.quantity, one.share, pointer)
        if one.value < reached.get(one.sub_item_id, 0):
            raise _invalid(
                "plan-backwards",
                "monthly figures are cumulative and may not fall from one month to the next",
                "月度计划为累计数,后一月不得少于前一月",
                pointer,
                "is less than an earlier month's",
            )
        reached[one.sub_item_id] = one.value


def _days(content: Content, adopted_on: dt.date) -> None:
    for place, stage in enumerate(content.stages):
        if stage.ends_on < stage.starts_on:
            raise _invalid(
                "ends-before-start",
                "a stage ends on its first day or later",
                "阶段的结束日期不能早于开始日期",
                f"/content/stages/{place}/ends_on",
                "is before starts_on",
            )
    due = [(f"milestones/{n}/due_on", one.due_on) for n, one in enumerate(content.milestones)]
    if content.due_on is not None:
        due.append(("due_on", content.due_on))
    for name, day in due:
        if day < adopted_on:
            raise _invalid(
                "due-before-vote",
                f"nothing can be due before the vote's result of {adopted_on}",
                f"完成期限不能早于票决结果确认之日 {adopted_on}",
                f"/content/{name}",
                f"is before {adopted_on}",
            )


def _funds(content: Content) -> None:
    _once((one.year for one in content.funds.years), "funds/years", "year")
    total = content.funds.total_yuan
    if total is not None and sum(one.yuan for one in content.funds.years) > total:
        raise _invalid(
            "funds-exceed-total",
            "the years' funds together are more than the total",
            "各年度资金之和超过总额",
            "/content/funds/years",
            "sum to more than total_yuan",
        )


def _tasks(content: Content) -> None:
    known = {one.unit_id for one in content.units}
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for place, one in enumerate(content.tasks):
        pointer = f"/content/tasks/{place}"
        if one.unit_id not in known:
            raise _invalid(
                "task-of-other-unit",
                "a task is given to a unit of the plan",
                "任务只能分给实施计划中列出的单位",
                f"{pointer}/unit_id",
                "is not among the plan's units",
            )
        if (one.target is None) == (one.share is None):
            raise _invalid(
                "task-number",
                "a task has either a number of its own or a share of the sub-item's target",
                "任务应填数量或占比,且只填一项",
                pointer,
                "needs target or share, not both",
            )
        shares[one.sub_item_id] += Fraction(str(one.share or 0))
        if shares[one.sub_item_id] > 1:
            raise _invalid(
                "shares-over-one",
                "the tasks' shares of a sub-item together are more than the whole",
                "同一子项各任务的占比之和超过 1",
                f"{pointer}/share",
                "makes the shares of this sub-item more than 1",
            )


def _once(values: Iterable[Any], name: str, key: str) -> None:
    seen = set()
    for place, value in enumerate(values):
        if value in seen:
            raise _invalid(
                "named-twice",
                f"each {key} may stand once only",
                "同一编号或单位只能出现一次",
                f"/content/{name}/{place}/{key}",
                "stands there already",
            )
        seen.add(value)


def _invalid(code: str, en: str, zh: str, pointer: str, detail: str) -> Invalid:
    return Invalid(code, en, zh, [{"pointer": pointer, "detail": detail}])
