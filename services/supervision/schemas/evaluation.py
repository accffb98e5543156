"""The evaluation of supervision: what was done, and what is missing."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.chassis.fields import Day, Identifier, Year

from .reports import ReportFigure


class EvaluationQuery(Schema):
    """Of which year, as of which day; today without one."""

    year = Year(required=True)
    as_of = Day()


class MetExpectation(Schema):
    """What a link should have records of: of how many, how many have it, which have not."""

    code = fields.String(required=True)
    subject = fields.String(
        required=True, metadata={"description": "what is missing it: the year, a project …"}
    )
    definition_zh = fields.String(required=True)
    definition_en = fields.String(required=True)
    of = fields.Integer(required=True)
    met = fields.Integer(required=True)
    missing = fields.List(Identifier(), required=True)


class EvaluatedFigure(ReportFigure):
    """A figure of the year alone."""

    class Meta:
        """Without the year before."""

        exclude = ("previous", "difference")


class EvaluatedLink(Schema):
    """A link of the chain (环节)."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    figures = fields.List(fields.Nested(EvaluatedFigure), required=True)
    expectations = fields.List(fields.Nested(MetExpectation), required=True)


class Deeds(Schema):
    """What was done; ``missing`` names the counts that are nought."""

    attendances = fields.Integer(required=True)
    opinions = fields.Integer(required=True)
    online_checks = fields.Integer(required=True)
    tasks = fields.Integer(required=True, metadata={"description": "items of task lists watched"})
    task_checks = fields.Integer(required=True)
    meetings = fields.Integer(required=True)
    questions = fields.Integer(required=True)
    snaps = fields.Integer(
        required=True, metadata={"description": "each is an opinion too, once its project is known"}
    )
    findings = fields.Integer(required=True)
    missing = fields.List(fields.String(), required=True)


class EvaluatedGroup(Deeds):
    """A group: what was done for its project, how many of its deputies did any of it."""

    group_id = Identifier(required=True)
    project_id = Identifier(required=True)
    deputies = fields.Integer(required=True)
    active_deputies = fields.Integer(required=True)


class EvaluatedDeputy(Deeds):
    """A deputy of this congress; shown to staff and to herself."""

    deputy_id = Identifier(required=True)


class EvaluatedUnit(Schema):
    """A lead unit: how it reported and answered, and what it owes on the day."""

    unit_id = Identifier(required=True)
    projects = fields.Integer(required=True)
    progress_reports = fields.Integer(required=True)
    opinions = fields.Integer(required=True)
    opinions_answered = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    missing = fields.List(fields.String(), required=True)


class SupervisionEvaluation(Schema):
    """The evaluation of a year's supervision, by which rule (null: the shipped example)."""

    year = fields.Integer(required=True)
    as_of = Day(required=True)
    rule_id = fields.String(required=True, allow_none=True)
    rule_digest = fields.String(required=True)
    links = fields.List(fields.Nested(EvaluatedLink), required=True)
    groups = fields.List(fields.Nested(EvaluatedGroup), required=True)
    units = fields.List(fields.Nested(EvaluatedUnit), required=True)
    deputies = fields.List(fields.Nested(EvaluatedDeputy), required=True)
