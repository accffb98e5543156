"""Declared indicators."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery

from ..model.indicator import SCALES
from .projects import MONTH


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
    definition = Text(
        2000, load_default=None, allow_none=True, metadata={"description": "what is counted"}
    )
    source = Text(
        200,
        load_default=None,
        allow_none=True,
        metadata={"description": "from what system or list"},
    )
    period = Text(
        120, load_default=None, allow_none=True, metadata={"description": "over which time"}
    )
    scale = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.OneOf(list(SCALES)),
        metadata={"description": "in what it is told: 10000 for 万, 100000000 for 亿"},
    )
    happened_on = Day(required=True)


class IndicatorQuery(PageQuery):
    """Which indicators."""

    year = Year()


class IndicatorEntry(Schema):
    """What was declared for one month."""

    id = Identifier(required=True)
    month = fields.String(required=True)
    value = fields.Integer(required=True)
    responded = fields.Integer(allow_none=True)
    rounded_to = fields.Integer(allow_none=True)
    low = fields.Integer(metadata={"description": "the least it may stand for, being rounded"})
    high = fields.Integer(metadata={"description": "the most it may stand for"})
    reason = fields.String(allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)


class IndicatorTotal(Schema):
    """What the standing entries come to; the unit's own statement, no record of this system.

    ``responded``, ``response_rate``: null while a standing entry does not say.
    """

    months = fields.Integer(required=True)
    value = fields.Integer(required=True)
    low = fields.Integer(required=True)
    high = fields.Integer(required=True)
    responded = fields.Integer(required=True, allow_none=True)
    response_rate = fields.String(
        required=True, allow_none=True, metadata={"description": "exact, such as 167/186"}
    )
    shown = fields.String(required=True, metadata={"example": "4.79万"})


class Indicator(DefineIndicator):
    """An indicator with its entries, in the order in which they were recorded.

    ``standing``: the ids of those that no later one replaces.
    """

    id = Identifier(required=True)
    entries = fields.List(fields.Nested(IndicatorEntry), required=True)
    standing = fields.List(Identifier(), attribute="standing_ids")
    total = fields.Nested(IndicatorTotal)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class DeclareIndicator(Schema):
    """The number of one month; the same month again corrects it (更正)."""

    month = fields.String(
        required=True,
        validate=Pattern(MONTH),
        metadata={"description": "YYYY-MM"},
    )
    value = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10**15))
    responded = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(0, 10**15),
        metadata={"description": "to how many of them somebody responded"},
    )
    rounded_to = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(1, 10**9),
        metadata={"description": "if the number is rounded: to a multiple of what"},
    )
    reason = Text(
        2000,
        load_default=None,
        allow_none=True,
        metadata={"description": "why it corrects an earlier number of the month"},
    )
    happened_on = Day(required=True)
