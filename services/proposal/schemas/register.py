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


class RenameAspect(Schema):
    """Another name, from a day on."""

    name = Text(40, required=True)
    happened_on = Day(required=True)


class RetireAspect(Schema):
    """The first day on which it takes nothing new, and the code of the one that does."""

    until = Day(required=True)
    superseded_by = Code(load_default=None, allow_none=True)


class AspectName(Schema):
    """A name that an aspect had before a day."""

    name = fields.String(required=True)
    until = fields.String(required=True)


class Aspect(Schema):
    """An aspect; ``names``: its earlier names, oldest first."""

    id = Identifier(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    until = Day(required=True, allow_none=True)
    superseded_by = fields.String(required=True, allow_none=True)
    names = fields.List(fields.Nested(AspectName), required=True, allow_none=True)
    version = fields.Integer(required=True)


class AspectQuery(PageQuery):
    """All aspects; with a day those that take suggestions on it, by the names of that day.

    ``q``: words, each of which must stand in the present name.
    """

    on = Day()
    q = Text(100)
    sort = Sort("code", "name", "recorded_at", "id")


class RegisterUnit(Schema):
    """A new unit (单位)."""

    name = Text(120, required=True)
    kind = fields.String(required=True, validate=validate.OneOf(unit.KINDS))
    credit_code = fields.String(
        load_default=None, allow_none=True, validate=Pattern("^[0-9A-Z]{18}$")
    )


class Doubt(Schema):
    """What is doubtful about something that is kept all the same."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class Unit(Schema):
    """A unit; ``warnings``: of a credit code that fails its check."""

    id = Identifier(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    credit_code = fields.String(required=True, allow_none=True)
    warnings = fields.List(fields.Nested(Doubt), required=True)
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


class MoveRound(Schema):
    """Other dates of a round, later or earlier, and why."""

    starts_on = Day(required=True)
    ends_on = Day(required=True)
    reason = Text(500, required=True)
    happened_on = Day(required=True)


class RoundDates(Schema):
    """The dates that a round had before a day."""

    starts_on = fields.String(required=True)
    ends_on = fields.String(required=True)
    until = fields.String(required=True)
    reason = fields.String(required=True)


class Round(OpenRound):
    """A round; ``dates``: those that it had before, oldest first."""

    id = Identifier(required=True)
    dates = fields.List(fields.Nested(RoundDates), required=True, allow_none=True)
    version = fields.Integer(required=True)


class RoundQuery(YearQuery):
    """Which rounds; ``q``: words, each of which must stand in the name."""

    q = Text(100)
    kind = fields.String(validate=validate.OneOf(round.KINDS))
    sort = Sort("starts_on", "recorded_at", "name", "id")


class QuotaQuery(Schema):
    """Of which year, by the rule that was in force on a day; today's without one."""

    year = Year(required=True)
    on = Day()


class QuotaLine(Schema):
    """What one delegation (代表团) or deputies' group (代表小组) owes and has delivered."""

    kind = fields.String(required=True, validate=validate.OneOf(("delegation", "group")))
    name = fields.String(required=True)
    owed = fields.Integer(required=True)
    delivered = fields.Integer(required=True)
    fulfilled = fields.Boolean(required=True)


class QuotaReport(Schema):
    """Each delegation and group, with the rule that says what they owe."""

    year = fields.Integer(required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    lines = fields.List(fields.Nested(QuotaLine), required=True)
