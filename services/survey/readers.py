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
