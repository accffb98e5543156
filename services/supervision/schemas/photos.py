"""Photos: as bodies name them, and as they are shown."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis.fields import Day, Identifier, Pattern
from services.chassis.place_schemas import Located, Spot

from ..model.photo import CLIENT, MANUAL, ROLES, SITE

#: The most that any rule may allow for one thing.
MOST = 99


def Sha256(**kwargs: Any) -> fields.String:
    """An uploaded file's name: the SHA-256 of its content, as hex."""
    return fields.String(validate=Pattern("^[0-9a-f]{64}$"), **kwargs)


class GivenPhoto(Schema):
    """A photo that was uploaded before (照片).

    ``source``: ``client`` if the device measured the place, ``manual`` if a person pointed at it;
    without a place the camera's own position is taken, if it wrote one.  ``pair``: of a photo that
    shows it after, the SHA-256 of the one before, in the same body or of the same project.
    """

    sha256 = Sha256(required=True)
    role = fields.String(load_default=SITE, validate=validate.OneOf(ROLES))
    place = fields.Nested(Spot, load_default=None, allow_none=True)
    source = fields.String(load_default=CLIENT, validate=validate.OneOf((CLIENT, MANUAL)))
    taken_on = Day(load_default=None, allow_none=True)
    pair = Sha256(load_default=None, allow_none=True)


def Photos(**kwargs: Any) -> fields.List[Any]:
    """Photos, each once; how many, the rule ``photos`` says."""
    kwargs.setdefault("load_default", list)
    every: list[Any] = [validate.Length(0, MOST), _each_once]
    return fields.List(fields.Nested(GivenPhoto), validate=every, **kwargs)


def _each_once(given: list[dict[str, Any]]) -> None:
    if len({one["sha256"] for one in given}) < len(given):
        raise ValidationError("Must name each file once.")


class Photo(Located):
    """A photo, named by something that was recorded; ``width`` and ``height`` in pixels."""

    id = Identifier(required=True)
    subject_kind = fields.String(required=True)
    subject_id = Identifier(required=True)
    project_id = Identifier(required=True, allow_none=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    sha256 = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    taken_on = Day(required=True, allow_none=True)
    source = fields.String(required=True, allow_none=True)
    before_id = Identifier(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PhotoRule(Schema):
    """How many photos one thing may have."""

    most = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST))
    likeness = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, 6),
        metadata={"description": "bits in which the hashes of two alike pictures may differ"},
    )
