"""The implementation plan of a project, version by version."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before

from .plan_check import check
from .plan_content import Content, Funds, PlanMilestone, PlanUnit, Site, Target, Task
from .project import Project


@dataclass(frozen=True)
class TaskBalance:
    """The tasks of a sub-item beside its target: what the districts' numbers sum to.

    ``difference``: the sum less the target; None where there is no target in numbers.
    """

    sub_item_id: str
    target: float | None
    tasks: float | None
    shares: float

    @property
    def difference(self) -> float | None:
        """How much more, or less, the tasks come to than the target."""
        if self.target is None or self.tasks is None:
            return None
        return self.tasks - self.target


@dataclass(eq=False)
class Plan(Aggregate):
    """One version of a project's implementation plan (实施计划); it never changes.

    ``number``: from 1 within the project.  ``content``: as :class:`Content` writes it.
    ``valid_from``: from which day on it is the plan; ``change_id``: the decided change that made
    it.  ``reason``: why there is a later version.  ``unit_id``: who published it.
    Its parts are those of Shaanxi's measure, article 17: responsible unit, target, term, funds,
    safeguards, and goals by year where it lasts several.
    """

    id: str
    project_id: str
    number: int
    content: dict[str, Any]
    valid_from: dt.date
    reason: str
    change_id: str | None
    unit_id: str
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def publish(
        cls,
        project: Project,
        content: Content,
        *,
        number: int,
        valid_from: dt.date,
        reason: str,
        unit_id: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
        change_id: str | None = None,
    ) -> Plan:
        """A new version; raises Invalid if its content is not sound for the project."""
        check(content, project)
        not_before(happened_on, project.adopted_on)
        not_before(valid_from, project.adopted_on, "/valid_from")
        plan = cls(
            new_id(),
            project.id,
            number,
            with_all_targets(content, project).plain(),
            valid_from,
            reason,
            change_id,
            unit_id,
            happened_on,
            recorded_at,
        )
        plan.record("plan.published.v1")
        return plan

    @cached_property
    def says(self) -> Content:
        """The content as values."""
        return Content.of(self.content)

    @property
    def units(self) -> tuple[PlanUnit, ...]:
        """Who is responsible."""
        return self.says.units

    @property
    def lead_unit_id(self) -> str:
        """The lead unit (牵头单位)."""
        return next(one.unit_id for one in self.units if one.role == "lead")

    @property
    def targets(self) -> tuple[Target, ...]:
        """The target of each sub-item."""
        return self.says.targets

    @property
    def milestones(self) -> tuple[PlanMilestone, ...]:
        """The steps with their days."""
        return self.says.milestones

    @property
    def funds(self) -> Funds:
        """The funds of all years and of each."""
        return self.says.funds

    @property
    def sites(self) -> tuple[Site, ...]:
        """Where things are done."""
        return self.says.sites

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What districts do."""
        return self.says.tasks

    def planned(self, sub_item_id: str, on: dt.date) -> float | None:
        """The cumulative quantity or share planned for a day; see :meth:`Content.planned`."""
        return self.says.planned(sub_item_id, on)

    @property
    def task_balances(self) -> list[TaskBalance]:
        """For each sub-item with tasks: their sum beside the target (条块对照)."""
        found = []
        for one in self.targets:
            tasks = [task for task in self.tasks if task.sub_item_id == one.sub_item_id]
            if not tasks:
                continue
            numbers = [task.target for task in tasks if task.target is not None]
            if one.target is not None:
                numbers += [task.share * one.target for task in tasks if task.share is not None]
            shares = sum(task.share for task in tasks if task.share is not None)
            total = sum(numbers) if numbers else None
            found.append(TaskBalance(one.sub_item_id, one.target, total, shares))
        return found

    def public_state(self) -> dict[str, Any]:
        """For events: codes, numbers, days and ids; no text, no exact place."""
        says = self.content
        return {
            "id": self.id,
            "project_id": self.project_id,
            "number": self.number,
            "valid_from": self.valid_from.isoformat(),
            "change_id": self.change_id,
            "happened_on": self.happened_on.isoformat(),
            "due_on": says["due_on"],
            "units": says["units"],
            "targets": says["targets"],
            "milestones": [
                {"code": one["code"], "due_on": one["due_on"]} for one in says["milestones"]
            ],
            "total_yuan": says["funds"]["total_yuan"],
            "sites": len(says["sites"]),
            "tasks": len(says["tasks"]),
        }


def with_all_targets(content: Content, project: Project) -> Content:
    """The content with a target for every sub-item: the voted one where it says nothing."""
    given = {one.sub_item_id for one in content.targets}
    voted = (Target(item.id, item.target) for item in project.sub_items if item.id not in given)
    return replace(content, targets=(*content.targets, *voted))
