"""Shortlists."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text, Year

from .candidates import SubItem


class DrawUpShortlist(Schema):
    """A new shortlist."""

    year = Year(required=True)
    candidate_ids = fields.List(Identifier(), required=True, validate=validate.Length(1, 100))
    happened_on = Day(required=True)


class AdoptShortlist(Schema):
    """The adoption of a shortlist, by the body that deliberated on it."""

    adopted_by = Text(200, required=True)
    happened_on = Day(required=True)


class ShortlistCandidate(Schema):
    """A candidate as it was when the shortlist was adopted."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    budget_yuan = fields.Integer(required=True)
    due_on = fields.String(required=True)
    sub_items = fields.List(fields.Nested(SubItem), required=True)


class Shortlist(Schema):
    """A shortlist; ``candidates`` once it is adopted."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    candidate_ids = fields.List(Identifier(), required=True)
    candidates = fields.List(fields.Nested(ShortlistCandidate), required=True, allow_none=True)
    adopted_by = fields.String(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)
