"""Questions of a form, as they are written and shown."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Code, Flag, Pattern, Text

from ..model.form import Kind, Per
from ..model.form.question import LONGEST_TEXT

_DECIMAL = "^-?[0-9]{1,9}([.][0-9]{1,6})?$"
#: Of items: project, sub-item, and the former ones.
ITEM_KINDS = ("project", "sub-item", "former-project", "former-sub-item")


def Localised(longest: int, **kwargs: Any) -> fields.Dict:
    """A text by language; Chinese must be there."""
    return fields.Dict(
        keys=fields.String(validate=Pattern("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")),
        values=Text(longest),
        validate=validate.Length(1, 10),
        metadata={"example": {"zh-CN": "您是否满意?", "en": "Are you satisfied?"}},
        **kwargs,
    )


def OptionCode(**kwargs: Any) -> fields.String:
    """An option's code, ``60+``, ``330102``; those that begin with ``_`` are kept for counting."""
    return fields.String(validate=Pattern("^[a-z0-9][a-z0-9+.-]{0,39}$"), **kwargs)


def DecimalText(**kwargs: Any) -> fields.String:
    """A decimal as text, so that it stays exact."""
    return fields.String(validate=Pattern(_DECIMAL), metadata={"example": "36.5"}, **kwargs)


class _OneShape(Schema):
    """A condition is one of its shapes and no other."""

    @validates_schema
    def _check_shape(self, data: dict[str, Any], **kwargs: Any) -> None:
        if set(data) not in ({"question", "in"}, {"all"}, {"any"}, {"not"}):
            raise ValidationError('Must be {"question", "in"}, or one of "all", "any" and "not".')


class FormConditionLeaf(_OneShape):
    """One of the codes of ``in`` was answered to an earlier ``question``."""

    question = Code()
    codes = fields.List(
        OptionCode(), data_key="in", attribute="in", validate=validate.Length(1, 50)
    )


class FormConditionPart(FormConditionLeaf):
    """The same, or all, any, or none of such."""

    all = fields.List(fields.Nested(FormConditionLeaf), validate=validate.Length(1, 20))
    any = fields.List(fields.Nested(FormConditionLeaf), validate=validate.Length(1, 20))
    negated = fields.Nested(FormConditionLeaf, data_key="not", attribute="not")


class FormCondition(FormConditionLeaf):
    """When a question is asked; conditions may contain others, three deep."""

    all = fields.List(fields.Nested(FormConditionPart), validate=validate.Length(1, 20))
    any = fields.List(fields.Nested(FormConditionPart), validate=validate.Length(1, 20))
    negated = fields.Nested(FormConditionPart, data_key="not", attribute="not")


class FormOption(Schema):
    """An option of a choice."""

    code = OptionCode(required=True)
    text = Localised(200, required=True)


class FormRating(Schema):
    """Levels ``from`` … ``to``; some of them labelled, by the level as text."""

    first = fields.Integer(
        required=True,
        strict=True,
        data_key="from",
        attribute="from",
        validate=validate.Range(0, 10),
    )
    last = fields.Integer(
        required=True, strict=True, data_key="to", attribute="to", validate=validate.Range(0, 10)
    )
    labels = fields.Dict(
        keys=fields.String(validate=Pattern("^(10|[0-9])$")),
        values=Localised(60),
        validate=validate.Length(1, 11),
    )


class FormNumber(Schema):
    """A number in a range; ``bins``: the lower ends of the classes that it is counted in."""

    min = DecimalText(required=True)
    max = DecimalText(required=True)
    decimals = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 6))
    bins = fields.List(DecimalText(), validate=validate.Length(1, 50))
    unit = Localised(20)


class FormQuestion(Schema):
    """A question of a form (测评题目); a grade's options are the method's.

    ``stratum``: answers are counted apart by its options.  ``if``: asked only after certain answers
    to earlier questions.
    """

    code = Code(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([one.value for one in Kind]))
    per = fields.String(load_default="once", validate=validate.OneOf([one.value for one in Per]))
    item_kinds = fields.List(
        fields.String(validate=validate.OneOf(ITEM_KINDS)), validate=validate.Length(1, 4)
    )
    text = Localised(500, required=True)
    hint = Localised(500)
    options = fields.List(fields.Nested(FormOption), validate=validate.Length(2, 100))
    at_least = fields.Integer(strict=True, validate=validate.Range(0, 100))
    at_most = fields.Integer(strict=True, validate=validate.Range(1, 100))
    rating = fields.Nested(FormRating)
    number = fields.Nested(FormNumber)
    max_length = fields.Integer(strict=True, validate=validate.Range(1, LONGEST_TEXT))
    required = Flag(load_default=False)
    stratum = Flag(load_default=False)
    condition = fields.Nested(FormCondition, data_key="if", attribute="if")


def Questions(**kwargs: Any) -> fields.List[Any]:
    """The questions of a form, in order."""
    return fields.List(fields.Nested(FormQuestion), validate=validate.Length(1, 60), **kwargs)
