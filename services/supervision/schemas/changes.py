"""Changes of voted projects (调整、暂缓、终止)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Flag, Identifier, Text
from services.chassis.paging import PageQuery

from ..model.change import DECIDERS, STATES
from ..model.difference import CHANGE_KINDS
from .change_rules import LEVELS
from .plans import PlanContent


class ProposeChange(Schema):
    """A change; an adjustment gives the whole new plan.

    Whether it is major, and who decides it then, the rule ``changes`` says.  ``level``: of the
    congress; without it the one of this jurisdiction's code.
    """

    kind = fields.String(required=True, validate=validate.OneOf(CHANGE_KINDS))
    content = fields.Nested(PlanContent, load_default=None, allow_none=True)
    deferred_until = Day(load_default=None, allow_none=True)
    ground = Code(required=True)
    reason = Text(5000, required=True)
    level = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(LEVELS))
    happened_on = Day(required=True)


class DecideChange(Schema):
    """The decision of the body that the rule names."""

    approved = Flag(required=True)
    body = fields.String(required=True, validate=validate.OneOf(DECIDERS))
    document = Text(120, required=True)
    text = Text(5000, load_default="", validate=validate.Length(0, 5000))
    happened_on = Day(required=True)


class WithdrawChange(Schema):
    """The proposal is taken back."""

    happened_on = Day(required=True)


class AnnounceChange(Schema):
    """The decision was announced (公告)."""

    document = Text(120, required=True)
    happened_on = Day(required=True)


class ReportChange(Schema):
    """The decision was reported to the next congress."""

    meeting = Text(200, required=True, metadata={"description": "which meeting of the congress"})
    document = Text(120, required=True)
    happened_on = Day(required=True)


class Change(Schema):
    """A change with its steps; ``majors``: why it is major, ``left``: what must still follow."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    kind = fields.String(required=True)
    content = fields.Raw(required=True, allow_none=True)
    deferred_until = Day(required=True, allow_none=True)
    ground = fields.String(required=True)
    reason = fields.String(required=True)
    unit_id = Identifier(required=True)
    majors = fields.List(fields.String(), required=True)
    decider = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.String(), required=True)
    left = fields.List(fields.String(), required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    happened_on = Day(required=True)
    effective_on = Day(required=True, allow_none=True)
    decided_on = Day(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    decision_document = fields.String(required=True, allow_none=True)
    decision_text = fields.String(required=True, allow_none=True)
    announced_on = Day(required=True, allow_none=True)
    announcement_document = fields.String(required=True, allow_none=True)
    reported_on = Day(required=True, allow_none=True)
    report_document = fields.String(required=True, allow_none=True)
    reported_to = fields.String(required=True, allow_none=True)
    withdrawn_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ProjectChangeQuery(PageQuery):
    """Which changes of the project."""

    kind = fields.String(validate=validate.OneOf(CHANGE_KINDS))
    state = fields.String(validate=validate.OneOf(STATES))


class ChangeQuery(ProjectChangeQuery):
    """Which changes."""

    project_id = Identifier()
