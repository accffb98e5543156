"""Suggested projects."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier, Text, Year
from services.chassis.paging import Sort

from .register import YearQuery


class DistilSuggestedProject(Schema):
    """A new suggested project (建议项目)."""

    year = Year(required=True)
    title = Text(120, required=True)
    aspect = Code(required=True)
    text = Text(10_000, required=True)
    suggestion_ids = fields.List(Identifier(), required=True, validate=validate.Length(1, 1000))
    happened_on = Day(required=True)


class AddMembers(Schema):
    """More suggestions for a suggested project, and why."""

    suggestion_ids = fields.List(Identifier(), required=True, validate=validate.Length(1, 1000))
    reason = Text(1000, required=True)
    happened_on = Day(required=True)


class RemoveMember(Schema):
    """Why a suggestion leaves a suggested project."""

    reason = Text(1000, required=True)
    happened_on = Day(required=True)


class Member(Schema):
    """A suggestion that is or was in a suggested project."""

    suggestion_id = Identifier(required=True)
    added_on = Day(required=True)
    added_by = fields.String(required=True, allow_none=True)
    added_because = fields.String(required=True, allow_none=True)
    removed_on = Day(required=True, allow_none=True)
    removed_by = fields.String(required=True, allow_none=True)
    removed_because = fields.String(required=True, allow_none=True)


class SuggestedProject(Schema):
    """A suggested project; ``unit_id``: who leads, once it is handed over."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    aspect = fields.String(required=True)
    text = fields.String(required=True)
    suggestion_ids = fields.List(Identifier(), required=True)
    happened_on = Day(required=True)
    unit_id = Identifier(required=True, allow_none=True)
    co_handling_unit_ids = fields.List(Identifier(), required=True, allow_none=True)
    document_number = fields.String(required=True, allow_none=True)
    handed_over_on = Day(required=True, allow_none=True)
    answer_due_on = Day(required=True, allow_none=True)
    answer_due_provisional = fields.Boolean(required=True)
    answered_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class SuggestedProjectQuery(YearQuery):
    """Which suggested projects; ``q``: words, each of which must stand in title or text.

    ``unit_id``: the unit that leads.
    """

    q = Text(100)
    aspect = Code()
    unit_id = Identifier()
    since = Day(data_key="from")
    until = Day(data_key="to")
    sort = Sort("happened_on", "recorded_at", "title", "id")
