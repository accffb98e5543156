"""Tolerant readers: what this service needs of other services' events, and no more."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Identifier
from services.chassis.readers import Reader


class AdoptedSubItem(Reader):
    """A sub-item (子项) of an adopted project."""

    id = Identifier(required=True)
    name = fields.String(required=True)


class ProjectAdopted(Reader):
    """supervision's ``project.adopted.v1``: a project that can be assessed."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    name = fields.String(required=True)
    sub_items = fields.List(fields.Nested(AdoptedSubItem), required=True)
    lead_unit_id = Identifier(load_default=None, allow_none=True)
    aspect = fields.String(load_default=None, allow_none=True)


class LookedAtSubItem(Reader):
    """How a sub-item still works: ``fully``, ``partly`` or ``not``."""

    sub_item_id = Identifier(required=True)
    working = fields.String(required=True)


class LookBackRecorded(Reader):
    """supervision's ``look-back.recorded.v1``: a ground for judging (测评依据)."""

    id = Identifier(required=True)
    project_name = fields.String(required=True)
    project_year = fields.Integer(required=True)
    effective = fields.Boolean(required=True)
    happened_on = fields.Date(required=True)
    project_id = Identifier(load_default=None, allow_none=True)
    lead_unit_id = Identifier(load_default=None, allow_none=True)
    aspect = fields.String(load_default=None, allow_none=True)
    sub_items = fields.List(fields.Nested(LookedAtSubItem), load_default=None, allow_none=True)


class Mandate(Reader):
    """A deputy's seat in a congress, named by its division code (GB/T 2260)."""

    congress = fields.String(required=True)
    delegation = fields.String(load_default=None, allow_none=True)


class DeputyEnrolled(Reader):
    """ballot's ``deputy.enrolled.v1``: somebody who can be asked."""

    id = Identifier(required=True)
    mandates = fields.List(fields.Nested(Mandate), required=True)
    enrolled_on = fields.Date(required=True)


class RectificationTold(Reader):
    """supervision's ``rectification.reported.v1``, ``.confirmed.v1``: how far a task has come."""

    id = Identifier(required=True)
    requirement_id = Identifier(required=True)
    state = fields.String(required=True)
    round = fields.Integer(required=True)
    reported_on = fields.String(required=True, allow_none=True)
    confirmed_on = fields.String(required=True, allow_none=True)


class NamedMethod(Reader):
    """By which method a score was made."""

    title = fields.String(required=True)


class AskedGroup(Reader):
    """Who was asked, and how they were chosen."""

    group = fields.String(required=True)
    sampling = fields.String(required=True)


class PublishedLine(Reader):
    """A line of a score, with its exact rates."""

    item_id = Identifier(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    top1 = fields.String(required=True, allow_none=True)
    top2 = fields.String(required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    composite = fields.String(load_default=None, allow_none=True)


class PublishedOverall(Reader):
    """The whole of a score."""

    composite = fields.String(required=True, allow_none=True)


class ScorePublished(Reader):
    """``score.published.v1`` of another deployment's survey: what this one is compared with."""

    id = Identifier(required=True)
    congress = fields.String(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    audience = fields.String(required=True)
    published_on = fields.String(required=True)
    method = fields.Nested(NamedMethod, required=True)
    items = fields.List(fields.Nested(PublishedLine), required=True)
    groups = fields.List(fields.Nested(AskedGroup), load_default=None, allow_none=True)
    overall = fields.Nested(PublishedOverall, load_default=None, allow_none=True)
    parameters = fields.Dict(load_default=None, allow_none=True)
    follows = Identifier(load_default=None, allow_none=True)
