"""Tolerant readers: what this service needs of other services' events, and no more."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Identifier
from services.chassis.readers import Reader


class _Mandate(Reader):
    congress = fields.String(required=True)
    level = fields.String(required=True)
    delegation = fields.String(required=True)


class DeputyEnrolled(Reader):
    """ballot's ``deputy.enrolled.v1``."""

    id = Identifier(required=True)
    mandates = fields.List(fields.Nested(_Mandate), required=True)


class _SubItem(Reader):
    id = Identifier(required=True)
    name = fields.String(required=True)


class _Candidate(Reader):
    candidate_id = Identifier(required=True)
    name = fields.String(required=True)
    chosen = fields.Boolean(required=True)
    sub_items = fields.List(fields.Nested(_SubItem), required=True)


class ResultCertified(Reader):
    """ballot's ``result.certified.v1``."""

    year = fields.Integer(required=True)
    certified_on = fields.Date(required=True)
    candidates = fields.List(fields.Nested(_Candidate), required=True)
