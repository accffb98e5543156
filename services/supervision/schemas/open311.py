"""The snaps as Open311 GeoReport v2 shows them; the gateway writes them as XML or JSON."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Identifier

#: The most that the specification lets one answer hold.
MOST = 1000


class Open311Service(Schema):
    """A kind of request, by the rule ``matters``."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)


class Open311Services(Schema):
    """All that are offered."""

    items = fields.List(fields.Nested(Open311Service), required=True)


class Open311Query(Schema):
    """Which requests; without dates those of the last ninety days."""

    ids = fields.List(Identifier(), validate=validate.Length(1, 100))
    codes = fields.List(fields.String(validate=validate.Length(1, 40)))
    status = fields.String(validate=validate.OneOf(("open", "closed")))
    start_date = fields.AwareDateTime()
    end_date = fields.AwareDateTime()
    updated_after = fields.AwareDateTime()
    updated_before = fields.AwareDateTime()
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=MOST, validate=validate.Range(1, MOST))


class Open311Request(Schema):
    """One request; its words, place and photo only once they are published."""

    id = Identifier(required=True)
    status = fields.String(required=True)
    status_notes = fields.String(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    agency = fields.String(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(required=True)
    updated_at = fields.AwareDateTime(required=True)
    expected_at = fields.AwareDateTime(required=True, allow_none=True)
    description = fields.String(required=True, allow_none=True)
    longitude = fields.Float(required=True, allow_none=True)
    latitude = fields.Float(required=True, allow_none=True)
    photo_id = Identifier(required=True, allow_none=True)


class Open311Requests(Schema):
    """One page of requests, the latest first."""

    items = fields.List(fields.Nested(Open311Request), required=True)


class Open311Update(Schema):
    """A published reply."""

    id = Identifier(required=True)
    request_id = Identifier(required=True)
    status = fields.String(required=True)
    updated_at = fields.AwareDateTime(required=True)
    description = fields.String(required=True)


class Open311Updates(Schema):
    """One page of updates, the first first."""

    items = fields.List(fields.Nested(Open311Update), required=True)
