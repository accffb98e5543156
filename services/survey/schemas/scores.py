"""Scores."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier

from ..model.method import Denominator, Measure, Measured, Of, Then
from .methods import AssessmentStep
from .questionnaires import STATES, BasisEntry, QuestionnaireItem

_MEASURE = validate.OneOf([one.value for one in Measure])


def Figure(**kwargs: Any) -> fields.Nested:
    """A figure; null where there is nothing to divide by."""
    return fields.Nested(ScoreFigure, required=True, allow_none=True, **kwargs)


class ScoreWords(Schema):
    """The same in both languages."""

    zh = fields.String(required=True, data_key="zh-CN", attribute="zh-CN")
    en = fields.String(required=True)


class ScoreFigure(Schema):
    """A figure: ``part`` of ``whole`` exactly, by ``formula``, as it stood on ``as_of``.

    ``value``: both as a fraction, as counted and not shortened; ``percent``: rounded, once, as the
    score's ``rounding`` says.
    """

    name = fields.String(required=True)
    formula = fields.Nested(ScoreWords, required=True)
    part = fields.Integer(required=True)
    whole = fields.Integer(required=True)
    value = fields.String(required=True, metadata={"example": "125/126"})
    percent = fields.String(required=True, metadata={"example": "99.21"})
    as_of = fields.String(required=True)


class ScoreRounding(Schema):
    """How the percentages are rounded: decimal places; ``half-up`` is 四舍五入."""

    places = fields.Integer(required=True)
    rule = fields.String(required=True)


class ScoreMethod(Schema):
    """By which method it was scored."""

    id = Identifier(required=True)
    title = fields.String(required=True)


class ScoreBounds(Schema):
    """What the rate of all would be, had those who did not answer marked the worst or the best."""

    measure = fields.String(required=True)
    low = fields.Nested(ScoreFigure, required=True)
    high = fields.Nested(ScoreFigure, required=True)


class ScoreEnd(Schema):
    """One end of an interval, computed with floating point numbers."""

    value = fields.String(required=True)
    percent = fields.String(required=True)


class ScoreInterval(Schema):
    """How sure a sample can be of a rate (Wilson, corrected for the finite population)."""

    measure = fields.String(required=True)
    low = fields.Nested(ScoreEnd, required=True)
    high = fields.Nested(ScoreEnd, required=True)
    confidence = fields.Float(required=True)
    effective_size = fields.Float(required=True)
    design_effect = fields.Float(required=True)
    smallest_cell = fields.Integer(required=True)
    weighting = fields.String(required=True)
    as_of = fields.String(required=True)


class ScoreMarks(Schema):
    """Marks and what they came to; without a denominator no rates and no grade."""

    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    blank = fields.Integer(required=True)
    denominator = fields.Integer(required=True)
    top1 = Figure()
    top2 = Figure()
    mean = Figure(metadata={"description": "of the full mark; null where options have no values"})
    grade = fields.String(required=True, allow_none=True)


class ScoreSure(ScoreMarks):
    """Marks with how sure their rate is: bounds of a census, the interval of a sample."""

    bounds = fields.Nested(ScoreBounds)
    interval = fields.Nested(ScoreInterval)


class ScoreDimension(ScoreSure):
    """One dimension (维度) of a line."""

    code = fields.String(required=True)


class ScoreLine(ScoreMarks):
    """Marks with the share of each option that counts; of several dimensions, added and weighed."""

    shares = fields.Dict(keys=fields.String(), values=fields.Nested(ScoreFigure), required=True)
    dimensions = fields.List(fields.Nested(ScoreDimension))


class ScoreGroupLine(ScoreLine):
    """One line as one group judged it; ``unweighted``: rates as counted, of a weighted sample."""

    item_id = Identifier(required=True)
    bounds = fields.Nested(ScoreBounds)
    interval = fields.Nested(ScoreInterval)
    unweighted = fields.Dict(keys=fields.String(), values=fields.Nested(ScoreFigure))


class ScoreGroup(Schema):
    """One body of people (测评主体); ``weight``: by the method, null where it has none."""

    group = fields.String(required=True)
    name = fields.String(required=True)
    weight = fields.String(required=True, allow_none=True)
    sampling = fields.String(required=True)
    denominator = fields.String(
        required=True, validate=validate.OneOf([one.value for one in Denominator])
    )
    eligible = fields.Integer(required=True, allow_none=True)
    present = fields.Integer(required=True, allow_none=True)
    issued = fields.Integer(required=True, allow_none=True)
    returned = fields.Integer(required=True)
    response_rate = Figure()
    note = fields.String(required=True)
    items = fields.List(fields.Nested(ScoreGroupLine), required=True)


class ScoredItem(QuestionnaireItem, ScoreLine):
    """One line as the leading group judged it, and what all groups together make of it.

    ``composite``: the headline, ``measure`` over all groups as the method weighs them;
    ``whole_grade``: the grade by all of them.  Where look-backs at former projects changed it:
    ``counted_grade``, by the marks alone; ``adjusted``: rates after deduction; ``look_backs``:
    which ones.
    """

    measure = fields.String(required=True, validate=_MEASURE)
    composite = Figure()
    whole_grade = fields.String(required=True, allow_none=True)
    counted_grade = fields.String(allow_none=True)
    adjusted = fields.Dict(keys=fields.String(), values=fields.Nested(ScoreFigure))
    look_backs = fields.List(Identifier())


class ScoreOutcome(AssessmentStep):
    """What several lines came to together; ``parts``: their ids."""

    parts = fields.List(Identifier(), required=True)
    measure = fields.String(required=True, validate=_MEASURE)
    composite = Figure()
    top1 = Figure()
    top2 = Figure()
    mean = Figure()
    grade = fields.String(required=True, allow_none=True)


class ScoredProject(ScoreOutcome):
    """A project as a whole, made of its own line or of its sub-items."""

    project_id = Identifier(required=True)
    name = fields.String(required=True)


class ScoreConsequence(Schema):
    """What fell below an adopted line, and what follows.

    ``below``: the line, null where ``grades`` fail; ``times``: failures in a row; ``due_in``:
    ``days`` or ``workdays``.
    """

    of = fields.String(required=True, validate=validate.OneOf([one.value for one in Of]))
    item_id = Identifier(required=True, allow_none=True)
    project_id = Identifier(required=True, allow_none=True)
    item_kind = fields.String(required=True)
    name = fields.String(required=True)
    former_year = fields.Integer()
    measure = fields.String(required=True, validate=validate.OneOf([one.value for one in Measured]))
    value = fields.String(required=True, allow_none=True)
    percent = fields.String(required=True, allow_none=True)
    below = fields.String(required=True, allow_none=True)
    inclusive = fields.Boolean(required=True)
    grade = fields.String(required=True, allow_none=True)
    grades = fields.List(fields.String(), required=True)
    times = fields.Integer(required=True)
    then = fields.List(
        fields.String(validate=validate.OneOf([one.value for one in Then])), required=True
    )
    due_in = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class ScoreProblem(Schema):
    """Why a figure that the method wants is not there."""

    code = fields.String(required=True)
    of = fields.String(required=True)
    detail = fields.Nested(ScoreWords, required=True)


class ScorePublication(Schema):
    """The decision by which a score is public.

    ``digest``: SHA-256 of what was published, which ``/v1/publications/{id}/content`` gives word
    for word; null for what a release before the keeping published.
    """

    id = Identifier(required=True)
    decided_by = fields.String(required=True)
    reference = fields.String(required=True)
    decided_on = Day(required=True)
    digest = fields.String(required=True, allow_none=True)


class ScoreQuestion(Schema):
    """What a group answered to a question that is no grade: counts by option, level or bin.

    ``names``: of the options.  ``asked``, ``counts``: null where they would tell of a few, since
    only some were asked.
    """

    group = fields.String(required=True)
    question = fields.String(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True)
    item_id = Identifier(required=True, allow_none=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    asked = fields.Integer(required=True, allow_none=True)
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, allow_none=True
    )


class BreakdownLine(Schema):
    """A question, or a line of it, in one part of a group; null where it is suppressed."""

    question = fields.String(required=True)
    item_id = Identifier()
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, allow_none=True
    )
    answered = fields.Integer()
    top1 = fields.Dict(keys=fields.String(), allow_none=True)
    top2 = fields.Dict(keys=fields.String(), allow_none=True)


class BreakdownCell(Schema):
    """One part of a group; ``returned``: null where it is suppressed."""

    code = fields.String(required=True, metadata={"example": "60+"})
    title = fields.String(required=True, metadata={"example": "60岁及以上"})
    returned = fields.Integer(required=True, allow_none=True)
    items = fields.List(fields.Nested(BreakdownLine), required=True)


class Breakdown(Schema):
    """A group by the answers to one stratum question; ``minimum``: of a cell that is shown."""

    group = fields.String(required=True)
    stratum = fields.String(required=True, metadata={"example": "age"})
    title = fields.String(required=True, metadata={"example": "您的年龄段?"})
    minimum = fields.Integer(required=True)
    cells = fields.List(fields.Nested(BreakdownCell), required=True)


class ScoreNotice(Schema):
    """What is odd about the answers (提示); no figure is changed for it."""

    kind = fields.String(required=True)
    audience = fields.String(required=True, allow_none=True)
    number = fields.Integer(required=True, allow_none=True)
    text = fields.String(required=True)
    text_en = fields.String(required=True)


class ScoreStep(Schema):
    """One step of the computation in words; ``of``: what it is about."""

    of = fields.Nested(ScoreWords, required=True)
    says = fields.Nested(ScoreWords, required=True)


class ScoreExplanation(Schema):
    """How each figure of a score was reached (计算说明)."""

    steps = fields.List(fields.Nested(ScoreStep), required=True)


class Score(Schema):
    """The score of a questionnaire (测评结果).

    ``publication``: null before it; ``questions``: those that are no grades.
    """

    id = Identifier(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    method = fields.Nested(ScoreMethod, required=True)
    follows = Identifier(required=True, allow_none=True)
    eligible = fields.Integer(required=True, allow_none=True)
    returned = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    rounding = fields.Nested(ScoreRounding, required=True)
    as_of = fields.String(required=True)
    items = fields.List(fields.Nested(ScoredItem), required=True)
    groups = fields.List(fields.Nested(ScoreGroup), required=True)
    projects = fields.List(fields.Nested(ScoredProject), required=True)
    overall = fields.Nested(ScoreOutcome, required=True, allow_none=True)
    consequences = fields.List(fields.Nested(ScoreConsequence), required=True)
    problems = fields.List(fields.Nested(ScoreProblem), required=True)
    basis = fields.List(
        fields.Nested(BasisEntry),
        metadata={"description": "what look-backs at former projects did to it"},
    )
    questions = fields.List(fields.Nested(ScoreQuestion), required=True)
    breakdowns = fields.List(fields.Nested(Breakdown), required=True)
    notices = fields.List(fields.Nested(ScoreNotice), required=True)
    publication = fields.Nested(ScorePublication, required=True, allow_none=True)
    published_on = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class PublishedScore(Schema):
    """What a decision published, word for word, whatever is released later.

    ``digest``: SHA-256 of ``content`` in the canonical form of RFC 8785.
    """

    questionnaire_id = Identifier(required=True)
    publication_id = Identifier(required=True)
    digest = fields.String(required=True)
    content = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "score, steps, told, failures, notices"},
    )
