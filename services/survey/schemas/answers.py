"""Answers: what a filled-in form says."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis.fields import Code, Day, Identifier, Text

from ..model.form.question import LONGEST_TEXT

_MOST_OPTIONS = 100
_LARGEST = 999_999_999


class AnswerValue(fields.Raw):
    """A code, a text, a decimal as text, a whole number, several codes; null is a blank.

    Which of them fits, the question says; here only what fits none is refused.
    """

    def __init__(self, **kwargs: Any) -> None:
        code = {"type": "string", "maxLength": LONGEST_TEXT}
        shapes: list[dict[str, Any]] = [
            code,
            {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST},
            {"type": "array", "items": code | {"maxLength": 40}, "maxItems": _MOST_OPTIONS},
            {"type": "null"},
        ]
        super().__init__(allow_none=True, metadata={"anyOf": shapes}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise ValidationError(f"Longer than maximum length {LONGEST_TEXT}.")
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
            return value
        if isinstance(value, list) and len(value) <= _MOST_OPTIONS:
            if all(isinstance(one, str) and len(one) <= 40 for one in value):
                return value
        elif isinstance(value, str):
            return value
        raise ValidationError("Must be text, a whole number, a list of codes, or null.")


class FormAnswer(Schema):
    """The answer to one question; ``item_id``: of which line, where it is asked per item."""

    question = Code(required=True)
    item_id = Identifier()
    value = AnswerValue(required=True)


class AnswerQuestionnaire(Schema):
    """A filled-in form: everything that is asked, once.

    The day decides whether it is in time and is not kept; only who may record late can name one.
    ``token``: of an invitation; ``link``: of an open link.
    """

    form_version = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    answers = fields.List(
        fields.Nested(FormAnswer), required=True, validate=validate.Length(1, 5000)
    )
    language = fields.String(load_default="zh-CN", validate=validate.Length(2, 20))
    token = Text(200, load_default=None)
    link = Text(200, load_default=None)
    happened_on = Day(load_default=None)


class AnswerAccepted(Schema):
    """What everybody gets who has answered; it says nothing of the answer.

    ``counted``: false where it was one too many of a quota.
    """

    accepted = fields.Boolean(required=True)
    counted = fields.Boolean()
