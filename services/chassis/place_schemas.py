"""The forms of places at a service's boundary; how they are kept: ``services.commons.location``."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.commons import places

from .fields import Decimal, Pattern


class Place(Schema):
    """Where: a division (GB/T 2260) and perhaps a point in degrees, in the datum of its map.

    The point must lie in China.  Of the division's code only the form and the province are checked.
    """

    division = fields.String(required=True, validate=Pattern(places.DIVISION))
    longitude = Decimal(validate=validate.Range(-180, 180))
    latitude = Decimal(validate=validate.Range(-90, 90))
    datum = fields.String(load_default=places.WGS84, validate=validate.OneOf(places.DATUMS))

    @validates_schema
    def a_point_has_two_coordinates(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse half a point."""
        for name, other in (("longitude", "latitude"), ("latitude", "longitude")):
            if name in data and other not in data:
                raise ValidationError({other: ["Goes with the other coordinate."]})

    @validates_schema
    def a_point_lies_in_china(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse one that cannot; most often the two coordinates were swapped."""
        if not {"longitude", "latitude"} <= data.keys():
            return
        longitude, latitude = data["longitude"], data["latitude"]
        if not places.in_china((longitude, latitude)):
            swapped = places.in_china((latitude, longitude))
            hint = "; longitude and latitude seem to be swapped" if swapped else ""
            raise ValidationError({"longitude": [f"Must lie in China{hint}."]})


class Spot(Place):
    """A point, as a phone knows it; the division only if that is known too."""

    division = fields.String(validate=Pattern(places.DIVISION), allow_none=True)
    longitude = Decimal(required=True, validate=validate.Range(-180, 180))
    latitude = Decimal(required=True, validate=validate.Range(-90, 90))


class Located(Schema):
    """A place as it is kept: the point in WGS-84, and as it was given, in its datum."""

    division = fields.String(required=True, allow_none=True)
    longitude = fields.Float(required=True, allow_none=True)
    latitude = fields.Float(required=True, allow_none=True)
    datum = fields.String(required=True, allow_none=True)
    given_longitude = fields.Float(required=True, allow_none=True)
    given_latitude = fields.Float(required=True, allow_none=True)
