"""The forms of the rules on resources and funds."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Text


class ResourceKind(Schema):
    """A kind of resource (要素), and in what it is measured."""

    code = Code(required=True)
    name = Text(40, required=True)
    units = fields.List(Text(20), required=True, validate=validate.Length(1, 20))


class FundSource(Schema):
    """Where money comes from (资金来源)."""

    code = Code(required=True)
    name = Text(40, required=True)
