"""Activities, visits, attendances and the problems found."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text, Year
from services.chassis.paging import PageQuery

from ..model.activity import ACTIVITY_KINDS, VISIT_KINDS
from ..model.participant import DEPUTY, DEPUTY_ROLES
from .matters import ComingIn, InLoop, LoopQuery


class ArrangeActivity(Schema):
    """A new activity (活动); ``happened_on`` is the day on which it was set."""

    year = Year(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(ACTIVITY_KINDS))
    name = Text(120, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True, metadata={"description": "the last day, itself included"})
    happened_on = Day(required=True)


class Activity(ArrangeActivity):
    """An activity."""

    id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ActivityQuery(PageQuery):
    """Which activities."""

    year = Year()
    kind = fields.String(validate=validate.OneOf(ACTIVITY_KINDS))


class RecordVisit(Schema):
    """A visit to a project (调研、明察暗访)."""

    activity_id = Identifier(load_default=None, allow_none=True)
    project_id = Identifier(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(VISIT_KINDS))
    place = Text(200, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class Visit(RecordVisit):
    """A visit."""

    id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class VisitQuery(PageQuery):
    """Which visits."""

    project_id = Identifier()
    activity_id = Identifier()


class AttendVisit(Schema):
    """A deputy took part in a visit, on its day: one person-time (人次)."""

    deputy_id = Identifier(required=True)
    role = fields.String(load_default=DEPUTY, validate=validate.OneOf(DEPUTY_ROLES))
    happened_on = Day(required=True)


class Attendance(AttendVisit):
    """One deputy at one visit."""

    id = Identifier(required=True)
    role = fields.String(required=True, attribute="took_part_as")
    visit_id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class _Problem(Schema):
    project_id = Identifier(required=True)
    visit_id = Identifier(load_default=None, allow_none=True)
    deputy_id = Identifier(load_default=None, allow_none=True)
    text = Text(10_000, required=True)
    happened_on = Day(required=True)


class RecordProblem(_Problem, ComingIn):
    """A problem (问题), perhaps found on a visit; ``deputy_id``: by whom, if by a deputy."""


class ProjectProblem(_Problem, InLoop):
    """A problem; ``handled_on``: the day on which its unit had put it right (整改)."""

    id = Identifier(required=True)
    handled_on = Day(allow_none=True)
    handled_by = Identifier(allow_none=True)
    handling_text = fields.String(allow_none=True)
    replied_on = Day(allow_none=True)
    replied_by = Identifier(allow_none=True)
    reply_text = fields.String(allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ProblemQuery(LoopQuery):
    """Which problems."""

    visit_id = Identifier()
