"""Tolerant readers: what this service needs of other services' events, and no more."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate


class _Reader(Schema):
    class Meta:
        """New fields of a producer are none of our business."""

        unknown = EXCLUDE


class _SubItem(_Reader):
    id = fields.String(required=True)
    name = fields.String(required=True)
    target = fields.Raw(required=True, allow_none=True)
    unit_of_measure = fields.String(required=True)


class _Candidate(_Reader):
    id = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    aspect = fields.String(required=True)
    lead_unit_id = fields.String(required=True)
    budget_yuan = fields.Integer(required=True)
    due_on = fields.String(required=True)
    sub_items = fields.List(fields.Nested(_SubItem), required=True)
    suggested_project_ids = fields.List(fields.String(), required=True)


class ShortlistAdopted(_Reader):
    """proposal's ``shortlist.adopted.v1``; the candidates go on into the certified result."""

    id = fields.String(required=True)
    year = fields.Integer(required=True)
    adopted_on = fields.Date(required=True)
    candidates = fields.List(
        fields.Nested(_Candidate), required=True, validate=validate.Length(min=1)
    )
