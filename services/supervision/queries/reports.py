"""The annual report and its figures, computed when they are asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.errors import NotFound

from ..model.report import figures, narrative, text
from ..model.report.definition import Report, ReportText
from ..model.report.evidence import Evidence
from ..model.report.records import Question
from ..tables import heard, look_backs, meetings, reports
from . import evidence, existing
from .reading import Json, Query, by_day

#: A year outside of these has no report, and might not fit into a column.
_YEARS = range(1949, 2201)


def figures_of(session: Session, year: int, jurisdiction: str, as_of: dt.date) -> dict[str, Any]:
    """All figures of a year as of a day; NotFound if the year's report is not defined."""
    return _computed(session, year, jurisdiction, as_of)[0]


def report_of(session: Session, year: int, jurisdiction: str, as_of: dt.date) -> dict[str, Any]:
    """The annual report with its figures; NotFound if it is not defined."""
    answer, counted, report = _computed(session, year, jurisdiction, as_of)
    told = _narrative(session, report)
    markdown = text.write(counted, answer["figures"], told)
    return answer | {"title": report.title, "markdown": markdown}


def _computed(
    session: Session, year: int, jurisdiction: str, as_of: dt.date
) -> tuple[dict[str, Any], Evidence, Report]:
    evidence.one_snapshot(session)
    report = _definition(session, year)
    question = Question(jurisdiction, year, as_of, report.completed_by)
    counted = Evidence(evidence.read(session, year), question)
    answer = {
        "year": year,
        "as_of": as_of,
        "completed_by": report.completed_by,
        "figures": figures.compute(counted),
    }
    return answer, counted, report


def _definition(session: Session, year: int) -> Report:
    report = existing.report_on(session, year) if year in _YEARS else None
    if report is None:
        raise NotFound(
            "report-undefined",
            "no report is defined for this year; POST /v1/reports defines one",
            "该年度尚未定义报告,可用 POST /v1/reports 定义",
        )
    return report


def _narrative(session: Session, report: Report) -> narrative.Narrative:
    units = session.execute(sa.select(heard.units.c.id, heard.units.c.name))
    return narrative.Narrative(
        title=report.title,
        units={unit.id: unit.name for unit in units},
        meetings=_each(session, narrative.Meeting, meetings.meetings),
        look_backs=_each(session, narrative.LookBack, look_backs.look_backs),
        passages=_passages(session, report.year),
        scores=_scores(session, report.year),
    )


def _each(session: Session, cls: Any, table: sa.Table) -> list[Any]:
    names = cls.__dataclass_fields__
    rows = session.execute(sa.select(*(table.c[name] for name in names)))
    return [cls(*row) for row in rows]


def _passages(session: Session, year: int) -> list[narrative.Passage]:
    table = reports.report_texts
    names = narrative.Passage.__dataclass_fields__
    query = sa.select(*(table.c[name] for name in names)).where(table.c.year == year)
    return [narrative.Passage(*row) for row in session.execute(query)]


def _scores(session: Session, year: int) -> list[narrative.Score]:
    table = heard.scores
    names = ("year", "eligible", "returned", "method_title", "items", "published_on")
    query = sa.select(*(table.c[name] for name in names)).where(table.c.year == year)
    return [
        narrative.Score(year, eligible, returned, method, tuple(items), day)
        for _, eligible, returned, method, items, day in session.execute(query)
    ]


def list_report_texts(params: Json) -> Query:
    """Passages by day, perhaps of one year and section."""
    return by_day(ReportText, reports.report_texts, params, "year", "section")


def list_reports(params: Json) -> Query:
    """The definitions of the years' reports."""
    return sa.select(Report).order_by(reports.reports.c.year)
