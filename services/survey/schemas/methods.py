"""Assessment methods."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from marshmallow import Schema, fields, validate

from services.chassis.fields import Code, Day, Flag, Identifier, Pattern, Text

from ..model.basis import Effect, Finding, Over
from ..model.method import (
    LOOK_BACK,
    By,
    Denominator,
    From,
    Measure,
    Measured,
    Of,
    Then,
    Weighting,
)
from ..model.method.number import PATTERN
from ..model.method.weighing import FINDINGS, OVER


def _one_of(kind: type[StrEnum]) -> validate.OneOf:
    return validate.OneOf([one.value for one in kind])


def Exact(**kwargs: Any) -> fields.String:
    """An exact number as text: ``4/5``, ``60/100``, ``97.5``."""
    kwargs.setdefault("metadata", {"example": "4/5"})
    return fields.String(validate=Pattern(f"^{PATTERN}$"), **kwargs)


class AssessmentOption(Schema):
    """A mark that can be given: 满意, 基本满意, 不满意, 弃权; ``value``: its points, for means."""

    code = Code(required=True)
    name_zh = Text(20, required=True)
    name_en = Text(40)
    counts_in_denominator = Flag(required=True)
    value = Exact(metadata={"example": "100"})


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
    effect = fields.String(
        required=True,
        validate=validate.OneOf([one.value for one in Effect if one is not Effect.SOURCE]),
    )
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


class AssessmentDimension(Schema):
    """A grade question of the form and its part in an item's measure; the weights sum to 1."""

    code = Code(required=True)
    weight = Exact(required=True, metadata={"example": "1/8"})


class AssessmentGroup(Schema):
    """A body of people (测评主体) and its weight, or look-backs as one more source.

    ``denominator``, ``measure``: only where they differ from the method's.  With ``source`` the
    group is no people: ``points`` (of 100) are those of what a look-back found, ``over`` says
    to which lines it goes, ``without`` gives the points of a line that none goes to; unsaid, the
    others share its weight.
    """

    group = Code(required=True)
    name_zh = Text(40, required=True)
    weight = Exact(required=True, metadata={"example": "60/100"})
    denominator = fields.String(validate=_one_of(Denominator))
    measure = fields.String(validate=_one_of(Measure))
    source = fields.String(validate=validate.OneOf([LOOK_BACK]))
    points = fields.Dict(keys=fields.String(validate=validate.OneOf(FINDINGS)), values=Exact())
    over = fields.String(validate=validate.OneOf(OVER))
    without = Exact(metadata={"example": "100"})


class AssessmentStep(Schema):
    """How something is made of its parts; ``by`` is left out where a project is its own line."""

    made_from = fields.String(
        required=True, data_key="from", attribute="from", validate=_one_of(From)
    )
    by = fields.String(validate=_one_of(By))


class AssessmentAggregation(Schema):
    """How sub-items make a project and projects the whole; no ``overall``, no overall score."""

    project = fields.Nested(AssessmentStep)
    overall = fields.Nested(AssessmentStep)


class AssessmentLine(Schema):
    """A line (界限) and what follows below it.

    ``below``: a part of the whole; ``inclusive``: who is exactly on it has failed too (以下).  Of
    the measure ``grade`` the ``grades`` that fail.  ``after``: from which failure in a row on.
    """

    of = fields.String(required=True, validate=_one_of(Of))
    measure = fields.String(required=True, validate=_one_of(Measured))
    below = Exact()
    inclusive = Flag()
    grades = fields.List(Code(), validate=validate.Length(1, 20))
    then = fields.List(
        fields.String(validate=_one_of(Then)), required=True, validate=validate.Length(1, 4)
    )
    days = fields.Integer(strict=True, validate=validate.Range(1, 1000))
    workdays = fields.Integer(strict=True, validate=validate.Range(1, 1000))
    after = fields.Integer(strict=True, validate=validate.Range(1, 9))


class AssessmentSample(Schema):
    """How samples are estimated from; ``margins``: stratum → code → people of the population."""

    confidence = Exact(required=True, metadata={"example": "0.95"})
    weighting = fields.String(required=True, validate=_one_of(Weighting))
    cap = Exact(metadata={"example": "5"})
    margins = fields.Dict(
        keys=Code(),
        values=fields.Dict(
            keys=fields.String(validate=validate.Length(0, 40)),
            values=fields.Integer(strict=True, validate=validate.Range(0, 10**9)),
        ),
    )


class AssessmentPublication(Schema):
    """What is shown of small counts; ``cell``: the least number of answers behind a breakdown."""

    cell = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    unanimous = fields.String(required=True, validate=validate.OneOf(["show", "suppress"]))


class AssessmentParameters(Schema):
    """The formula of a method as data; what a method does not say it does not do."""

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
    grade_names = fields.Dict(
        keys=Code(),
        values=Text(20),
        metadata={"description": "of grades that are not called as the option of the same code"},
    )
    rounding = fields.Integer(required=True, strict=True, validate=validate.Range(0, 6))
    look_back = fields.Nested(
        AssessmentLookBack,
        metadata={"description": "without it look-backs change nothing in the score"},
    )
    dimensions = fields.List(
        fields.Nested(AssessmentDimension),
        validate=validate.Length(1, 40),
        metadata={"description": "without them the form has one grade question"},
    )
    groups = fields.List(
        fields.Nested(AssessmentGroup),
        validate=validate.Length(1, 20),
        metadata={"description": "without them one group is asked"},
    )
    measure = fields.String(
        validate=_one_of(Measure), metadata={"description": "the headline; top1 if it is not said"}
    )
    aggregation = fields.Nested(AssessmentAggregation)
    thresholds = fields.List(fields.Nested(AssessmentLine), validate=validate.Length(1, 40))
    sample = fields.Nested(AssessmentSample)
    publication = fields.Nested(AssessmentPublication)


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
