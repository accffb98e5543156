"""Declared indicators."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery


class DefineIndicator(Schema):
    """A new indicator that a unit declares about itself (指标)."""

    year = Year(required=True)
    key = fields.String(
        required=True,
        validate=Pattern("^[a-z][a-z0-9_]{0,39}$"),
        metadata={"description": "its name within the year: the figure is declared.<key>"},
    )
    name = Text(120, required=True)
    unit_of_measure = Text(20, required=True)
    declared_by = Identifier(required=True, metadata={"description": "the unit that declares"})
    happened_on = Day(required=True)


class IndicatorQuery(PageQuery):
    """Which indicators."""

    year = Year()


class IndicatorEntry(Schema):
    """What was declared for one month."""

    id = Identifier(required=True)
    month = fields.String(required=True)
    value = fields.Integer(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class Indicator(DefineIndicator):
    """An indicator with its entries, in the order in which they were recorded."""

    id = Identifier(required=True)
    entries = fields.List(fields.Nested(IndicatorEntry), required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class DeclareIndicator(Schema):
    """The number of one month; the same month again corrects it (更正)."""

    month = fields.String(
        required=True,
        validate=Pattern("^[0-9]{4}-(0[1-9]|1[0-2])$"),
        metadata={"description": "YYYY-MM"},
    )
    value = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**15))
    happened_on = Day(required=True)
