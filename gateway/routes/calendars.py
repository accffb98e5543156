"""The calendar of a year's supervision (监督日历)."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from services.supervision.schemas import calendar as schemas

from ..resource import call, created, listed, operation, shown

blueprint = Blueprint("calendars", __name__, description="监督日历 What must happen when")


@operation(
    blueprint,
    "POST",
    "/calendars/<int:year>",
    body=schemas.DrawCalendar,
    answer=schemas.DrawnCalendar,
    status=201,
)
def draw_calendar(body: dict[str, Any], year: Any) -> ResponseReturnValue:
    """Draw a year's entries from the rule in force; what is there already stays."""
    return created(call("supervision", "draw_calendar", year, body), "/v1/calendars/{year}")


@operation(
    blueprint,
    "GET",
    "/calendars/<int:year>",
    query=schemas.CalendarQuery,
    answer=schemas.CalendarEntry,
    many=True,
)
def list_calendar(query: dict[str, Any], year: Any) -> ResponseReturnValue:
    """List a year's entries by their last days."""
    return listed(call("supervision", "list_calendar", year, query))


@operation(
    blueprint,
    "POST",
    "/calendar-entries",
    body=schemas.EnterInCalendar,
    answer=schemas.CalendarEntry,
    status=201,
)
def enter_in_calendar(body: dict[str, Any]) -> ResponseReturnValue:
    """Add an entry by hand."""
    return created(call("supervision", "enter_in_calendar", body), "/v1/calendar-entries/{id}")


@operation(blueprint, "GET", "/calendar-entries/<uuid:entry_id>", answer=schemas.CalendarEntry)
def get_calendar_entry(entry_id: Any) -> ResponseReturnValue:
    """Show an entry."""
    return shown(call("supervision", "get_calendar_entry", str(entry_id)))


@operation(
    blueprint,
    "POST",
    "/calendar-entries/<uuid:entry_id>/moves",
    body=schemas.MoveCalendarEntry,
    answer=schemas.CalendarEntry,
    status=201,
)
def move_calendar_entry(body: dict[str, Any], entry_id: Any) -> ResponseReturnValue:
    """Give an entry other days, and say why."""
    return created(call("supervision", "move_calendar_entry", str(entry_id), body))


@operation(
    blueprint,
    "POST",
    "/calendar-entries/<uuid:entry_id>/keeping",
    body=schemas.KeepCalendarEntry,
    answer=schemas.CalendarEntry,
    status=201,
)
def keep_calendar_entry(body: dict[str, Any], entry_id: Any) -> ResponseReturnValue:
    """Say what kept an entry."""
    return created(call("supervision", "keep_calendar_entry", str(entry_id), body))


@operation(
    blueprint,
    "POST",
    "/calendar-entries/<uuid:entry_id>/dropping",
    body=schemas.DropCalendarEntry,
    answer=schemas.CalendarEntry,
    status=201,
)
def drop_calendar_entry(body: dict[str, Any], entry_id: Any) -> ResponseReturnValue:
    """Say that an entry will not happen, and why."""
    return created(call("supervision", "drop_calendar_entry", str(entry_id), body))
