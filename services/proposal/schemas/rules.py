"""Rules, each kind with the form of its content."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Code, Day, Flag, Identifier, Text
from services.chassis.paging import PageQuery

from ..model import rule, suggestion


class Channel(Schema):
    """A channel of collection (渠道): who may speak through it, and whether staff enter it."""

    code = Code(required=True)
    name = Text(40, required=True)
    authors = fields.List(
        fields.String(validate=validate.OneOf(suggestion.AUTHORS)),
        required=True,
        validate=validate.Length(1),
    )
    on_behalf = Flag(required=True)


#: The form of the content of each kind of rule.
CONTENTS: dict[str, fields.Field[Any]] = {
    "channels": fields.List(fields.Nested(Channel), validate=validate.Length(1, 100)),
    "synonyms": fields.List(
        fields.List(Text(20), validate=validate.Length(2, 50)), validate=validate.Length(0, 5000)
    ),
}


class AdoptRule(Schema):
    """A rule that a body adopted; ``content`` has the form of its kind."""

    kind = fields.String(required=True, validate=validate.OneOf(rule.KINDS))
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
            CONTENTS[data["kind"]].deserialize(data["content"])
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
    """Which rules."""

    kind = fields.String(validate=validate.OneOf(rule.KINDS))


class RuleInForceQuery(Schema):
    """The rule of a kind that was in force on a day; today's without one."""

    kind = fields.String(required=True, validate=validate.OneOf(rule.KINDS))
    on = Day()


class RuleReference(Schema):
    """Under which rule something was done."""

    id = Identifier(required=True, allow_none=True)
    digest = fields.String(required=True)
