"""Suggestions."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import (
    Choice,
    Code,
    Day,
    Decimal,
    Division,
    Identifier,
    Pattern,
    Text,
    Year,
)
from services.chassis.paging import PageQuery, Sort

from ..model import suggestion


class Place(Schema):
    """Where: a division (GB/T 2260) and perhaps a point in degrees, WGS-84."""

    division = Division(required=True)
    longitude = Decimal(validate=validate.Range(-180, 180))
    latitude = Decimal(validate=validate.Range(-90, 90))


class SubmitSuggestion(Schema):
    """A new suggestion (建议)."""

    year = Year(required=True)
    author_kind = fields.String(required=True, validate=validate.OneOf(suggestion.AUTHORS))
    deputy_id = Identifier(load_default=None, allow_none=True)
    channel = fields.String(required=True, validate=validate.OneOf(suggestion.CHANNELS))
    aspect = Code(required=True)
    title = Text(120, required=True)
    text = Text(10_000, required=True)
    place = fields.Nested(Place, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class Suggestion(Schema):
    """A suggestion."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    author_kind = fields.String(required=True)
    deputy_id = Identifier(required=True, allow_none=True)
    channel = fields.String(required=True)
    aspect = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    division = fields.String(required=True, allow_none=True)
    longitude = fields.Float(required=True, allow_none=True)
    latitude = fields.Float(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(suggestion.STATES))
    sorted_on = Day(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    matched_sub_item = Identifier(required=True, allow_none=True)
    matched_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class SuggestionFilter(Schema):
    """Which suggestions; all that is given must be so.

    ``q``: words set apart by blanks, each of which must stand in title or text.  ``division``: the
    first two to six digits of its code.  ``from``, ``to``: days, both inclusive, of its making.
    ``matched``: ``yes`` a voted sub-item, ``no`` judged and none, ``open`` accepted and not judged.
    ``overdue``: not answered by the day on which it was due.
    """

    q = Text(100)
    aspect = Code()
    channel = Code()
    year = Year()
    author_kind = fields.String(validate=validate.OneOf(suggestion.AUTHORS))
    state = fields.String(validate=validate.OneOf(suggestion.STATES))
    division = fields.String(validate=Pattern("^[1-9][0-9]{1,5}$"))
    round = Identifier()
    activity = Identifier()
    deputy = Identifier()
    delegation = Text(120)
    since = Day(data_key="from")
    until = Day(data_key="to")
    matched = fields.String(validate=validate.OneOf(("yes", "no", "open")))
    overdue = Choice()


class SuggestionQuery(PageQuery, SuggestionFilter):
    """A page of suggestions, sorted by day if not told otherwise."""

    sort = Sort("happened_on", "recorded_at", "supporters", "title", "id")


class SortSuggestion(Schema):
    """Sorting (梳理): accepted or returned, with a reason."""

    outcome = fields.String(
        required=True, validate=validate.OneOf((suggestion.ACCEPTED, suggestion.RETURNED))
    )
    aspect = Code(load_default=None, allow_none=True)
    reason = Text(1000, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class MatchSuggestion(Schema):
    """The voted sub-item that a suggestion's content matches (相吻合); null: none."""

    sub_item_id = Identifier(required=True, allow_none=True)
    happened_on = Day(required=True)
