"""Rectification tasks (整改任务)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery

from ..model import rectification

_LONGEST = 20_000


class AssignRectification(Schema):
    """Which unit must do it, and why that one (交办、改交)."""

    unit_id = Identifier(required=True)
    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class ReportRectification(Schema):
    """What the unit has put right (整改报告); ``sha256``: the report as an uploaded file."""

    text = Text(_LONGEST, required=True)
    sha256 = fields.String(load_default=None, allow_none=True, validate=Pattern(r"[0-9a-f]{64}"))
    happened_on = Day(required=True)


class ReturnRectification(Schema):
    """What is not put right yet (退回); ``deputy_id``: in whose name, the office's without."""

    reason = Text(2000, required=True)
    deputy_id = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class ConfirmRectification(Schema):
    """That it is put right, and how that was seen; ``deputy_id`` as for a return."""

    text = Text(2000, required=True)
    deputy_id = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class ExtendRectification(Schema):
    """Why there is more time (延期), as much as the rule in force allows."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class RectificationStep(Schema):
    """A step; ``text``: the report, the reason, what was seen."""

    kind = fields.String(required=True, validate=validate.OneOf(rectification.STEPS))
    round = fields.Integer(required=True)
    unit_id = Identifier(required=True, allow_none=True)
    deputy_id = Identifier(required=True, allow_none=True)
    text = fields.String(required=True)
    sha256 = fields.String(required=True, allow_none=True)
    happened_on = fields.String(required=True)


class Rectification(Schema):
    """A rectification task: what fell below which line, who must put it right, where it stands.

    ``value``, ``line``: exact fractions, null where the measure is the grade.  ``due_on``: by when
    the unit must report; null once it has.  ``unit_id`` null: the office has yet to assign it.
    """

    id = Identifier(required=True)
    questionnaire_id = Identifier(required=True)
    year = fields.Integer(required=True)
    project_id = Identifier(required=True, allow_none=True)
    item_id = Identifier(required=True, allow_none=True)
    item_kind = fields.String(required=True)
    item_name = fields.String(required=True)
    former_year = fields.Integer(required=True, allow_none=True)
    measure = fields.String(required=True)
    value = fields.String(required=True, allow_none=True)
    percent = fields.String(required=True, allow_none=True)
    line = fields.String(required=True, allow_none=True)
    inclusive = fields.Boolean(required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    then = fields.List(fields.String(), required=True)
    times = fields.Integer(required=True)
    method_id = Identifier(required=True)
    method_title = fields.String(required=True)
    unit_id = Identifier(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(rectification.STATES))
    round = fields.Integer(required=True)
    steps = fields.List(fields.Nested(RectificationStep), required=True)
    decided_on = Day(required=True, attribute="happened_on")
    due_on = Day(required=True, allow_none=True)
    reported_on = Day(required=True, allow_none=True)
    confirmed_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class RectificationQuery(PageQuery):
    """Which tasks."""

    year = Year()
    state = fields.String(validate=validate.OneOf(rectification.STATES))
    unit_id = Identifier()
    project_id = Identifier()
    questionnaire_id = Identifier()
