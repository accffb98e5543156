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


class PreviousFigure(Schema):
    """The same figure of the year before, as of the same day a year earlier."""

    key = fields.String(required=True)
    value = fields.Raw(required=True, allow_none=True, metadata={"type": "number"})
    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    counted = fields.Integer(required=True)
    hash = fields.String(required=True)


class ReportFigure(Schema):
    """One figure, with its definition and what was counted."""

    key = fields.String(required=True)
    value = fields.Raw(
        required=True,
        allow_none=True,
        metadata={"type": "number", "description": "null: a share of nothing"},
    )
    unit = fields.String(required=True)
    title = fields.String(metadata={"description": "its short name in Chinese"})
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
    previous = fields.Nested(
        PreviousFigure,
        allow_none=True,
        metadata={"description": "of the year before; null where it has no projects here"},
    )
    difference = fields.Raw(
        allow_none=True,
        metadata={"type": "number", "description": "how much more than the year before"},
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
    charts = fields.List(
        fields.String(), metadata={"description": "the keys of its charts, in their order"}
    )


class ReportDocument(ReportFigures):
    """The annual report as a document of blocks, from which a file is made."""

    title = fields.String(required=True)
    document = fields.Dict(required=True)


class ReportChart(Schema):
    """One chart: a number for each category in each series."""

    key = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    unit = fields.String(required=True)
    categories = fields.List(fields.String(), required=True)
    series = fields.List(fields.Dict(), required=True)


class FigureRecordsQuery(AsOfQuery, PageQuery):
    """Which page of the records behind a figure, as of which day."""


class FigureRecord(Schema):
    """A record behind a figure; ``line``: its id and what of it counts, for the hash."""

    kind = fields.String(required=True)
    id = Identifier(required=True)
    of = Identifier(
        required=True,
        allow_none=True,
        metadata={"description": "what it belongs to, where it has no resource of its own"},
    )
    line = fields.String(required=True)


class FigureRecords(Schema):
    """A page of the records behind a figure, in the order in which they are hashed.

    ``hash`` is SHA-256 over the lines of all pages, joined by a line feed, none after the last.
    """

    year = fields.Integer(required=True)
    as_of = Day(required=True)
    completed_by = Day(required=True)
    key = fields.String(required=True)
    counted = fields.Integer(required=True)
    hash = fields.String(required=True)
    items = fields.List(fields.Nested(FigureRecord), required=True)
    next = fields.String(required=True, allow_none=True)
