"""What units arrange among themselves for a project: agreements, help asked for, who does what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from services.commons.aggregate import Aggregate, new_id
from services.commons.clock import not_before
from services.commons.errors import Conflict, Invalid, NotFound

ASKED, AGREED, REFUSED = "asked", "agreed", "refused"
STATES = (ASKED, AGREED, REFUSED)


@dataclass(eq=False)
class CoordinationTask:
    """What one unit does, by a day; ``position``: its place in the record, from 1."""

    id: str
    coordination_id: str
    position: int
    unit_id: str
    text: str
    due_on: dt.date
    done_on: dt.date | None = None
    done_text: str | None = None


@dataclass(eq=False)
class Coordination(Aggregate):
    """A coordination record (统筹协调) of units about a project.

    Either units agreed (``asked_by`` None), or one asked another for help (``asked_by``,
    ``asked_of``), which agrees or refuses with its answer.  ``text``: what was agreed or asked for.
    """

    id: str
    project_id: str
    state: str
    subject: str
    text: str
    unit_ids: list[str]
    asked_by: str | None
    asked_of: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    answered_on: dt.date | None = None
    answer_text: str | None = None
    tasks: list[CoordinationTask] = field(default_factory=list)
    version: int = 0

    @classmethod
    def agree(
        cls,
        *,
        project_id: str,
        subject: str,
        text: str,
        unit_ids: Sequence[str],
        tasks: Sequence[dict[str, Any]],
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Coordination:
        """Record what units agreed on; Invalid for one named twice, or a task of no part."""
        if len(set(unit_ids)) < len(unit_ids):
            raise Invalid(
                "unit-twice",
                "each unit is named once",
                "每个单位只列一次",
                [{"pointer": "/unit_ids", "detail": "names a unit twice"}],
            )
        made = cls._make(project_id, AGREED, subject, text, unit_ids, happened_on, recorded_at)
        made._take_on(tasks, happened_on)
        made.record("coordination.agreed.v1")
        return made

    @classmethod
    def ask(
        cls,
        *,
        project_id: str,
        subject: str,
        text: str,
        asked_by: str,
        asked_of: str,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Coordination:
        """One unit asks another for help; raises Invalid if it asks itself."""
        if asked_by == asked_of:
            raise Invalid(
                "asks-itself",
                "a unit asks another for help, not itself",
                "单位不能向自己请求协助",
                [{"pointer": "/asked_of", "detail": "is the unit that asks"}],
            )
        both = [asked_by, asked_of]
        made = cls._make(project_id, ASKED, subject, text, both, happened_on, recorded_at)
        made.asked_by, made.asked_of = asked_by, asked_of
        made.record("coordination.asked.v1")
        return made

    def answer(
        self, *, agrees: bool, text: str, tasks: Sequence[dict[str, Any]], happened_on: dt.date
    ) -> None:
        """The unit that was asked agrees, taking tasks on, or refuses; once."""
        if self.state != ASKED:
            raise Conflict(
                "nothing-asked", "nothing waits for an answer here", "此处没有待答复的协助请求"
            )
        if tasks and not agrees:
            raise Invalid(
                "refused-with-tasks",
                "who refuses takes on no tasks",
                "不予协助的答复不能列明任务",
                [{"pointer": "/tasks", "detail": "must be empty in a refusal"}],
            )
        self.answered_on = not_before(happened_on, self.happened_on)
        self.answer_text = text
        self.state = AGREED if agrees else REFUSED
        self._take_on(tasks, happened_on)
        self.record("coordination.answered.v1")

    def task(self, task_id: str) -> CoordinationTask:
        """The task of that id; raises NotFound."""
        for task in self.tasks:
            if task.id == task_id:
                return task
        raise NotFound("not-found", "there is no such task here", "未找到所指的任务")

    def do(self, task_id: str, *, text: str, happened_on: dt.date) -> CoordinationTask:
        """A task was done; raises Conflict the second time."""
        task = self.task(task_id)
        if task.done_on is not None:
            raise Conflict("task-done", "this task is done already", "该任务已完成")
        task.done_on = not_before(happened_on, self.answered_on or self.happened_on)
        task.done_text = text
        return task

    @classmethod
    def _make(
        cls,
        project_id: str,
        state: str,
        subject: str,
        text: str,
        unit_ids: Sequence[str],
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Coordination:
        return cls(
            new_id(),
            project_id,
            state,
            subject,
            text,
            list(unit_ids),
            None,
            None,
            happened_on,
            recorded_at,
        )

    def _take_on(self, tasks: Sequence[dict[str, Any]], day: dt.date) -> None:
        for place, task in enumerate(tasks):
            if task["unit_id"] not in self.unit_ids:
                raise Invalid(
                    "unit-took-no-part",
                    "a task is of a unit that takes part",
                    "任务只能由参与协调的单位承担",
                    [{"pointer": f"/tasks/{place}/unit_id", "detail": "is not of unit_ids"}],
                )
            not_before(task["due_on"], day, f"/tasks/{place}/due_on")
            self.tasks.append(
                CoordinationTask(
                    new_id(), self.id, place + 1, task["unit_id"], task["text"], task["due_on"]
                )
            )

    def public_state(self) -> dict[str, Any]:
        """Who arranged what with whom by when, without the words."""
        return {
            "id": self.id,
            "project_id": self.project_id,
            "state": self.state,
            "unit_ids": self.unit_ids,
            "asked_by": self.asked_by,
            "asked_of": self.asked_of,
            "happened_on": self.happened_on.isoformat(),
            "answered_on": self.answered_on.isoformat() if self.answered_on else None,
            "tasks": [
                {"id": task.id, "unit_id": task.unit_id, "due_on": task.due_on.isoformat()}
                for task in self.tasks
            ],
        }
