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


class SuggestedProject(Schema):
    """A suggested project."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    aspect = fields.String(required=True)
    text = fields.String(required=True)
    suggestion_ids = fields.List(Identifier(), required=True)
    happened_on = Day(required=True)
    version = fields.Integer(required=True)


class SuggestedProjectQuery(YearQuery):
    """Which suggested projects; ``q``: words, each of which must stand in title or text."""

    q = Text(100)
    aspect = Code()
    since = Day(data_key="from")
    until = Day(data_key="to")
    sort = Sort("happened_on", "recorded_at", "title", "id")
