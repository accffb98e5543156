"""Activities in which suggestions are born."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text

from ..model import activity


class HoldCollectionActivity(Schema):
    """A new activity: 代表主题活动, or a delegation's research (调研)."""

    kind = fields.String(required=True, validate=validate.OneOf(activity.KINDS))
    title = Text(120, required=True)
    organiser_kind = fields.String(required=True, validate=validate.OneOf(activity.ORGANISERS))
    organiser = Text(120, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    place = Text(200, required=True)
    text = Text(10_000, required=True)


class CollectionActivity(HoldCollectionActivity):
    """An activity, with the number of suggestions that were born there."""

    id = Identifier(required=True)
    suggestions = fields.Integer(required=True)
    version = fields.Integer(required=True)
