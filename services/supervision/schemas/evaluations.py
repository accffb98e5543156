"""Evaluations of projects and appraisals of units."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Choice, Day, Identifier, Text, Year
from services.chassis.paging import PageQuery

from ..model import observed


class _Evaluate(Schema):
    as_of = Day(required=True, metadata={"description": "records count up to this day"})
    made_by = Text(200, required=True, metadata={"description": "the office or body, no person"})
    text = Text(10_000, load_default="", validate=validate.Length(0, 10_000))
    supersedes = Identifier(
        load_default=None, allow_none=True, metadata={"description": "the result it replaces"}
    )
    reason = Text(2000, load_default=None, allow_none=True)
    happened_on = Day(required=True)


class EvaluateProject(_Evaluate):
    """Evaluate a project (实施情况评估) by the rule in force."""

    project_id = Identifier(required=True)


class AppraiseUnit(_Evaluate):
    """Appraise a unit (动态考核) on the projects of a year by the rule in force."""

    unit_id = Identifier(required=True)
    year = Year(required=True)


class ResultTerm(Schema):
    """A term of a result, with what its measure meant then."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    measure = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    weight = fields.Integer(required=True)
    best = fields.Float(required=True)
    worst = fields.Float(required=True)
    value = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "exact, as a fraction; null where nothing could be measured"},
    )
    points = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "exact, from 0 to 1; null for a term that is left out"},
    )
    counted = fields.Integer(required=True)
    hash = fields.String(required=True)


class ResultOfRule(Schema):
    """What a rule gave."""

    as_of = Day(required=True)
    rule_id = Identifier(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    terms = fields.List(fields.Nested(ResultTerm), required=True)
    exact = fields.String(required=True, allow_none=True)
    score = fields.String(
        required=True, allow_none=True, metadata={"description": "rounded once, half up"}
    )
    grade = fields.String(required=True, allow_none=True)
    hash = fields.String(required=True)


class Evaluation(ResultOfRule):
    """A result as it was kept; it never changes, but a later one may supersede it."""

    id = Identifier(required=True)
    subject = fields.String(required=True, validate=validate.OneOf(observed.SUBJECTS))
    project_id = Identifier(required=True, allow_none=True)
    unit_id = Identifier(required=True, allow_none=True)
    year = fields.Integer(required=True)
    made_by = fields.String(required=True)
    text = fields.String(required=True)
    supersedes = Identifier(required=True, allow_none=True)
    superseded_by = Identifier(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    happened_on = Day(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class _ResultQuery(PageQuery):
    year = Year()
    standing = Choice(metadata={"description": "true: those that no later one supersedes"})


class EvaluationQuery(_ResultQuery):
    """Which evaluations of projects."""

    project_id = Identifier()


class AppraisalQuery(_ResultQuery):
    """Which appraisals of units."""

    unit_id = Identifier()


class TermRecords(Schema):
    """The records of a term: for each its id and what of it counted; ``hash`` is of these lines.

    SHA-256 of the lines in sorted order, joined by line feeds.
    """

    code = fields.String(required=True)
    hash = fields.String(required=True)
    lines = fields.List(fields.String(), required=True)


class ResultRecords(Schema):
    """What a result was computed from."""

    id = Identifier(required=True)
    records = fields.List(fields.Nested(TermRecords), required=True)
    hash = fields.String(required=True)


class ProjectSeriesQuery(Schema):
    """Of which project."""

    project_id = Identifier(required=True)


class UnitSeriesQuery(Schema):
    """Of which unit."""

    unit_id = Identifier(required=True)


class ProjectPreviewQuery(ProjectSeriesQuery):
    """Of which project, on which day; today without one."""

    on = Day()


class UnitPreviewQuery(UnitSeriesQuery):
    """Of which unit and year, on which day; today without one."""

    year = Year(required=True)
    on = Day()


class ComparedTerm(Schema):
    """A term, and how its points have changed, in hundredths."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    value = fields.String(required=True, allow_none=True)
    points = fields.String(required=True, allow_none=True)
    difference = fields.String(required=True, allow_none=True)


class ComparedResult(Schema):
    """A result beside the one before; by another rule the numbers do not compare."""

    id = Identifier(required=True, attribute="result.id")
    year = fields.Integer(required=True, attribute="result.year")
    as_of = Day(required=True, attribute="result.as_of")
    score = fields.String(required=True, allow_none=True, attribute="result.score")
    grade = fields.String(required=True, allow_none=True, attribute="result.grade")
    difference = fields.String(required=True, allow_none=True)
    same_rule = fields.Boolean(required=True, allow_none=True)
    terms = fields.List(fields.Nested(ComparedTerm), required=True)


class ResultSeries(Schema):
    """The standing results of one project or unit by year and day."""

    items = fields.List(fields.Nested(ComparedResult), required=True)


class Measure(Schema):
    """A measure that rules may weigh."""

    code = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    subjects = fields.List(fields.String(validate=validate.OneOf(observed.SUBJECTS)), required=True)


class Measures(Schema):
    """All measures."""

    items = fields.List(fields.Nested(Measure), required=True)
