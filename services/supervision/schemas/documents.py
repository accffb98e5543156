"""The register of documents."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Pattern, Text, Year
from services.chassis.paging import PageQuery

from ..model.document import DOCUMENT_KINDS


class RegisterDocument(Schema):
    """A document (文件): a file that was uploaded before, or its text, or both."""

    kind = fields.String(required=True, validate=validate.OneOf(DOCUMENT_KINDS))
    title = Text(200, required=True)
    number = Text(60, load_default=None, allow_none=True, metadata={"description": "文号"})
    issuer = Text(120, required=True, metadata={"description": "发文机关"})
    year = Year(required=True)
    project_id = Identifier(load_default=None, allow_none=True)
    group_id = Identifier(load_default=None, allow_none=True)
    leading_group_id = Identifier(load_default=None, allow_none=True)
    replaces_id = Identifier(load_default=None, allow_none=True)
    sha256 = fields.String(load_default=None, allow_none=True, validate=Pattern("^[0-9a-f]{64}$"))
    text = Text(50_000, load_default=None, allow_none=True)
    happened_on = Day(required=True, metadata={"description": "the day of issue"})


class SupervisionDocument(RegisterDocument):
    """A document."""

    id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class DocumentQuery(PageQuery):
    """Which documents."""

    year = Year()
    kind = fields.String(validate=validate.OneOf(DOCUMENT_KINDS))
    project_id = Identifier()
    group_id = Identifier()
    leading_group_id = Identifier()
