"""Assessment methods."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Flag, Identifier, Pattern, Text

from ..model.basis import Effect, Finding, Over
from ..model.method import Denominator


class AssessmentOption(Schema):
    """A mark that can be given: 满意, 基本满意, 不满意, 弃权."""

    code = Code(required=True)
    name_zh = Text(20, required=True)
    name_en = Text(40)
    counts_in_denominator = Flag(required=True)


class AssessmentRates(Schema):
    """The codes whose sums are the two rates: 满意率, and 满意和基本满意率."""

    top1 = fields.List(Code(), required=True, validate=validate.Length(1, 20))
    top2 = fields.List(Code(), required=True, validate=validate.Length(1, 20))


class AssessmentGrade(Schema):
    """The grade is given when the marks of ``sum`` reach (inclusive) or exceed the share."""

    grade = Code(required=True)
    sum = fields.List(Code(), required=True, validate=validate.Length(1, 20))
    share = fields.String(
        required=True,
        validate=Pattern("^[0-9]{1,4}/[1-9][0-9]{0,3}$"),
        metadata={"example": "1/2"},
    )
    inclusive = Flag(required=True)


class LookBackConsequence(Schema):
    """What a finding of a look-back does; ``over``: to which of the year's projects.

    ``again``: the former project is assessed again; ``cap``: no better ``grade``; ``deduct``: the
    ``rate`` is lower by ``share``.
    """

    finding = fields.String(required=True, validate=validate.OneOf([one.value for one in Finding]))
    effect = fields.String(required=True, validate=validate.OneOf([one.value for one in Effect]))
    over = fields.String(validate=validate.OneOf([one.value for one in Over]))
    grade = Code()
    rate = fields.String(validate=validate.OneOf(["top1", "top2"]))
    share = fields.String(
        validate=Pattern("^[0-9]{1,4}/[1-9][0-9]{0,3}$"), metadata={"example": "1/20"}
    )


class AssessmentLookBack(Schema):
    """What look-backs of the year do to the assessment; ``years``: how far back, null: any."""

    years = fields.Integer(
        required=True, allow_none=True, strict=True, validate=validate.Range(1, 50)
    )
    consequences = fields.List(
        fields.Nested(LookBackConsequence), required=True, validate=validate.Length(1, 20)
    )


class AssessmentParameters(Schema):
    """The formula of a method as data; each part must be said."""

    options = fields.List(
        fields.Nested(AssessmentOption), required=True, validate=validate.Length(2, 20)
    )
    denominator = fields.String(
        required=True, validate=validate.OneOf([one.value for one in Denominator])
    )
    rates = fields.Nested(AssessmentRates, required=True)
    grades = fields.List(
        fields.Nested(AssessmentGrade), required=True, validate=validate.Length(0, 20)
    )
    otherwise = Code(required=True, allow_none=True)
    rounding = fields.Integer(required=True, strict=True, validate=validate.Range(0, 6))
    look_back = fields.Nested(
        AssessmentLookBack,
        metadata={"description": "without it look-backs change nothing in the score"},
    )


class DraftAssessmentMethod(Schema):
    """A draft of an assessment method (测评办法)."""

    title = Text(120, required=True)
    text = Text(50_000, required=True)
    parameters = fields.Nested(AssessmentParameters, required=True)
    supersedes = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class AdoptAssessmentMethod(Schema):
    """The adoption of a method, by the body that may adopt it."""

    adopted_by = Text(200, required=True)
    happened_on = Day(required=True)


class AssessmentMethod(Schema):
    """An assessment method; in force from ``adopted_on``."""

    id = Identifier(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    parameters = fields.Nested(AssessmentParameters, required=True)
    supersedes = Identifier(required=True, allow_none=True)
    drafted_on = Day(required=True)
    adopted_by = fields.String(required=True, allow_none=True)
    adopted_on = Day(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)
