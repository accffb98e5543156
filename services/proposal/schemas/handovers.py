"""Handovers of suggested projects (交办)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text
from services.commons.handover import ROLES


class HandOver(Schema):
    """To which unit, with which beside it, by which document."""

    unit_id = Identifier(required=True)
    co_handling_unit_ids = fields.List(
        Identifier(), load_default=list, validate=validate.Length(0, 20)
    )
    document_number = Text(60, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class ReturnHandover(Schema):
    """A unit's return of what is not its own matter (退回)."""

    reason = Text(1000, required=True)
    happened_on = Day(required=True)


class GiveHandlingOpinion(Schema):
    """A co-handling unit's opinion (协办意见)."""

    text = Text(10_000, required=True)
    happened_on = Day(required=True)


class Handover(Schema):
    """One unit that a suggested project was handed to."""

    id = Identifier(required=True)
    project_id = Identifier(required=True)
    unit_id = Identifier(required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    document_number = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    return_until = Day(required=True, allow_none=True)
    returned_on = Day(required=True, allow_none=True)
    return_reason = fields.String(required=True, allow_none=True)
    opinion = fields.String(required=True, allow_none=True)
    opinion_on = Day(required=True, allow_none=True)
    ended_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)
