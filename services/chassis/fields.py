"""Fields that the services' schemas share: identifiers, days, codes and texts, strictly read."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.commons import wording


class Identifier(fields.UUID):
    """A UUID, as text in Python."""

    def _validated(self, value: Any) -> Any:
        if not isinstance(value, str) or len(value) != 36:
            raise self.make_error("invalid_uuid")
        return super()._validated(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        found: uuid.UUID = super()._deserialize(value, attr, data, **kwargs)
        return str(found)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else str(value)


class Day(fields.Date):
    """A civil day, ``2023-02-22``; only in this form, from 1949 on."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        day: dt.date = super()._deserialize(value, attr, data, **kwargs)
        if day.year < 1949:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return day


class Text(fields.String):
    """Text of at most ``longest`` characters: NFC, with something to be seen in it.

    Line breaks and tabs may stand in it, other control characters and those that turn the direction
    of writing or separate lines and paragraphs unseen may not.  Blanks at its ends are dropped.
    """

    def __init__(self, longest: int, **kwargs: Any) -> None:
        kwargs.setdefault("validate", validate.Length(1, longest))
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            return wording.plain(text)
        except ValueError as exc:
            raise ValidationError(str(exc)) from None


class Flag(fields.Boolean):
    """True or false, and no word or number for it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Choice(fields.Boolean):
    """True or false, in a query as words, and no other word or number for them."""

    truthy = {"true", True}
    falsy = {"false", False}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str | bool):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Decimal(fields.Float):
    """A number, and no text for it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Year(fields.Integer):
    """A calendar year: a whole number, or in a query four digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("validate", validate.Range(1949, 2200))
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        digits = isinstance(value, str) and re.fullmatch("[0-9]{4}", value)
        if not digits and not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Pattern(validate.Regexp):
    """A pattern that the whole text must match; written so that JSON Schema means the same."""

    def __call__(self, value: Any) -> Any:
        """The value; ValidationError unless it matches to its last character."""
        if not re.fullmatch(self.regex.pattern, value, re.ASCII):
            raise ValidationError(self._format_error(value))
        return value


def Code(**kwargs: Any) -> fields.String:
    """A short code: lower-case letters, digits and dashes."""
    return fields.String(validate=Pattern("^[a-z0-9][a-z0-9-]{0,39}$"), **kwargs)


def Division(**kwargs: Any) -> fields.String:
    """A division's code by GB/T 2260: six digits."""
    return fields.String(validate=Pattern("^[1-9][0-9]{5}$"), **kwargs)
