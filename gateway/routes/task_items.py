"""Task lists of projects (任务清单)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.chassis.paging import PageQuery
from services.supervision.schemas import calendar as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint(
    "task-items", __name__, description="任务清单 Key sites, links and problems, tracked until done"
)


@operation(
    blueprint,
    "POST",
    "/task-items",
    body=schemas.ListTask,
    answer=schemas.TaskItem,
    status=201,
)
def list_task(body: dict[str, Any]) -> ResponseReturnValue:
    """Put something on a project's task list."""
    return created(call("supervision", "list_task", body), "/v1/task-items/{id}")


@operation(
    blueprint,
    "GET",
    "/task-items",
    query=schemas.TaskItemQuery,
    answer=schemas.TaskItem,
    many=True,
)
def list_task_items(query: dict[str, Any]) -> ResponseReturnValue:
    """List items by day."""
    return listed(call("supervision", "list_task_items", query))


@operation(blueprint, "GET", "/task-items/<uuid:task_item_id>", answer=schemas.TaskItem)
def get_task_item(task_item_id: Any) -> ResponseReturnValue:
    """Show an item."""
    return shown(call("supervision", "get_task_item", str(task_item_id)))


@operation(
    blueprint,
    "POST",
    "/task-items/<uuid:task_item_id>/checks",
    body=schemas.CheckTask,
    answer=schemas.TaskCheck,
    status=201,
)
def check_task(body: dict[str, Any], task_item_id: Any) -> ResponseReturnValue:
    """Record a look at an item."""
    return created(call("supervision", "check_task", str(task_item_id), body))


@operation(
    blueprint,
    "GET",
    "/task-items/<uuid:task_item_id>/checks",
    query=PageQuery,
    answer=schemas.TaskCheck,
    many=True,
)
def list_task_checks(query: dict[str, Any], task_item_id: Any) -> ResponseReturnValue:
    """List the looks at an item."""
    return listed(call("supervision", "list_task_checks", str(task_item_id), query))


@operation(
    blueprint,
    "POST",
    "/task-items/<uuid:task_item_id>/completion",
    body=schemas.EndTask,
    answer=schemas.TaskItem,
    status=201,
)
def complete_task(body: dict[str, Any], task_item_id: Any) -> ResponseReturnValue:
    """Note that an item is done."""
    return created(call("supervision", "complete_task", str(task_item_id), body))


@operation(
    blueprint,
    "POST",
    "/task-items/<uuid:task_item_id>/dropping",
    body=schemas.EndTask,
    answer=schemas.TaskItem,
    status=201,
)
def drop_task(body: dict[str, Any], task_item_id: Any) -> ResponseReturnValue:
    """Take an item off the list, and say why."""
    return created(call("supervision", "drop_task", str(task_item_id), body))
