"""Aspects, units, rounds: what everything else refers to."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery, Sort

from ..model import round, unit


class YearQuery(PageQuery):
    """A list of one year, or of all."""

    year = Year()


class DefineAspect(Schema):
    """A new aspect (方面)."""

    code = Code(required=True)
    name = Text(40, required=True)


class Aspect(Schema):
    """An aspect."""

    id = Identifier(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)


class RegisterUnit(Schema):
    """A new unit (单位)."""

    name = Text(120, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(unit.KINDS))
    credit_code = fields.String(
        load_default=None, allow_none=True, validate=Pattern("^[0-9A-Z]{18}$")
    )


class Unit(Schema):
    """A unit."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    credit_code = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class UnitQuery(PageQuery):
    """Which units; ``q``: words set apart by blanks, each of which must stand in the name."""

    q = Text(100)
    kind = fields.String(validate=validate.OneOf(unit.KINDS))
    sort = Sort("name", "recorded_at", "id")


class OpenRound(Schema):
    """A new round of collection (征集)."""

    year = Year(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(round.KINDS))
    name = Text(120, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class Round(OpenRound):
    """A round."""

    id = Identifier(required=True)
    version = fields.Integer(required=True)
