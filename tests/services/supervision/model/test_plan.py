"""What a plan says for a day, and what makes one unsound."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from services.commons.errors import Invalid
from services.supervision.model.plan import Plan
from services.supervision.model.plan_content import Content, month_end

from .test_entities import NOW, project

D = dt.date.fromisoformat


def data(**changes: Any) -> dict[str, Any]:
    """A content for the sample project."""
    base: dict[str, Any] = {
        "due_on": "2023-11-30",
        "units": [{"unit_id": "u", "role": "lead"}],
        "targets": [],
        "monthly": [
            {"sub_item_id": "numbered", "month": "2023-08", "quantity": 60},
            {"sub_item_id": "numbered", "month": "2023-04", "quantity": 10},
        ],
        "milestones": [],
        "funds": {"total_yuan": 100, "years": [{"year": 2023, "yuan": 60}]},
        "safeguards": "",
        "stages": [],
        "sites": [],
        "tasks": [],
    }
    return base | changes


def publish(**changes: Any) -> Plan:
    """A first version."""
    return Plan.publish(
        project(),
        Content.of(data(**changes)),
        number=1,
        valid_from=D("2023-03-10"),
        reason="",
        unit_id="u",
        happened_on=D("2023-03-10"),
        recorded_at=NOW,
    )


def test_what_is_planned_for_a_day_is_the_last_full_months_figure() -> None:
    """Nothing before the first month is over; none where no month is planned."""
    plan = publish()
    found = [plan.planned("numbered", D(day)) for day in ("2023-04-29", "2023-04-30", "2023-08-30")]
    assert found == [0, 10, 10]
    assert plan.planned("numbered", D("2024-01-01")) == 60
    assert plan.planned("open", D("2024-01-01")) is None


def test_a_plan_has_a_target_for_each_sub_item() -> None:
    """The voted one where it says nothing."""
    assert {one.sub_item_id: one.target for one in publish().targets} == {
        "numbered": 100,
        "open": None,
    }
    assert publish().funds.of(2023) == 60
    assert publish().funds.of(2024) is None


def test_content_is_the_same_when_read_again() -> None:
    """What is kept as JSON says what was published."""
    plan = publish()
    assert Content.of(plan.content) == plan.says
    assert Content.of(plan.content).plain() == plan.content


def test_the_last_day_of_a_month() -> None:
    """December ends a year, February has 28 days or 29."""
    found = [month_end(month) for month in ("2023-12", "2024-02", "2023-02")]
    assert found == [D("2023-12-31"), D("2024-02-29"), D("2023-02-28")]


def test_tasks_are_compared_with_the_target() -> None:
    """Numbers and shares of the target are summed; the difference is shown and not refused."""
    tasks = [
        TASK | {"target": 70},
        TASK | {"code": "b", "share": 0.4},
        TASK | {"code": "c", "sub_item_id": "open", "share": 0.5},
    ]
    numbered, open_ = publish(tasks=tasks).task_balances
    assert (numbered.tasks, numbered.difference) == (110, 10)
    assert (open_.tasks, open_.shares, open_.difference) == (None, 0.5, None)


TASK = {"code": "a", "division": "330106", "unit_id": "u", "sub_item_id": "numbered"}
MONTH = {"sub_item_id": "numbered", "month": "2023-04"}
STAGE = {"code": "a", "name": "一", "year": 2023, "goal": "成"}


UNSOUND: list[tuple[dict[str, Any], str, str]] = [
    (
        {"units": [{"unit_id": "u", "role": "district"}]},
        "one-lead-unit",
        "/content/units",
    ),
    (
        {"units": [{"unit_id": "u", "role": "lead"}] * 2},
        "named-twice",
        "/content/units/1/unit_id",
    ),
    (
        {"targets": [{"sub_item_id": "x", "target": 1}]},
        "sub-item-unknown",
        "/content/targets/0/sub_item_id",
    ),
    (
        {"targets": [{"sub_item_id": "open", "target": 1}]},
        "target-of-other-kind",
        "/content/targets/0/target",
    ),
    (
        {"targets": [{"sub_item_id": "numbered", "target": None}]},
        "target-of-other-kind",
        "/content/targets/0/target",
    ),
    (
        {"monthly": [MONTH | {"share": 0.5}]},
        "quantity-required",
        "/content/monthly/0/quantity",
    ),
    (
        {"monthly": [MONTH | {"quantity": 5}, MONTH | {"quantity": 6}]},
        "named-twice",
        "/content/monthly/1/month",
    ),
    (
        {"monthly": [MONTH | {"quantity": 5}, MONTH | {"quantity": 4, "month": "2023-05"}]},
        "plan-backwards",
        "/content/monthly/1",
    ),
    (
        {"milestones": [{"code": "m", "name": "一", "due_on": "2023-01-01"}]},
        "due-before-vote",
        "/content/milestones/0/due_on",
    ),
    (
        {"due_on": "2023-01-01"},
        "due-before-vote",
        "/content/due_on",
    ),
    (
        {"stages": [STAGE | {"starts_on": "2023-05-02", "ends_on": "2023-05-01"}]},
        "ends-before-start",
        "/content/stages/0/ends_on",
    ),
    (
        {"funds": {"total_yuan": 5, "years": [{"year": 2023, "yuan": 6}]}},
        "funds-exceed-total",
        "/content/funds/years",
    ),
    (
        {"tasks": [TASK | {"unit_id": "v", "share": 1}]},
        "task-of-other-unit",
        "/content/tasks/0/unit_id",
    ),
    (
        {"tasks": [TASK]},
        "task-number",
        "/content/tasks/0",
    ),
    (
        {"tasks": [TASK | {"share": 0.7}, TASK | {"code": "b", "share": 0.4}]},
        "shares-over-one",
        "/content/tasks/1/share",
    ),
]


@pytest.mark.parametrize(("changes", "code", "pointer"), UNSOUND)
def test_an_unsound_plan_is_refused_at_its_place(
    changes: dict[str, Any], code: str, pointer: str
) -> None:
    """What contradicts the vote or itself."""
    with pytest.raises(Invalid) as caught:
        publish(**changes)
    assert (caught.value.code, caught.value.errors[0]["pointer"]) == (code, pointer)


def test_shares_of_a_tenth_ten_times_are_the_whole() -> None:
    """No rounding refuses what sums to one."""
    tasks = [TASK | {"code": f"t{n}", "share": 0.1} for n in range(10)]
    assert len(publish(tasks=tasks).tasks) == 10
