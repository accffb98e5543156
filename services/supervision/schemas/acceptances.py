"""Milestones reached, technical standards, and acceptance (验收)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Choice, Code, Day, Flag, Identifier, Text
from services.chassis.paging import PageQuery

from .photos import Photos


class ReachMilestone(Schema):
    """That a milestone was reached, and what shows it."""

    unit_id = Identifier(load_default=None, allow_none=True)
    evidence = Text(2000, required=True)
    photos = Photos()
    happened_on = Day(required=True)


class Milestone(Schema):
    """A milestone of the plan; ``reached_late`` is null while it is not reached."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    sub_item_id = Identifier(required=True, allow_none=True)
    due_on = Day(required=True)
    dropped_on = Day(required=True, allow_none=True)
    reached_on = Day(required=True, allow_none=True)
    reached_by = Identifier(required=True, allow_none=True)
    reached_late = fields.Boolean(required=True, allow_none=True)
    evidence = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)


class MilestoneQuery(PageQuery):
    """Which milestones; ``late``: reached after their day, or not reached and past it today."""

    late = Choice()


class SetStandard(Schema):
    """A technical standard of the project, or of one of its sub-items."""

    code = Code(required=True)
    title = Text(200, required=True)
    number = Text(
        60, load_default=None, allow_none=True, metadata={"description": "such as GB/T …"}
    )
    sub_item_id = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class Standard(SetStandard):
    """A technical standard."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class StandardQuery(PageQuery):
    """All standards of the project."""


class AcceptanceFinding(Schema):
    """Whether a standard, by its code, was met, and what was seen."""

    standard = Code(required=True)
    met = Flag(required=True)
    text = Text(2000, load_default="", validate=validate.Length(0, 2000))


class HoldAcceptance(Schema):
    """An acceptance of a sub-item; each of its standards is judged."""

    sub_item_id = Identifier(required=True)
    unit_id = Identifier(required=True, metadata={"description": "the unit that accepts"})
    passed = Flag(required=True)
    findings = fields.List(
        fields.Nested(AcceptanceFinding), load_default=list, validate=validate.Length(0, 200)
    )
    text = Text(5000, load_default="", validate=validate.Length(0, 5000))
    document = Text(120, required=True, metadata={"description": "its number or title"})
    photos = Photos()
    happened_on = Day(required=True)


class Acceptance(Schema):
    """An acceptance, passed or failed; ``sequence``: the how-manieth of the sub-item."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    sub_item_id = Identifier(required=True)
    sequence = fields.Integer(required=True)
    unit_id = Identifier(required=True)
    passed = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(AcceptanceFinding), required=True)
    text = fields.String(required=True)
    document = fields.String(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class AcceptanceQuery(PageQuery):
    """Which acceptances."""

    sub_item_id = Identifier()
    passed = Choice()
