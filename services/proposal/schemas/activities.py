"""Activities in which suggestions are born."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text
from services.chassis.paging import PageQuery, Sort

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


class CollectionActivityQuery(PageQuery):
    """Which activities, by their first day; ``q``: words, in title, organiser or place."""

    q = Text(100)
    kind = fields.String(validate=validate.OneOf(activity.KINDS))
    organiser_kind = fields.String(validate=validate.OneOf(activity.ORGANISERS))
    since = Day(data_key="from")
    until = Day(data_key="to")
    sort = Sort("starts_on", "recorded_at", "title", "id")
