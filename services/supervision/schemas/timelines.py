"""What happened to a project, and what waits for the reader."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.fields import Code, Day, Identifier
from services.chassis.paging import PageQuery, Sort


class TimelineQuery(PageQuery):
    """Which days, both counted, and which kind; ``-day`` has the latest first."""

    # ``from`` is a word of Python's.
    from_ = Day(data_key="from")
    to = Day()
    kind = Code()
    sort = Sort("day")


class TimelineEntry(Schema):
    """One thing that happened, as a sentence; ``record`` and ``id`` name what it is about."""

    kind = fields.String(required=True)
    happened_on = Day(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    record = fields.String(required=True)
    id = Identifier(required=True)


class Timeline(Schema):
    """A page of the timeline (项目时间轴)."""

    items = fields.List(fields.Nested(TimelineEntry), required=True)
    next = fields.String(required=True, allow_none=True)


class DeskQuery(PageQuery):
    """Which of the things that wait: of one kind, project or unit."""

    kind = Code()
    project_id = Identifier()
    unit_id = Identifier()


class DeskCount(Schema):
    """How many things of a kind wait, and how many of them are overdue."""

    kind = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    count = fields.Integer(required=True)
    overdue = fields.Integer(required=True)


class DeskItem(Schema):
    """Something that waits for the reader; ``code``: the term, if a rule set its last day,
    or the step of an escalation.

    ``record`` and ``id`` name what it is about; ``since``: from when on it waits.
    """

    kind = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    code = fields.String(required=True, allow_none=True)
    record = fields.String(required=True)
    id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True)
    unit_id = Identifier(required=True, allow_none=True)
    since = Day(required=True)
    due_on = Day(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)


class Desk(Schema):
    """A page of the desk (专项监督台), the most urgent first, and the counts of all of it."""

    as_of = Day(required=True)
    counts = fields.List(fields.Nested(DeskCount), required=True)
    items = fields.List(fields.Nested(DeskItem), required=True)
    next = fields.String(required=True, allow_none=True)
