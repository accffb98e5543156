"""Task lists: what of a project is watched until it is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid

#: 重点点位、重点环节、重点问题.
TASK_KINDS = ("site", "link", "problem")
OPEN, DONE, DROPPED = STATES = ("open", "done", "dropped")
#: How it stands against the check before: 好转、无变化、变差.
STANDINGS = ("better", "same", "worse")
WATCHERS = ("group_id", "deputy_id", "unit_id")


@dataclass(eq=False)
class TaskItem(Aggregate):
    """One item of a project's task list (任务清单), with who watches it and by when.

    ``site_code``: of the site in the project's plan; ``problem_id``: a problem that was recorded.
    ``checked_on``, ``standing``: the latest check.  ``outcome``: how it was done, or why dropped.
    """

    id: str
    project_id: str
    kind: str
    name: str
    site_code: str | None
    problem_id: str | None
    group_id: str | None
    deputy_id: str | None
    unit_id: str | None
    due_on: dt.date
    happened_on: dt.date
    recorded_at: dt.datetime
    state: str = OPEN
    checked_on: dt.date | None = None
    standing: str | None = None
    ended_on: dt.date | None = None
    outcome: str | None = None
    version: int = 0

    @classmethod
    def list_(
        cls,
        *,
        project_id: str,
        kind: str,
        name: str,
        site_code: str | None,
        problem_id: str | None,
        group_id: str | None,
        deputy_id: str | None,
        unit_id: str | None,
        due_on: dt.date,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> TaskItem:
        """Put something on the list; Invalid unless a group, a deputy or a unit watches it."""
        if [group_id, deputy_id, unit_id].count(None) != 2:
            raise Invalid(
                "task-whose",
                "one group, one deputy or one unit watches it",
                "每项由一个小组、一名代表或者一个单位跟踪",
                [{"pointer": "/group_id", "detail": "either this, deputy_id or unit_id"}],
            )
        not_before(due_on, happened_on, "/due_on")
        return cls(
            new_id(),
            project_id,
            kind,
            name,
            site_code,
            problem_id,
            group_id,
            deputy_id,
            unit_id,
            due_on,
            happened_on,
            recorded_at,
        )

    def check(
        self,
        *,
        finding: str,
        standing: str,
        visit_id: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> TaskCheck:
        """Look at it again; Conflict when it is done or dropped."""
        self._must_be_open()
        not_before(happened_on, self.checked_on or self.happened_on)
        self.checked_on, self.standing = happened_on, standing
        return TaskCheck(new_id(), self.id, finding, standing, visit_id, happened_on, recorded_at)

    def end(self, state: str, outcome: str, day: dt.date) -> None:
        """It is done, or dropped with a reason; Conflict the second time."""
        self._must_be_open()
        self.ended_on = not_before(day, self.checked_on or self.happened_on)
        self.state, self.outcome = state, outcome

    def _must_be_open(self) -> None:
        if self.state != OPEN:
            raise Conflict("task-ended", "this item is done or dropped", "该项已完成或已取消")


@dataclass(eq=False)
class TaskCheck(Aggregate):
    """One look at an item of a task list, with what was found."""

    id: str
    task_item_id: str
    finding: str
    standing: str
    visit_id: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0
