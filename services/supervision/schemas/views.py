"""Board, map, matrix and statistics."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Year
from services.chassis.paging import PageQuery

from ..model.view_figures import GROUPINGS

#: A page of the export, which is for programs.
LARGEST = 2000


class MapQuery(Schema):
    """What of the map: a year (this one) or a project, a kind, an area."""

    year = Year()
    project_id = Identifier()
    kind = fields.String(validate=validate.OneOf(("site", "opinion", "problem", "photo")))
    bbox = fields.String(
        validate=validate.Length(max=100),
        metadata={"description": "west,south,east,north in degrees of WGS-84"},
    )
    limit = fields.Integer(validate=validate.Range(1, 10_000))


class MapFeatures(Schema):
    """GeoJSON (RFC 7946); ``truncated``: there are more, ask for a smaller area."""

    type = fields.String(required=True)
    as_of = Day(required=True)
    digits = fields.Integer(
        required=True, metadata={"description": "decimals of coordinates that persons gave"}
    )
    truncated = fields.Boolean(required=True)
    features = fields.List(fields.Dict(), required=True)


class MapRule(Schema):
    """How many points at once; how many decimals of a place that a person gave."""

    most = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    digits = fields.Integer(required=True, strict=True, validate=validate.Range(0, 6))


class MatterCounts(Schema):
    """How many opinions and problems, and how many of them are not settled."""

    opinions = fields.Integer(required=True)
    opinions_open = fields.Integer(required=True)
    problems = fields.Integer(required=True)
    problems_open = fields.Integer(required=True)


class SupervisionStatisticQuery(Schema):
    """Of which year's projects, and by what."""

    year = Year(required=True)
    by = fields.String(required=True, validate=validate.OneOf(list(GROUPINGS)))


class ViewDefinition(Schema):
    """What is counted, in Chinese and English."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class ViewFigure(ViewDefinition):
    """A count with its definition."""

    key = fields.String(required=True)
    value = fields.Integer(required=True)


class MatterGroup(MatterCounts):
    """The matters of one group; a key of null: those to which nothing applies."""

    key = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)


class SupervisionStatistic(Schema):
    """Counts of a year's supervision; the groups add up to the figures."""

    year = fields.Integer(required=True)
    by = fields.String(required=True)
    as_of = fields.AwareDateTime(required=True)
    definition = fields.Nested(ViewDefinition, required=True)
    figures = fields.List(fields.Nested(ViewFigure), required=True)
    groups = fields.List(fields.Nested(MatterGroup), required=True)


class MatterTimesQuery(PageQuery):
    """Of which year's projects, and of which register; both without it."""

    year = Year(required=True)
    register = fields.String(validate=validate.OneOf(("opinion", "problem")))
    limit = fields.Integer(load_default=LARGEST, validate=validate.Range(1, LARGEST))


class MatterTimesFileQuery(Schema):
    """The same for the whole file."""

    year = Year(required=True)
    register = fields.String(validate=validate.OneOf(("opinion", "problem")))


class MatterTimes(Schema):
    """An opinion or a problem with the day of every step, and no words."""

    register = fields.String(required=True)
    id = Identifier(required=True)
    project_id = Identifier(required=True)
    project = fields.String(required=True)
    unit_id = Identifier(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    channel = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, allow_none=True)
    class_ = fields.String(required=True, allow_none=True, attribute="class", data_key="class")
    state = fields.String(required=True, allow_none=True)
    division = fields.String(required=True, allow_none=True)
    raised_on = Day(required=True, attribute="day")
    routed_on = Day(required=True, allow_none=True)
    accepted_on = Day(required=True, allow_none=True)
    handled_on = Day(required=True, allow_none=True)
    replied_on = Day(required=True, allow_none=True)
    result = fields.String(required=True, allow_none=True)
    judged_on = Day(required=True, allow_none=True)
    judgement = fields.String(required=True, allow_none=True)
    talked_on = Day(required=True, allow_none=True)
    published_on = Day(required=True, allow_none=True)
    confirmed_on = Day(required=True, allow_none=True)
    closed_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)


class MatterTimesPage(Schema):
    """A page of them."""

    items = fields.List(fields.Nested(MatterTimes), required=True)
    next = fields.String(required=True, allow_none=True)
