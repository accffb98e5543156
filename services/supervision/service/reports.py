"""The annual report."""

from __future__ import annotations

import datetime as dt

from services.chassis.paging import PageQuery
from services.chassis.rpc import rpc
from services.chassis.store import load

from ..commands import reports as commands
from ..model.report.definition import ReportText
from ..queries import reports as queries
from ..queries.reading import one
from ..schemas import reports as schemas
from .stored import Json, Stored


class Reports(Stored):
    """The annual report."""

    @rpc
    def write_report_text(self, body: Json) -> Json:
        return self.store.execute(
            commands.write_report_text,
            schemas.WriteReportText,
            body,
            answer=schemas.ReportText,
        )

    @rpc
    def get_report_text(self, text_id: str) -> Json:
        return self.store.read(one(ReportText), text_id, answer=schemas.ReportText)

    @rpc
    def list_report_texts(self, params: Json) -> Json:
        return self.store.list(
            queries.list_report_texts,
            schemas.ReportTextQuery,
            params,
            answer=schemas.ReportText,
        )

    @rpc
    def define_report(self, body: Json) -> Json:
        return self.store.execute(
            commands.define_report,
            schemas.DefineReport,
            body,
            answer=schemas.ReportDefinition,
        )

    @rpc
    def list_reports(self, params: Json) -> Json:
        return self.store.list(
            queries.list_reports, PageQuery, params, answer=schemas.ReportDefinition
        )

    @rpc
    def get_report(self, year: int, params: Json) -> Json:
        return self.store.read(
            queries.report_of,
            year,
            self.store.settings.jurisdiction,
            self._as_of(params),
            answer=schemas.AnnualReport,
        )

    @rpc
    def get_report_document(self, year: int, params: Json) -> Json:
        return self.store.read(
            queries.document_of,
            year,
            self.store.settings.jurisdiction,
            self._as_of(params),
            answer=schemas.ReportDocument,
        )

    @rpc
    def get_report_chart(self, year: int, key: str, params: Json) -> Json:
        return self.store.read(
            queries.chart_of,
            year,
            self.store.settings.jurisdiction,
            self._as_of(params),
            key,
            answer=schemas.ReportChart,
        )

    @rpc
    def get_report_figures(self, year: int, params: Json) -> Json:
        return self.store.read(
            queries.figures_of,
            year,
            self.store.settings.jurisdiction,
            self._as_of(params),
            answer=schemas.ReportFigures,
        )

    @rpc
    def list_report_figure_records(self, year: int, key: str, params: Json) -> Json:
        asked = load(schemas.FigureRecordsQuery, params)
        return self.store.read(
            queries.records_of,
            year,
            self.store.settings.jurisdiction,
            asked.get("as_of") or self.store.settings.today,
            key,
            asked,
            answer=schemas.FigureRecords,
        )

    def _as_of(self, params: Json) -> dt.date:
        """The day asked for, or today."""
        asked: dt.date | None = load(schemas.AsOfQuery, params).get("as_of")
        return asked or self.store.settings.today
