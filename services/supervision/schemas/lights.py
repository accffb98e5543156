"""Where a project stands on a day, and its light (进度灯)."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.fields import Code, Day, Identifier, Text
from services.chassis.paging import PageQuery


class StateQuery(Schema):
    """A day; today without one."""

    on = Day()


class Light(Schema):
    """A light, why, and the numbers that the rule could look at.

    Where a person set it, ``override_id`` says so and ``computed_code`` what the rule says.
    """

    code = fields.String(required=True)
    name = fields.String(required=True)
    colour = fields.String(required=True)
    reason_zh = fields.String(required=True)
    reason_en = fields.String(required=True)
    measures = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    override_id = Identifier(required=True, allow_none=True)
    computed_code = fields.String(required=True, allow_none=True)


class SubItemStanding(Schema):
    """A sub-item by the plan in force; ``completion`` may exceed 1."""

    sub_item_id = Identifier(required=True)
    target = fields.Float(required=True, allow_none=True)
    actual = fields.Float(required=True)
    planned = fields.Float(required=True, allow_none=True)
    completion = fields.Float(required=True)
    planned_completion = fields.Float(required=True, allow_none=True)
    lag = fields.Float(required=True, allow_none=True)
    finished_on = Day(required=True, allow_none=True)
    accepted_on = Day(required=True, allow_none=True)


class ProjectState(Schema):
    """A project on a day: plan against actual, what is late, and the light."""

    project_id = Identifier(required=True)
    on = Day(required=True)
    due_on = Day(required=True, allow_none=True)
    items = fields.List(fields.Nested(SubItemStanding), required=True)
    completion = fields.Float(required=True, allow_none=True)
    planned = fields.Float(required=True, allow_none=True)
    lag = fields.Float(required=True, allow_none=True)
    finished_on = Day(required=True, allow_none=True)
    accepted_on = Day(required=True, allow_none=True)
    deferred = fields.Boolean(required=True)
    deferred_until = Day(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    overdue_reports = fields.Integer(required=True)
    late_reports = fields.Integer(required=True)
    milestones_late = fields.Integer(required=True)
    light = fields.Nested(Light, required=True)


class OverrideLight(Schema):
    """A light of the rule in force, set by hand up to and with ``until``."""

    code = Code(required=True)
    reason = Text(2000, required=True)
    decided_by = Text(120, required=True, metadata={"description": "the office that set it"})
    until = Day(required=True)
    happened_on = Day(required=True)


class LightOverride(OverrideLight):
    """A light set by hand."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    name = fields.String(required=True)
    colour = fields.String(required=True)
    lifted_on = Day(required=True, allow_none=True)
    lift_reason = fields.String(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class LiftOverride(Schema):
    """From this day on the rule decides again."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class LightOverrideQuery(PageQuery):
    """All lights set by hand for the project."""
