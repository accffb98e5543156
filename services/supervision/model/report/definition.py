"""What a year's report is asked to say, and the texts that people write for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from services.commons.aggregate import Aggregate, new_id

#: 监督工作情况, 总体评价, 意见建议.
SECTIONS = ("work", "evaluation", "recommendation")


@dataclass(eq=False)
class Report(Aggregate):
    """The annual report of one year (年度监督情况报告).

    ``completed_by``: the day by which completion is asked for (the real one says 截止到11月底).
    """

    id: str
    year: int
    title: str
    completed_by: dt.date
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def define(
        cls,
        *,
        year: int,
        title: str,
        completed_by: dt.date,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> Report:
        """Define the report of a year."""
        return cls(new_id(), year, title, completed_by, happened_on, recorded_at)

    def redefine(
        self,
        *,
        title: str,
        completed_by: dt.date,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> None:
        """Put another definition in the place of this one."""
        self.title, self.completed_by = title, completed_by
        self.happened_on, self.recorded_at = happened_on, recorded_at


@dataclass(eq=False)
class ReportText(Aggregate):
    """A passage that somebody wrote for a section of the report (报告文本)."""

    id: str
    year: int
    section: str
    heading: str
    text: str
    project_id: str | None
    happened_on: dt.date
    recorded_at: dt.datetime
    version: int = 0

    @classmethod
    def write(
        cls,
        *,
        year: int,
        section: str,
        heading: str,
        text: str,
        project_id: str | None,
        happened_on: dt.date,
        recorded_at: dt.datetime,
    ) -> ReportText:
        """Record a passage."""
        return cls(new_id(), year, section, heading, text, project_id, happened_on, recorded_at)
