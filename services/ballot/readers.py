"""Tolerant readers: what this service needs of other services' events, and no more."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.fields import Identifier
from services.chassis.readers import Reader


class _SubItem(Reader):
    id = Identifier(required=True)
    name = fields.String(required=True)
    target = fields.Raw(required=True, allow_none=True)
    unit_of_measure = fields.String(required=True)


class _Candidate(Reader):
    id = Identifier(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = Identifier(required=True)
    budget_yuan = fields.Integer(required=True)
    due_on = fields.String(required=True)
    sub_items = fields.List(fields.Nested(_SubItem), required=True)
    suggested_project_ids = fields.List(Identifier(), required=True)


class ShortlistAdopted(Reader):
    """proposal's ``shortlist.adopted.v1``; the candidates go on into the certified result."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    adopted_on = fields.Date(required=True)
    digest = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))
    candidates = fields.List(
        fields.Nested(_Candidate), required=True, validate=validate.Length(min=1)
    )
