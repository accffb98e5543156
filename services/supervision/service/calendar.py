"""The calendar and the task lists."""

from __future__ import annotations

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc

from ..commands import calendar as commands
from ..commands import tasks
from ..model.calendar import CalendarEntry
from ..model.task_item import TaskItem
from ..queries import calendar as queries
from ..queries.reading import one
from ..schemas import calendar as schemas
from .stored import Json, Stored


class Calendar(Stored):
    """The calendar and the task lists."""

    @rpc
    def draw_calendar(self, year: int, body: Json) -> Json:
        return self.store.execute(
            commands.draw_calendar,
            schemas.DrawCalendarOf,
            body | {"year": year} if isinstance(body, dict) else body,
            answer=schemas.DrawnCalendar,
        )

    @rpc
    def list_calendar(self, year: int, params: Json) -> Json:
        asked = self.store.asked(schemas.CalendarYear, {"year": year})
        return self.store.list(
            queries.list_calendar(asked["year"]),
            schemas.CalendarQuery,
            params,
            answer=schemas.CalendarEntry,
        )

    @rpc
    def enter_in_calendar(self, body: Json) -> Json:
        return self.store.execute(
            commands.enter_in_calendar,
            schemas.EnterInCalendar,
            body,
            answer=schemas.CalendarEntry,
        )

    @rpc
    def get_calendar_entry(self, entry_id: str) -> Json:
        return self.store.read(one(CalendarEntry), entry_id, answer=schemas.CalendarEntry)

    @rpc
    def move_calendar_entry(self, entry_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.move_calendar_entry,
            schemas.MoveCalendarEntry,
            body,
            id=entry_id,
            answer=schemas.CalendarEntry,
        )

    @rpc
    def keep_calendar_entry(self, entry_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.keep_calendar_entry,
            schemas.KeepCalendarEntry,
            body,
            id=entry_id,
            answer=schemas.CalendarEntry,
        )

    @rpc
    def drop_calendar_entry(self, entry_id: str, body: Json) -> Json:
        return self.store.execute(
            commands.drop_calendar_entry,
            schemas.DropCalendarEntry,
            body,
            id=entry_id,
            answer=schemas.CalendarEntry,
        )

    @rpc
    def list_task(self, body: Json) -> Json:
        return self.store.execute(
            tasks.list_task,
            schemas.ListTask,
            body,
            answer=schemas.TaskItem,
        )

    @rpc
    def get_task_item(self, task_item_id: str) -> Json:
        return self.store.read(one(TaskItem), task_item_id, answer=schemas.TaskItem)

    @rpc
    def list_task_items(self, params: Json) -> Json:
        return self.store.list(
            queries.list_task_items, schemas.TaskItemQuery, params, answer=schemas.TaskItem
        )

    @rpc
    def list_task_checks(self, task_item_id: str, params: Json) -> Json:
        return self.store.list(
            queries.list_task_checks(task_item_id), PageQuery, params, answer=schemas.TaskCheck
        )

    @rpc
    def check_task(self, task_item_id: str, body: Json) -> Json:
        return self.store.execute(
            tasks.check_task,
            schemas.CheckTask,
            body,
            id=task_item_id,
            answer=schemas.TaskCheck,
        )

    @rpc
    def complete_task(self, task_item_id: str, body: Json) -> Json:
        return self.store.execute(
            tasks.complete_task,
            schemas.EndTask,
            body,
            id=task_item_id,
            answer=schemas.TaskItem,
        )

    @rpc
    def drop_task(self, task_item_id: str, body: Json) -> Json:
        return self.store.execute(
            tasks.drop_task,
            schemas.EndTask,
            body,
            id=task_item_id,
            answer=schemas.TaskItem,
        )
