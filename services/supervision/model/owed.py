"""What progress is owed for a month: of sub-items by the lead unit, of districts' tasks by theirs.

A month is owed by what has no entry for it although it was not complete before, by the target of
the plan in force; before there is one, by the target that was voted.
"""

from __future__ import annotations

from .monthly import completion
from .plan import Plan
from .plan_content import Task
from .project import Project, SubItem


def sub_items_owed(project: Project, plan: Plan | None, month: str) -> list[SubItem]:
    """The sub-items whose own figure is missing for the month."""
    return [item for item in project.sub_items if _owes(project, item.id, None, plan, month)]


def units_owing(project: Project, plan: Plan | None, month: str) -> list[str]:
    """The units of districts that owe an entry for one of their tasks (条块任务).

    None is owed for a task whose sub-item was complete as a whole.
    """
    return sorted(
        {
            task.unit_id
            for task in (plan.tasks if plan else ())
            if _owes(project, task.sub_item_id, task, plan, month)
            and not _complete_before(project, task.sub_item_id, None, plan, month)
        }
    )


def _owes(
    project: Project, sub_item_id: str, task: Task | None, plan: Plan | None, month: str
) -> bool:
    about = (sub_item_id, task.code if task else None)
    told = any(one.about == about and one.month == month for one in project.progress)
    return not told and not _complete_before(project, sub_item_id, task, plan, month)


def _complete_before(
    project: Project, sub_item_id: str, task: Task | None, plan: Plan | None, month: str
) -> bool:
    """Whether it was complete by the end of the month."""
    about = (sub_item_id, task.code if task else None)
    entries = [one for one in project.progress if one.about == about]
    done = completion(_target(project, sub_item_id, task, plan), entries)
    return done is not None and f"{done.happened_on:%Y-%m}" <= month


def _target(
    project: Project, sub_item_id: str, task: Task | None, plan: Plan | None
) -> float | None:
    whole = plan.says.target(sub_item_id) if plan else project.sub_item(sub_item_id).target
    return whole if task is None else task.target_of(whole)
