"""Scores."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Identifier

from .questionnaires import STATES, BasisEntry, QuestionnaireItem


class ScoreRate(Schema):
    """A rate: ``part`` of ``whole`` exactly as counted, and as a rounded percentage."""

    part = fields.Integer(required=True)
    whole = fields.Integer(required=True)
    percent = fields.String(required=True, metadata={"example": "99.21"})


class ScoreRounding(Schema):
    """How the percentages are rounded: decimal places; ``half-up`` is 四舍五入."""

    places = fields.Integer(required=True)
    rule = fields.String(required=True)


class ScoreMethod(Schema):
    """By which method it was scored."""

    id = Identifier(required=True)
    title = fields.String(required=True)


class ScoredItem(QuestionnaireItem):
    """The score of one line; without a denominator (nobody judged it) no rates and no grade.

    ``shares``: of each option that counts in the denominator.  Where look-backs at former projects
    changed it: ``counted_grade``, by the marks alone; ``adjusted``: rates after deduction;
    ``look_backs``: which ones.
    """

    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    blank = fields.Integer(required=True)
    denominator = fields.Integer(required=True)
    shares = fields.Dict(keys=fields.String(), values=fields.Nested(ScoreRate), required=True)
    top1 = fields.Nested(ScoreRate, required=True, allow_none=True)
    top2 = fields.Nested(ScoreRate, required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True)
    counted_grade = fields.String(allow_none=True)
    adjusted = fields.Dict(keys=fields.String(), values=fields.Nested(ScoreRate))
    look_backs = fields.List(Identifier())


class Score(Schema):
    """The score of a questionnaire (测评结果)."""

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    method = fields.Nested(ScoreMethod, required=True)
    eligible = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    rounding = fields.Nested(ScoreRounding, required=True)
    items = fields.List(fields.Nested(ScoredItem), required=True)
    basis = fields.List(
        fields.Nested(BasisEntry),
        metadata={"description": "what look-backs at former projects did to it"},
    )
    published_on = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
