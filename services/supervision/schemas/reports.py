"""The annual report: its definition, the texts written for it, its figures."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.chassis.fields import Day, Identifier, Text, Year
from services.chassis.paging import PageQuery

from ..model.report.definition import SECTIONS
from ..model.report.figure import COUNTED, DECLARED, SHARE


class WriteReportText(Schema):
    """A passage for a section of the report (报告文本)."""

    year = Year(required=True)
    section = fields.String(required=True, validate=validate.OneOf(SECTIONS))
    heading = Text(120, required=True)
    text = Text(20_000, required=True)
    project_id = Identifier(load_default=None, allow_none=True)
    happened_on = Day(required=True)


class ReportText(WriteReportText):
    """A passage."""

    id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ReportTextQuery(PageQuery):
    """Which passages."""

    year = Year()
    section = fields.String(validate=validate.OneOf(SECTIONS))


class DefineReport(Schema):
    """The report of a year; sent again for the same year it replaces the definition."""

    year = Year(required=True)
    title = Text(120, required=True)
    completed_by = Day(
        required=True, metadata={"description": "the day for which completion is asked"}
    )
    happened_on = Day(required=True)


class ReportDefinition(DefineReport):
    """The definition of a year's report."""

    id = Identifier(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class AsOfQuery(Schema):
    """The day up to which records count."""

    as_of = Day(metadata={"description": "what is dated later does not count; today if left out"})


class ReportFigure(Schema):
    """One figure, with its definition and what was counted."""

    key = fields.String(required=True)
    value = fields.Raw(
        required=True,
        allow_none=True,
        metadata={"type": "number", "description": "null: a share of nothing"},
    )
    unit = fields.String(required=True)
    definition_zh = fields.String(required=True)
    definition_en = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf((COUNTED, DECLARED, SHARE)))
    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    counted = fields.Integer(
        required=True, metadata={"description": "how many records were counted"}
    )
    hash = fields.String(
        required=True,
        metadata={"description": "SHA-256 over one line for each record counted, sorted"},
    )


class ReportFigures(Schema):
    """All figures of a year as of a day."""

    year = fields.Integer(required=True)
    as_of = Day(required=True)
    completed_by = Day(required=True)
    figures = fields.List(fields.Nested(ReportFigure), required=True)


class AnnualReport(ReportFigures):
    """The annual report, in Chinese as Markdown, with the figures in it."""

    title = fields.String(required=True)
    markdown = fields.String(required=True)
