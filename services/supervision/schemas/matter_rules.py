"""The forms of the rules of the closed loop: kinds, routing, results, escalation."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis import rule_schemas
from services.chassis.fields import Code, Flag, Identifier, Pattern, Text
from services.chassis.rule_schemas import list_of, once_each
from services.commons import places, workdays

from ..model import deadline
from ..model.matter import CLASSES


class MatterKind(Schema):
    """A kind of matter (类别), with its class; ``open311``: whether it is offered there."""

    code = Code(required=True)
    name = Text(60, required=True)
    class_ = fields.String(required=True, data_key="class", validate=validate.OneOf(CLASSES))
    public_name = Text(60, required=True)
    open311 = Flag(required=True)


class MatterResult(rule_schemas.Result):
    """A result; ``solved``: it says that the matter is solved, which somebody must confirm."""

    solved = Flag(required=True)


class RoutingCase(Schema):
    """One case: all that it names must fit, an empty list fits everything."""

    kinds = fields.List(Code(), required=True)
    divisions = fields.List(
        fields.String(validate=Pattern(places.DIVISION)),
        required=True,
    )
    project_ids = fields.List(Identifier(), required=True)
    aspects = fields.List(Code(), required=True)
    unit_id = Identifier(required=True)


def _whole(low: int, high: int) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(low, high))


class Routing(Schema):
    """To whom a matter goes, and when a snap is near enough to a planned site, or to another."""

    rules = fields.List(fields.Nested(RoutingCase), required=True, validate=validate.Length(0, 500))
    tasks = Flag(required=True)
    sites_within_m = _whole(0, 50_000)
    similar_within_m = _whole(0, 5_000)
    similar_within_minutes = _whole(0, 1440)


class After(Schema):
    """How long after."""

    amount = _whole(1, 3660)
    unit = fields.String(required=True, validate=validate.OneOf(workdays.UNITS))


class EscalationStep(Schema):
    """A rung of the ladder; no kinds or codes named: all."""

    step = Code(required=True)
    name = Text(40, required=True)
    after = fields.Nested(After, required=True)
    from_ = fields.String(required=True, data_key="from", validate=validate.Equal("due"))
    public = Flag(required=True)
    kinds = fields.List(fields.String(validate=validate.OneOf(deadline.KINDS)), required=True)
    codes = fields.List(fields.String(validate=validate.Length(1, 20)), required=True)


def _each_step_once(steps: list[dict[str, Any]]) -> None:
    once_each(steps, "step")
    if not steps:
        raise ValidationError("Shorter than minimum length 1.")


CONTENTS: dict[str, fields.Field[Any]] = {
    "matters": list_of(MatterKind),
    "results": list_of(MatterResult),
    "routing": fields.Nested(Routing),
    "escalation": fields.List(
        fields.Nested(EscalationStep), validate=[validate.Length(1, 20), _each_step_once]
    ),
}
