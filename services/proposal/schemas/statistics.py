"""Statistics of suggestions."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Year

from ..model import suggestion
from ..model.statistics import GROUPINGS


class FigureDefinition(Schema):
    """What a figure counts."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class StatisticQuery(Schema):
    """Of which year, and by what."""

    year = Year(required=True)
    by = fields.String(required=True, validate=validate.OneOf(list(GROUPINGS)))


class StatisticGroup(Schema):
    """One group; a key of null: those to which nothing applies."""

    key = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
    fraction = fields.String(required=True, allow_none=True)


class Statistic(Schema):
    """Counts by group; they add up to ``total``."""

    year = fields.Integer(required=True)
    by = fields.String(required=True)
    as_of = fields.AwareDateTime(required=True)
    total = fields.Integer(required=True)
    definition = fields.Nested(FigureDefinition, required=True)
    denominator = fields.Nested(FigureDefinition, required=True)
    groups = fields.List(fields.Nested(StatisticGroup), required=True)


class MatchingQuery(Schema):
    """Of which year, and in what capacity made; of all without it."""

    year = Year(required=True)
    author_kind = fields.String(validate=validate.OneOf(suggestion.AUTHORS))


class MatchingFigure(Schema):
    """A count with its definition."""

    name = fields.String(required=True)
    count = fields.Integer(required=True)
    definition = fields.Nested(FigureDefinition, required=True)


class ShareThreshold(Schema):
    """What the wording claims, as a rule: at least this share."""

    share = fields.String(required=True)
    inclusive = fields.Boolean(required=True)


class MatchingShare(Schema):
    """The matching as a share of the figure named by ``denominator``; null of nothing."""

    denominator = fields.String(required=True)
    part = fields.Integer(required=True)
    whole = fields.Integer(required=True)
    fraction = fields.String(required=True, allow_none=True)
    percent = fields.String(required=True, allow_none=True)
    wording = fields.String(required=True, allow_none=True)
    threshold = fields.Nested(ShareThreshold, required=True, allow_none=True)


class Matching(Schema):
    """How many suggestions match what was voted (相吻合)."""

    year = fields.Integer(required=True)
    author_kind = fields.String(required=True, allow_none=True)
    as_of = fields.AwareDateTime(required=True)
    figures = fields.List(fields.Nested(MatchingFigure), required=True)
    shares = fields.List(fields.Nested(MatchingShare), required=True)
