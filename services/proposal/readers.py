"""Tolerant readers: what this service needs of other services' events, and no more."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields


class _Reader(Schema):
    class Meta:
        """New fields of a producer are none of our business."""

        unknown = EXCLUDE


class _SubItem(_Reader):
    id = fields.String(required=True)
    name = fields.String(required=True)


class _Candidate(_Reader):
    candidate_id = fields.String(required=True)
    name = fields.String(required=True)
    chosen = fields.Boolean(required=True)
    sub_items = fields.List(fields.Nested(_SubItem), required=True)


class ResultCertified(_Reader):
    """ballot's ``result.certified.v1``."""

    year = fields.Integer(required=True)
    certified_on = fields.Date(required=True)
    candidates = fields.List(fields.Nested(_Candidate), required=True)
