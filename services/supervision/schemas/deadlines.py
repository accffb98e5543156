"""Deadlines (期限), and what is overdue."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier
from services.chassis.paging import PageQuery, Sort

from ..model import deadline


class SupervisionOverdueQuery(PageQuery):
    """What was overdue on a day; today without one."""

    on = Day()
    kind = fields.String(validate=validate.OneOf(deadline.KINDS))
    unit_id = Identifier()
    project_id = Identifier()
    sort = Sort("due_on", "starts_on", "id")


class SupervisionDeadline(Schema):
    """A day by which somebody must have acted."""

    id = Identifier(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(deadline.KINDS))
    code = fields.String(required=True)
    subject_id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True)
    unit_id = Identifier(required=True, allow_none=True)
    starts_on = Day(required=True)
    due_on = Day(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    provisional = fields.Boolean(required=True)
    extended_on = Day(required=True, allow_none=True)
    extension_reason = fields.String(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)
