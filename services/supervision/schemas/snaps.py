"""Snap, forward, supervise (随手拍,随时转,随机督)."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis.fields import Code, Day, Identifier, Text
from services.chassis.paging import PageQuery
from services.chassis.place_schemas import Located, Spot

from ..model.snap import STATES
from .photos import Photo, Photos


class TakeSnap(Schema):
    """A deputy's photo or more, a place and one sentence (随手拍).

    Without ``project_id`` the project of the nearest planned site is taken, as far as the rule
    ``routing`` allows; else the office assigns it.
    """

    deputy_id = Identifier(required=True)
    text = Text(500, required=True)
    kind = Code(load_default=None, allow_none=True)
    project_id = Identifier(load_default=None, allow_none=True)
    place = fields.Nested(Spot, required=True)
    photos = Photos()
    happened_on = Day(required=True)

    @validates_schema
    def a_snap_shows_something(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse one without a photo."""
        if not data.get("photos"):
            raise ValidationError({"photos": ["A snap needs a photo."]})


class AssignSnap(Schema):
    """The project that it is about (归属项目)."""

    project_id = Identifier(required=True)
    happened_on = Day(required=True)


class DeclineSnap(Schema):
    """Why it is about no livelihood project."""

    reason = Text(2000, required=True)
    happened_on = Day(required=True)


class Snap(Located):
    """A snap; once its project is known there is an opinion of the same id.

    ``site_code``, ``distance_m``: the planned site by which its project was found, and how far off.
    ``similar_ids``: snaps of hers shortly before that say the same.
    """

    id = Identifier(required=True)
    deputy_id = Identifier(required=True)
    text = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    project_id = Identifier(required=True, allow_none=True)
    opinion_id = Identifier(required=True, allow_none=True)
    site_code = fields.String(required=True, allow_none=True)
    distance_m = fields.Integer(required=True, allow_none=True)
    similar_ids = fields.List(Identifier(), required=True, data_key="similar")
    photos = fields.List(fields.Nested(Photo), required=True)
    assigned_on = Day(required=True, allow_none=True)
    declined_reason = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class SnapQuery(PageQuery):
    """Which snaps."""

    state = fields.String(validate=validate.OneOf(STATES))
    project_id = Identifier()
    deputy_id = Identifier()
