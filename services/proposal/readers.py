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
    reason = fields.String(load_default=None, allow_none=True)
    round = fields.Integer(load_default=None, allow_none=True)
    approve = fields.Integer(load_default=None, allow_none=True)
    oppose = fields.Integer(load_default=None, allow_none=True)
    abstain = fields.Integer(load_default=None, allow_none=True)
    sub_items = fields.List(fields.Nested(_SubItem), required=True)


class ResultCertified(Reader):
    """ballot's ``result.certified.v1``."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    certified_on = fields.Date(required=True)
    candidates = fields.List(fields.Nested(_Candidate), required=True)


class _Target(Reader):
    id = Identifier(required=True)
    target = fields.Float(required=True, allow_none=True)


class _Progress(Reader):
    sub_item_id = Identifier(required=True)
    month = fields.String(required=True)
    quantity = fields.Float(required=True, allow_none=True)
    share = fields.Float(required=True, allow_none=True)
    happened_on = fields.Date(required=True)


class ProjectCompleted(Reader):
    """supervision's ``project.completed.v1``."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    name = fields.String(required=True)
    completed_on = fields.Date(required=True, allow_none=True)
    sub_items = fields.List(fields.Nested(_Target), required=True)


class ProjectProgressed(ProjectCompleted):
    """supervision's ``project.progressed.v1``."""

    progress = fields.Nested(_Progress, required=True)


class LookBackRecorded(Reader):
    """supervision's ``look-back.recorded.v1``."""

    id = Identifier(required=True)
    project_name = fields.String(required=True)
    project_year = fields.Integer(required=True)
    effective = fields.Boolean(required=True)
    happened_on = fields.Date(required=True)


class _Scored(Reader):
    project_id = Identifier(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    grade = fields.String(required=True, allow_none=True)
    top1 = fields.String(required=True, allow_none=True)
    top2 = fields.String(required=True, allow_none=True)


class ScorePublished(Reader):
    """survey's ``score.published.v1``."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    closed_on = fields.Date(required=True, allow_none=True)
    published_on = fields.Date(required=True, allow_none=True)
    items = fields.List(fields.Nested(_Scored), required=True)
