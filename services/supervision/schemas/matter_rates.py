"""Rates of matters: responded, solved, satisfied, talked about, published."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Year

from ..model.matter import OPINION, REGISTERS

BY = ("project", "unit", "kind", "class", "channel", "year")


class MatterRatesQuery(Schema):
    """Of which register, as of which day (today without one), and by what in groups."""

    register = fields.String(load_default=OPINION, validate=validate.OneOf(REGISTERS))
    on = Day()
    by = fields.String(validate=validate.OneOf(BY))
    project_id = Identifier()
    unit_id = Identifier()
    year = Year()


class MatterRate(Schema):
    """``part`` of ``whole``; ``share`` is null where there is nothing to count."""

    part = fields.Integer(required=True)
    whole = fields.Integer(required=True)
    share = fields.Float(required=True, allow_none=True)


class RatesOfMatters(Schema):
    """The rates."""

    responded = fields.Nested(MatterRate, required=True)
    solved = fields.Nested(MatterRate, required=True)
    satisfied = fields.Nested(MatterRate, required=True)
    talked = fields.Nested(MatterRate, required=True)
    published = fields.Nested(MatterRate, required=True)


class GroupOfMatters(Schema):
    """The rates of one group; ``key``: an id, a code or a year."""

    key = fields.String(required=True, allow_none=True)
    rates = fields.Nested(RatesOfMatters, required=True)


class MatterRates(Schema):
    """The rates as of a day, whole and in groups, each with its definition (zh, en)."""

    register = fields.String(required=True)
    as_of = Day(required=True)
    by = fields.String(required=True, allow_none=True)
    total = fields.Nested(RatesOfMatters, required=True)
    groups = fields.List(fields.Nested(GroupOfMatters), required=True)
    definitions = fields.Dict(
        keys=fields.String(), values=fields.List(fields.String()), required=True
    )
