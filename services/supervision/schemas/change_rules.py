"""The forms of the rules ``lights`` and ``changes``."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Code, Text
from services.chassis.rule_schemas import list_of, once_each

from ..model import condition, difference, light
from ..model.change import DECIDERS, STEPS

COLOURS = ("red", "orange", "yellow", "green", "blue", "grey")
LEVELS = ("province", "city", "county", "township")


class _Condition(Schema):
    """A measure compared with a value: a number, or true or false with ``eq``."""

    op = fields.String(required=True, validate=validate.OneOf(list(condition.OPERATORS)))
    value = fields.Raw(required=True)

    @validates_schema
    def value_fits(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what cannot be compared."""
        value = data["value"]
        if isinstance(value, bool):
            if data["op"] != "eq":
                raise ValidationError({"op": ["Must be eq for true or false."]})
        elif not isinstance(value, int | float) or abs(value) > 1e12:
            raise ValidationError({"value": ["Must be a number, true or false."]})


class LightCondition(_Condition):
    """A condition on where a project stands."""

    measure = fields.String(required=True, validate=validate.OneOf(list(light.MEASURES)))


class LightRule(Schema):
    """A light: shown when all conditions hold; the first of the list that does counts."""

    code = Code(required=True)
    name = Text(60, required=True)
    colour = fields.String(required=True, validate=validate.OneOf(COLOURS))
    when = fields.List(
        fields.Nested(LightCondition), required=True, validate=validate.Length(0, 20)
    )


class MajorCondition(_Condition):
    """What makes a change major (重大)."""

    code = Code(required=True)
    name = Text(60, required=True)
    measure = fields.String(required=True, validate=validate.OneOf(list(difference.MEASURES)))


class ChangeGround(Schema):
    """A ground of changes (事由)."""

    code = Code(required=True)
    name = Text(60, required=True)


class ChangeDecider(Schema):
    """Who decides a major change at a level of congress."""

    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    body = fields.String(required=True, validate=validate.OneOf(DECIDERS))


def _each_level_once(items: list[dict[str, Any]]) -> None:
    once_each(items, "level")


class ChangeRule(Schema):
    """What is major, who decides it, and which steps must follow."""

    grounds = fields.List(
        fields.Nested(ChangeGround), required=True, validate=[validate.Length(1, 20), once_each]
    )
    major = fields.List(
        fields.Nested(MajorCondition), required=True, validate=[validate.Length(0, 50), once_each]
    )
    decides = fields.List(
        fields.Nested(ChangeDecider),
        required=True,
        validate=[validate.Length(1, len(LEVELS)), _each_level_once],
    )
    steps = fields.List(
        fields.String(validate=validate.OneOf(STEPS)),
        required=True,
        validate=validate.Length(0, len(STEPS)),
    )


def _ends_without_condition(lights: list[dict[str, Any]]) -> None:
    *others, last = [bool(one["when"]) for one in lights]
    if last or not all(others):
        raise ValidationError("Must end with the one light that has no condition.")


LIGHTS = list_of(LightRule, _ends_without_condition)
CHANGES = fields.Nested(ChangeRule)
