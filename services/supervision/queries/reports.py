"""The annual report and its figures, computed when they are asked for."""

from __future__ import annotations

import dataclasses
import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.paging import decoded, encoded
from services.commons.charts import Chart
from services.commons.documents import Document
from services.commons.errors import Conflict, NotFound

from ..model.report import charts, comparison, figures, text
from ..model.report.definition import Report, ReportText
from ..model.report.evidence import Evidence
from ..model.report.figure import Counted, Figure
from ..model.report.markdown import to_markdown
from ..model.report.owner import owner
from ..model.report.records import Question
from ..tables import reports
from . import evidence, existing
from .narrative import narrative_of
from .reading import Json, Query, by_day

#: A year outside of these has no report, and might not fit into a column.
_YEARS = range(1949, 2201)


def figures_of(session: Session, year: int, jurisdiction: str, as_of: dt.date) -> Json:
    """All figures of a year as of a day; NotFound if the year's report is not defined."""
    evidence.one_snapshot(session)
    return _compared(session, *_counted(session, year, jurisdiction, as_of))


def report_of(session: Session, year: int, jurisdiction: str, as_of: dt.date) -> Json:
    """The annual report with its figures; NotFound if it is not defined."""
    answer, document, report = written(session, year, jurisdiction, as_of)
    return answer | {
        "title": report.title,
        "markdown": to_markdown(document, _charts_at(year, as_of)),
        "charts": [block.key for block in document.blocks if isinstance(block, Chart)],
    }


def document_of(session: Session, year: int, jurisdiction: str, as_of: dt.date) -> Json:
    """The annual report as a document, for who renders it."""
    answer, document, report = written(session, year, jurisdiction, as_of)
    return answer | {"title": report.title, "document": document.to_data()}


def chart_of(session: Session, year: int, jurisdiction: str, as_of: dt.date, key: str) -> Json:
    """One chart of the report; NotFound where the year has nothing to show in it."""
    document = written(session, year, jurisdiction, as_of)[1]
    for block in document.blocks:
        if isinstance(block, Chart) and block.key == key:
            return block.to_data()
    raise NotFound("chart-unknown", "this report has no such chart", "该报告没有此图")


def frozen(
    session: Session, year: int, jurisdiction: str, as_of: dt.date
) -> tuple[Json, dict[str, list[str]]]:
    """What an edition keeps: all that the report says, and the lines behind each figure.

    To be asked inside one snapshot.
    """
    counted, report = _counted(session, year, jurisdiction, as_of)
    answer = _compared(session, counted, report)
    document = _document(session, counted, report, answer["figures"])
    said = _head(counted, report) | {
        "title": report.title,
        "figures": [dataclasses.asdict(figure) for figure in answer["figures"]],
        "document": document.to_data(),
        "markdown": to_markdown(document, _charts_at(year, as_of)),
    }
    lines = {
        figure.key: sorted(one.line for one in behind)
        for figure, behind in figures.counted(counted)
    }
    return said, lines


def written(
    session: Session, year: int, jurisdiction: str, as_of: dt.date
) -> tuple[Json, Document, Report]:
    """The figures as of a day, and the report written with them."""
    evidence.one_snapshot(session)
    counted, report = _counted(session, year, jurisdiction, as_of)
    answer = _compared(session, counted, report)
    return answer, _document(session, counted, report, answer["figures"]), report


def _document(
    session: Session, counted: Evidence, report: Report, computed: list[Figure]
) -> Document:
    told = narrative_of(session, report.year, report.title)
    return text.write(counted, computed, told, charts.draw(counted, computed, told))


def records_of(
    session: Session, year: int, jurisdiction: str, as_of: dt.date, key: str, params: Json
) -> Json:
    """One page of the records behind a figure, sorted by their lines of evidence.

    NotFound for a key that the year has not; Conflict if what counts changed since the last page.
    """
    evidence.one_snapshot(session)
    counted, report = _counted(session, year, jurisdiction, as_of)
    found = next((pair for pair in figures.counted(counted) if pair[0].key == key), None)
    if found is None:
        raise NotFound("figure-unknown", "the year has no figure of this key", "该年度没有此数字")
    figure, behind = found
    behind = tuple(sorted(behind, key=lambda one: one.line))
    first = _place(params, figure.hash)
    last = first + params["limit"]
    return _head(counted, report) | {
        "key": key,
        "counted": figure.counted,
        "hash": figure.hash,
        "items": [_shown(counted, one) for one in behind[first:last]],
        "next": encoded("", [last, figure.hash]) if last < len(behind) else None,
    }


def _place(params: Json, hash_: str) -> int:
    if "cursor" not in params:
        return 0
    place, seen = decoded(params["cursor"], "", 2)
    if seen != hash_:
        raise Conflict(
            "figure-changed",
            "what counts for this figure has changed since the first page; start again",
            "计入该数字的记录在翻页期间有变化,请从第一页重新开始",
        )
    return max(0, place) if isinstance(place, int) else 0


def _shown(counted: Evidence, one: Counted) -> Json:
    return {
        "kind": one.kind,
        "id": one.id,
        "of": owner(counted, one.kind, one.id),
        "line": one.line,
    }


def _counted(
    session: Session, year: int, jurisdiction: str, as_of: dt.date
) -> tuple[Evidence, Report]:
    report = _definition(session, year)
    question = Question(jurisdiction, year, as_of, report.completed_by)
    return Evidence(evidence.read(session, year, as_of), question), report


def _compared(session: Session, counted: Evidence, report: Report) -> Json:
    now = figures.compute(counted)
    return _head(counted, report) | {"figures": comparison.beside(now, _before(session, counted))}


def _before(session: Session, counted: Evidence) -> list[Figure]:
    """The figures of the year before as of the same day then; none without projects then."""
    asked = counted.question
    as_of = comparison.a_year_before(asked.as_of)
    before = evidence_of(session, asked.year - 1, asked.jurisdiction, as_of)
    return figures.compute(before) if before.projects else []


def evidence_of(session: Session, year: int, jurisdiction: str, as_of: dt.date) -> Evidence:
    """What counts for a year, also without a report: then completion is asked for its last day."""
    report = existing.report_on(session, year)
    completed_by = report.completed_by if report else dt.date(year, 12, 31)
    question = Question(jurisdiction, year, as_of, completed_by)
    return Evidence(evidence.read(session, year, as_of), question)


def _charts_at(year: int, as_of: dt.date) -> str:
    """Where the charts are, seen from the report."""
    return f"{year}/charts/{{key}}.svg?as_of={as_of}"


def _head(counted: Evidence, report: Report) -> Json:
    return {
        "year": report.year,
        "as_of": counted.question.as_of,
        "completed_by": report.completed_by,
    }


def _definition(session: Session, year: int) -> Report:
    report = existing.report_on(session, year) if year in _YEARS else None
    if report is None:
        raise NotFound(
            "report-undefined",
            "no report is defined for this year; POST /v1/reports defines one",
            "该年度尚未定义报告,可用 POST /v1/reports 定义",
        )
    return report


def list_report_texts(params: Json) -> Query:
    """Passages by day, perhaps of one year and section."""
    return by_day(ReportText, reports.report_texts, params, "year", "section")


def list_reports(params: Json) -> Query:
    """The definitions of the years' reports."""
    return sa.select(Report).order_by(reports.reports.c.year)
