"""Sampling frames and drawings."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Identifier, Pattern, Text
from services.chassis.paging import PageQuery

from ..model.sampling import Allocation

UNITS = ("household", "person")
PURPOSES = ("unit", "links", "renewal", "reminder", "paper")
#: 迁离、空户、查无此户、拒访、联系不上、其他.
REASONS = ("moved", "vacant", "unknown-address", "refused", "unreachable", "other")
_HASH = Pattern("^[0-9a-f]{64}$")
#: No part of a cell's text.
_VALUE = Pattern("^[^|=\\s]([^|=]{0,38}[^|=\\s])?$")
_ANY = 2_000_000_000


class FrameStratum(Schema):
    """A column of the list by which the sample is divided (分层变量)."""

    code = Code(required=True)
    title = Text(40, required=True)
    values = fields.List(
        fields.String(validate=_VALUE),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 500),
        metadata={"description": "all it may have; null: whatever stands there"},
    )


class AnnounceFrame(Schema):
    """A sampling frame (抽样框) whose list is still to come."""

    title = Text(120, required=True)
    unit = fields.String(required=True, validate=validate.OneOf(UNITS))
    strata = fields.List(
        fields.Nested(FrameStratum), load_default=list, validate=validate.Length(max=8)
    )
    source = Text(200, required=True, metadata={"description": "who made the list, of which day"})
    keep_days = fields.Integer(
        strict=True,
        load_default=30,
        validate=validate.Range(0, 365),
        metadata={"description": "for how long contacts stay after the last audience's closing"},
    )
    happened_on = Day(required=True)


class FrameQuery(PageQuery):
    """All frames."""


class FrameListQuery(Schema):
    """The day of the loading."""

    happened_on = Day(required=True)


class LoadFrame(Schema):
    """A list that was checked, by the hash of its bytes."""

    happened_on = Day(required=True)
    sha256 = fields.String(required=True, validate=_HASH)


class SamplingFrame(Schema):
    """A frame; how many are in it and in which cells, and nobody's contact."""

    id = Identifier(required=True)
    title = fields.String(required=True)
    unit = fields.String(required=True)
    strata = fields.List(fields.Nested(FrameStratum), required=True)
    source = fields.String(required=True)
    keep_days = fields.Integer(required=True)
    announced_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    loaded_on = Day(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True)
    cells = fields.Dict(fields.String(), fields.Integer(), required=True, allow_none=True)
    digest = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "SHA-256 of its lines id TAB cell LF, ids in code point order"},
    )
    has_contacts = fields.Boolean(required=True)
    purged_on = Day(required=True, allow_none=True)
    version = fields.Integer(required=True)


class FrameReport(Schema):
    """What a list holds that could be loaded."""

    rows = fields.Integer(required=True)
    cells = fields.Dict(fields.String(), fields.Integer(), required=True)


class FrameUnit(Schema):
    """A unit of a frame: what a drawing is redone from."""

    unit = fields.String(required=True)
    cell = fields.String(required=True)


class ReadFrameContact(Schema):
    """Whose contact, and why it has to be read."""

    unit = Text(60, required=True)
    reason = Text(500, required=True)


class FrameContact(Schema):
    """How to reach a unit."""

    frame_id = Identifier(required=True)
    unit = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True)


class FrameContactReading(Schema):
    """Who read contacts, or made a link anew, when and why."""

    id = Identifier(required=True)
    audience_id = Identifier(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    count = fields.Integer(required=True)
    read_by = fields.String(required=True)
    reason = fields.String(required=True)
    read_at = fields.AwareDateTime(required=True)


class SamplingPlan(Schema):
    """How much is drawn (抽样方案).

    ``size`` with ``proportional`` (largest remainder) and ``equal``; ``given``: cell → number.
    """

    allocation = fields.String(required=True, validate=validate.OneOf(list(Allocation)))
    size = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, _ANY))
    minimum = fields.Integer(
        strict=True,
        validate=validate.Range(0, 100_000),
        metadata={"description": "of each stratum at least, or all of it"},
    )
    given = fields.Dict(
        fields.String(validate=validate.Length(max=500)),
        fields.Integer(strict=True, validate=validate.Range(0, _ANY)),
        validate=validate.Length(max=500),
    )
    reserve = fields.Integer(
        strict=True,
        validate=validate.Range(0, 1000),
        metadata={"description": "units that stand by for each hundred drawn (备用样本)"},
    )


class AnnounceDrawing(Schema):
    """A drawing (抽样) with its plan, and the pledge of its seed.

    Either ``commitment``, before the list is loaded, or ``public_source`` and ``public_on``.
    """

    title = Text(120, required=True)
    plan = fields.Nested(SamplingPlan, required=True)
    commitment = fields.String(
        load_default=None,
        allow_none=True,
        validate=_HASH,
        metadata={"description": "SHA-256 of the seed, hexadecimal"},
    )
    public_source = Text(200, load_default=None, allow_none=True)
    public_on = Day(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class DrawSample(Schema):
    """The seed: the pledged one, or what the public source says."""

    seed = fields.String(required=True, validate=[validate.Length(1, 200), Pattern("^[^\\s]+$")])
    happened_on = Day(required=True)


class DrawnStratum(Schema):
    """How many of a cell there are, were drawn and stand by."""

    cell = fields.String(required=True)
    population = fields.Integer(required=True)
    drawn = fields.Integer(required=True)
    reserve = fields.Integer(required=True)


class Drawing(Schema):
    """A drawing; anybody who has the list redoes it with seed and plan."""

    id = Identifier(required=True)
    frame_id = Identifier(required=True)
    title = fields.String(required=True)
    plan = fields.Nested(SamplingPlan, required=True)
    commitment = fields.String(required=True, allow_none=True)
    public_source = fields.String(required=True, allow_none=True)
    public_on = Day(required=True, allow_none=True)
    announced_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    seed = fields.String(required=True, allow_none=True)
    drawn_on = Day(required=True, allow_none=True)
    frame_digest = fields.String(required=True, allow_none=True)
    strata = fields.List(fields.Nested(DrawnStratum), required=True, allow_none=True)
    audience_id = Identifier(required=True, allow_none=True)
    replaced = fields.Dict(
        fields.String(), fields.Integer(), metadata={"description": "reason → how many"}
    )
    version = fields.Integer(required=True)


class DrawingQuery(PageQuery):
    """The drawings from one frame, or all."""

    frame_id = Identifier()


class DrawnUnit(Schema):
    """A unit of a sample or its reserve; ``rank``: in its cell's order, from 1."""

    unit = fields.String(required=True)
    cell = fields.String(required=True)
    rank = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["drawn", "reserve", "replaced"]))
    reason = fields.String(required=True, allow_none=True)
    replaced_on = Day(required=True, allow_none=True)


class ReplaceUnit(Schema):
    """Why a drawn unit cannot be asked."""

    unit = Text(60, required=True)
    reason = fields.String(required=True, validate=validate.OneOf(REASONS))
    happened_on = Day(required=True)


class ContactSheet(Schema):
    """Which thousand of the sample, from 1, and why their contacts are needed."""

    part = fields.Integer(strict=True, load_default=1, validate=validate.Range(1, 100_000))
    reason = Text(500, required=True)


class SheetRow(Schema):
    """A line of a sheet."""

    number = fields.Integer()
    unit = fields.String(required=True)
    name = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    token = fields.String()


class Sheet(Schema):
    """A sheet with contacts, perhaps with tokens; never kept."""

    audience_id = Identifier(allow_none=True)
    part = fields.Integer(required=True)
    parts = fields.Integer(required=True)
    items = fields.List(fields.Nested(SheetRow), required=True)
