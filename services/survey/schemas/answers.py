"""Answers: what a filled-in form says."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields

from services.chassis.fields import Code, Identifier

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
