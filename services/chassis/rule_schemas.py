"""The forms of rules at a service's boundary; each service names its kinds and their contents."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.commons import workdays

from .fields import Day, Flag, Pattern, Text
from .paging import PageQuery


def once_each(items: list[dict[str, Any]], key: str = "code") -> None:
    """Refuse a list that names something twice."""
    values = [one[key] for one in items]
    if len(set(values)) < len(values):
        raise ValidationError(f"Must name each {key} once.")


def list_of(schema: type[Schema], *checks: Any, most: int = 50) -> fields.List[Any]:
    """A list that is not empty and names each code once."""
    every = [validate.Length(1, most), once_each, *checks]
    return fields.List(fields.Nested(schema), validate=every)


def kind_of(kinds: tuple[str, ...], *, required: bool = True) -> fields.String:
    """The field that says which kind of rule."""
    return fields.String(required=required, validate=validate.OneOf(kinds))


class Term(Schema):
    """A term (期限): how long; a service's own adds for what, and counted from what."""

    name = Text(40, required=True)
    amount = fields.Integer(required=True, strict=True, validate=validate.Range(1, 3660))
    unit = fields.String(required=True, validate=validate.OneOf(workdays.UNITS))
    over_holidays = Flag(required=True)
    source_text = Text(500, required=True)


class Result(Schema):
    """A result that an answer may have (办理结果); a promise is answered again."""

    code = fields.String(required=True, validate=Pattern("^[A-Z]$"))
    name = Text(60, required=True)
    promise = Flag(required=True)


class AdoptRule(Schema):
    """A rule that a body adopted; ``content`` has the form of its kind."""

    #: The form of the content of each kind.
    contents: ClassVar[dict[str, fields.Field[Any]]]

    title = Text(120, required=True)
    text = Text(20_000, required=True)
    source = Text(500, required=True)
    content = fields.Raw(required=True)
    adopted_by = Text(200, required=True)
    happened_on = Day(required=True)

    @validates_schema
    def content_has_its_form(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a content that nothing could be computed with."""
        try:
            self.contents[data["kind"]].deserialize(data["content"])
        except ValidationError as exc:
            raise ValidationError({"content": exc.messages}) from exc


class Rule(Schema):
    """A rule; ``id`` is empty for the example that comes with the software."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    source = fields.String(required=True)
    content = fields.Raw(required=True)
    digest = fields.String(required=True)
    adopted_by = fields.String(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class RuleQuery(PageQuery):
    """Which rules; a service's own adds ``kind``."""


class RuleInForceQuery(Schema):
    """The rule of a kind that was in force on a day; today's without one."""

    on = Day()
