"""The calendar, the rule that it is drawn from, and the task lists."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Code, Day, Identifier, Text, Year
from services.chassis.paging import PageQuery

from ..model import calendar, task_item

_KINDS = tuple(dict.fromkeys(kind for kinds in calendar.MUSTS.values() for kind in kinds))


class _Must(Schema):
    """What keeps an entry: a thing of this sort, perhaps of one kind."""

    must = fields.String(required=True, validate=validate.OneOf(list(calendar.MUSTS)))
    of = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(_KINDS))

    @validates_schema
    def of_is_a_kind_of_it(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a meeting of the kind bulletin."""
        if data["of"] is not None and data["of"] not in calendar.MUSTS[data["must"]]:
            raise ValidationError({"of": [f"Is no kind of {data['must']}."]})


class CalendarPart(_Must):
    """A part of the rule ``calendar``: in which months, from which day to which."""

    code = Code(required=True)
    name = Text(120, required=True)
    of = fields.String(required=True, allow_none=True, validate=validate.OneOf(_KINDS))
    months = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 12)),
        required=True,
        validate=validate.Length(1, 12),
    )
    from_day = fields.Integer(required=True, strict=True, validate=validate.Range(1, 31))
    day = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, 31),
        metadata={"description": "the last day; that of the month where it is shorter"},
    )
    lead_days = fields.Integer(required=True, strict=True, validate=validate.Range(0, 90))
    source_text = Text(500, required=True)

    @validates_schema
    def days_in_order(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse months named twice, and a part that ends before it begins."""
        if len(set(data["months"])) < len(data["months"]):
            raise ValidationError({"months": ["Must name each month once."]})
        if data["from_day"] > data["day"]:
            raise ValidationError({"day": ["Must not be before from_day."]})


class DrawCalendar(Schema):
    """Draw the calendar of a year."""

    happened_on = Day(required=True)


class CalendarYear(Schema):
    """The year that a path names."""

    year = Year(required=True)


class DrawCalendarOf(DrawCalendar, CalendarYear):
    """Draw the calendar of this year."""


class DrawnCalendar(Schema):
    """How many entries were drawn, and how many were there before."""

    year = fields.Integer(required=True)
    drawn = fields.Integer(required=True)
    there = fields.Integer(required=True)


class EnterInCalendar(_Must):
    """An entry made by hand."""

    year = Year(required=True)
    part = Code(required=True)
    name = Text(120, required=True)
    starts_on = Day(required=True)
    due_on = Day(required=True)
    lead_days = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 90))
    happened_on = Day(required=True)


class CalendarMove(Schema):
    """The days that an entry had before, and why it was moved."""

    starts_on = fields.String(required=True)
    due_on = fields.String(required=True)
    reason = fields.String(required=True)
    happened_on = fields.String(required=True)


class CalendarEntry(EnterInCalendar):
    """An entry of the calendar (监督日历)."""

    id = Identifier(required=True)
    ordinal = fields.Integer(required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True, allow_none=True)
    moves = fields.List(fields.Nested(CalendarMove), required=True)
    state = fields.String(required=True, validate=validate.OneOf(calendar.STATES))
    ended_on = Day(required=True, allow_none=True)
    kept_by = Identifier(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    reminded_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class CalendarQuery(PageQuery):
    """Which entries of the year."""

    part = Code()
    state = fields.String(validate=validate.OneOf(calendar.STATES))


class MoveCalendarEntry(Schema):
    """Other days for an entry."""

    starts_on = Day(required=True)
    due_on = Day(required=True)
    reason = Text(500, required=True)
    happened_on = Day(required=True)


class KeepCalendarEntry(Schema):
    """What kept an entry: a thing that is recorded here, or a note."""

    kept_by = Identifier(load_default=None, allow_none=True)
    note = Text(500, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class DropCalendarEntry(Schema):
    """Why an entry will not happen."""

    reason = Text(500, required=True)
    happened_on = Day(required=True)


class ListTask(Schema):
    """An item for a project's task list (任务清单), watched by a group, a deputy or a unit."""

    project_id = Identifier(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(task_item.TASK_KINDS))
    name = Text(200, required=True)
    site_code = Code(load_default=None, allow_none=True)
    problem_id = Identifier(load_default=None, allow_none=True)
    group_id = Identifier(load_default=None, allow_none=True)
    deputy_id = Identifier(load_default=None, allow_none=True)
    unit_id = Identifier(load_default=None, allow_none=True)
    due_on = Day(required=True)
    happened_on = Day(required=True)


class TaskItem(ListTask):
    """An item of a task list; ``checked_on`` and ``standing``: its latest check."""

    id = Identifier(required=True)
    state = fields.String(required=True, validate=validate.OneOf(task_item.STATES))
    checked_on = Day(required=True, allow_none=True)
    standing = fields.String(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class TaskItemQuery(PageQuery):
    """Which items."""

    project_id = Identifier()
    kind = fields.String(validate=validate.OneOf(task_item.TASK_KINDS))
    state = fields.String(validate=validate.OneOf(task_item.STATES))
    group_id = Identifier()
    deputy_id = Identifier()
    unit_id = Identifier()
    problem_id = Identifier()


class CheckTask(Schema):
    """A look at an item: what was found, and whether it is better, the same or worse."""

    finding = Text(5000, required=True)
    standing = fields.String(required=True, validate=validate.OneOf(task_item.STANDINGS))
    visit_id = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class TaskCheck(CheckTask):
    """A check of an item."""

    id = Identifier(required=True)
    task_item_id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class EndTask(Schema):
    """An item is done, or dropped; ``outcome``: how, or why."""

    outcome = Text(5000, required=True)
    happened_on = Day(required=True)
