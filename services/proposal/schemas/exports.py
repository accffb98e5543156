"""Exports: lists as files."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Identifier
from services.commons.sheets import FORMATS

from ..model.transfer import EXPORT_STATES

LISTS = (
    "suggestions",
    "suggested-projects",
    "candidates",
    "candidate-opinions",
    "pool-entries",
    "shortlists",
    "answers",
    "collection-activities",
    "overdue",
    "units",
)


class AskForExport(Schema):
    """A list as a file (导出); ``filters``: the parameters of the list, with ``sort``, no page."""

    list = fields.String(required=True, validate=validate.OneOf(LISTS))
    format = fields.String(required=True, validate=validate.OneOf(FORMATS))
    filters = fields.Dict(keys=fields.String(), load_default=dict)


class Export(Schema):
    """An export; its file can be fetched once its state is ``ready``, for seven days."""

    id = Identifier(required=True)
    list = fields.String(required=True)
    format = fields.String(required=True)
    filters = fields.Dict(required=True)
    state = fields.String(required=True, validate=validate.OneOf(EXPORT_STATES))
    asked_at = fields.AwareDateTime(required=True)
    ready_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)
    rows = fields.Integer(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ExportFile(Schema):
    """Where the file of an export lies, for the gateway."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    format = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)
