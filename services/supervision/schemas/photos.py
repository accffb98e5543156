"""Photos: as bodies name them, and as they are shown."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis.fields import Choice, Day, Flag, Identifier, Pattern, Text
from services.chassis.paging import PageQuery
from services.chassis.place_schemas import Located, Spot

from ..model.likeness import JUDGEMENTS
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
    exif_metres = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "how far the camera's own position is from the sender's"},
    )
    before_id = Identifier(required=True, allow_none=True)
    published_on = Day(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PhotoQuery(PageQuery):
    """Which photos; those with ``alike`` look like one that was handed in for something else."""

    subject_kind = fields.String(validate=validate.Length(1, 20))
    subject_id = Identifier()
    project_id = Identifier()
    role = fields.String(validate=validate.OneOf(ROLES))
    published = Choice()
    alike = Choice()


class Rectangle(Schema):
    """A part of a derivative, in pixels from its upper left corner."""

    x = fields.Integer(required=True, strict=True, validate=validate.Range(0, 4096))
    y = fields.Integer(required=True, strict=True, validate=validate.Range(0, 4096))
    width = fields.Integer(required=True, strict=True, validate=validate.Range(1, 4096))
    height = fields.Integer(required=True, strict=True, validate=validate.Range(1, 4096))


class RedactPhoto(Schema):
    """Parts of a photo that nobody shall see (打码): faces, number plates; and why.

    They come to those redacted before; who made a mistake uploads the photo anew.
    """

    rectangles = fields.List(
        fields.Nested(Rectangle), required=True, validate=validate.Length(1, 100)
    )
    reason = Text(500, required=True)
    happened_on = Day(required=True)


class PhotoRedaction(Schema):
    """A redaction: of the file, so of every photo that names it."""

    id = Identifier(required=True)
    sha256 = fields.String(required=True)
    number = fields.Integer(required=True)
    rectangles = fields.List(
        fields.List(fields.Integer()),
        required=True,
        metadata={"description": "all of them, each x, y, width, height"},
    )
    made = fields.String(required=True, metadata={"description": "SHA-256 of what is shown"})
    reason = fields.String(required=True)
    redacted_by = fields.String(required=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PhotoRedactions(Schema):
    """The redactions of a photo's file, in order."""

    items = fields.List(fields.Nested(PhotoRedaction), required=True)


class PublishPhoto(Schema):
    """Whether anybody may see a photo (公开), and why."""

    published = Flag(required=True)
    reason = Text(500, required=True)
    happened_on = Day(required=True)


class PhotoPublication(PublishPhoto):
    """Such a decision; ``redaction_id``: what was shown from then on, null: the plain one."""

    id = Identifier(required=True)
    photo_id = Identifier(required=True)
    redaction_id = Identifier(required=True, allow_none=True)
    decided_by = fields.String(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class PhotoPublications(Schema):
    """The decisions about a photo, in order."""

    items = fields.List(fields.Nested(PhotoPublication), required=True)


class PublishedImage(Schema):
    """What is shown of a published photo: a redaction that was made, or the derivative."""

    sha256 = fields.String(required=True)
    made = fields.String(required=True, allow_none=True)


class PublishedPhoto(Schema):
    """A photo as anybody may see it: without its place, at ``/v1/published-photos/{id}/image``."""

    id = Identifier(required=True)
    subject_kind = fields.String(required=True)
    project_id = Identifier(required=True, allow_none=True)
    role = fields.String(required=True)
    taken_on = Day(required=True, allow_none=True)
    before_id = Identifier(required=True, allow_none=True)
    published_on = Day(required=True)
    version = fields.Integer(required=True)


class PublishedPhotoQuery(PageQuery):
    """Which published photos."""

    project_id = Identifier()


class PhotoLikenessQuery(PageQuery):
    """Which likenesses; those nobody has judged with ``judged=false``."""

    photo_id = Identifier()
    judged = Choice()


class PhotoLikeness(Schema):
    """A photo looks like an earlier one of something else; ``distance``: bits that differ."""

    id = Identifier(required=True)
    photo_id = Identifier(required=True)
    earlier_id = Identifier(required=True)
    distance = fields.Integer(required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    judgement = fields.String(required=True, allow_none=True, validate=validate.OneOf(JUDGEMENTS))
    reason = fields.String(required=True, allow_none=True)
    judged_by = fields.String(required=True, allow_none=True)
    judged_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class JudgeLikeness(Schema):
    """Whether a photo was used twice, or both are as they should be; and why."""

    judgement = fields.String(required=True, validate=validate.OneOf(JUDGEMENTS))
    reason = Text(500, required=True)
    happened_on = Day(required=True)


class PhotoRule(Schema):
    """How many photos one thing may have."""

    most = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST))
    likeness = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, 6),
        metadata={"description": "bits in which the hashes of two alike pictures may differ"},
    )
