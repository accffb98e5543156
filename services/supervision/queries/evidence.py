"""The records for a year's figures, read in bulk.

What is read here may hold more than counts: only rows that cannot matter for the year are left out,
every rule is in ``model/report/evidence.py``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.report import records as r
from ..tables import fieldwork, groups, heard, indicators, opinions, projects
from . import registers


def one_snapshot(session: Session) -> None:
    """Let all reads of this transaction see the same state, also on PostgreSQL."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def read(session: Session, year: int, as_of: dt.date) -> r.Records:
    """All records for the year's figures as of a day."""
    rows = _Rows(session, year)
    return r.Records(
        suggestions=rows.suggestions(),
        suggested_projects=rows.suggested_projects(),
        deputies=rows.deputies(),
        sessions=rows.sessions(),
        sign_ins=rows.sign_ins(),
        results=rows.results(),
        projects=rows.projects(),
        sub_items=rows.sub_items(),
        progress=rows.progress(),
        groups=rows.groups(),
        activities=rows.activities(),
        visits=rows.of_projects(r.Visit, fieldwork.visits, "activity_id", "project_id", "kind"),
        attendances=rows.attendances(),
        problems=rows.of_projects(r.Problem, opinions.problems, "project_id", "visit_id"),
        opinions=rows.of_projects(
            r.Opinion,
            opinions.opinions,
            "project_id",
            "deputy_id",
            "channel",
            "handled_on",
            "replied_on",
        ),
        online_checks=rows.of_projects(
            r.OnlineCheck, opinions.online_checks, "deputy_id", "project_id"
        ),
        indicators=rows.indicators(),
        indicator_entries=rows.indicator_entries(),
        registers=registers.read(session, year, as_of),
    )


class _Rows:
    """The reads of one year."""

    def __init__(self, session: Session, year: int) -> None:
        self.session = session
        self.year = year
        self.project_ids = sa.select(projects.projects.c.id).where(projects.projects.c.year == year)

    def of(self, table: sa.Table, *names: str, where: Any = None) -> Any:
        """The columns of these names, the day of the deed last."""
        query = sa.select(*(table.c[name] for name in names))
        return self.session.execute(query if where is None else query.where(where))

    def of_projects(self, cls: Any, table: sa.Table, *names: str) -> list[Any]:
        """Records of the year's projects whose columns are the fields of the class."""
        mine = table.c.project_id.in_(self.project_ids)
        return [cls(*row) for row in self.of(table, "id", *names, "happened_on", where=mine)]

    def suggestions(self) -> list[r.SuggestionStep]:
        t = heard.suggestion_steps
        names = ("id", "version", "year", "author_kind", "aspect", "state", "sub_item_id", "dated")
        return [r.SuggestionStep(*row) for row in self.of(t, *names, where=t.c.year == self.year)]

    def suggested_projects(self) -> list[r.SuggestedProject]:
        t = heard.suggested_projects
        rows = self.of(
            t, "id", "year", "aspect", "suggestion_ids", "happened_on", where=t.c.year == self.year
        )
        return [r.SuggestedProject(i, y, a, tuple(ids), day) for i, y, a, ids, day in rows]

    def deputies(self) -> list[r.Deputy]:
        rows = self.of(heard.deputies, "id", "congresses", "enrolled_on")
        return [r.Deputy(id_, frozenset(congresses), day) for id_, congresses, day in rows]

    def sessions(self) -> list[r.Session]:
        return [r.Session(*row) for row in self.of(heard.sessions, "id", "congress", "opens_on")]

    def sign_ins(self) -> list[r.SignIn]:
        t, voted = heard.sign_ins, heard.results.c
        at_votes = t.c.session_id.in_(sa.select(voted.session_id).where(voted.year == self.year))
        rows = self.of(t, "id", "session_id", "deputy_id", "happened_on", where=at_votes)
        return [r.SignIn(*row) for row in rows]

    def results(self) -> list[r.Result]:
        t = heard.results
        names = ("id", "year", "session_id", "method_title", "voted_on")
        rows = self.of(t, *names, "candidates", "certified_on", where=t.c.year == self.year)
        return [
            r.Result(i, year, session, method, voted, tuple(candidates), day)
            for i, year, session, method, voted, candidates, day in rows
        ]

    def projects(self) -> list[r.Project]:
        t = projects.projects
        names = ("id", "year", "name", "lead_unit_id", "adopted_on")
        return [r.Project(*row) for row in self.of(t, *names, where=t.c.year == self.year)]

    def sub_items(self) -> list[r.SubItem]:
        t = projects.sub_items
        names = ("id", "project_id", "position", "name", "target", "unit_of_measure")
        mine = t.c.project_id.in_(self.project_ids)
        return [r.SubItem(*row) for row in self.of(t, *names, where=mine)]

    def progress(self) -> list[r.Progress]:
        names = ("sub_item_id", "sequence", "month", "quantity", "share")
        t = projects.progress
        # A district's part is compared with the project's figure, and never counted in it.
        mine = sa.and_(t.c.project_id.in_(self.project_ids), t.c.task_code.is_(None))
        return [r.Progress(*row) for row in self.of(t, "id", *names, "happened_on", where=mine)]

    def groups(self) -> list[r.Group]:
        t = groups.groups
        mine = t.c.project_id.in_(self.project_ids)
        names = ("id", "project_id", "members", "liaison_officers", "happened_on")
        rows = self.of(t, *names, where=mine)
        return [r.Group(i, p, tuple(m), tuple(o), day) for i, p, m, o, day in rows]

    def activities(self) -> list[r.Activity]:
        t = fieldwork.activities
        names = ("id", "year", "kind", "name", "starts_on", "ends_on", "happened_on")
        return [r.Activity(*row) for row in self.of(t, *names, where=t.c.year == self.year)]

    def attendances(self) -> list[r.Attendance]:
        t, visits = fieldwork.attendances, fieldwork.visits.c
        mine = t.c.visit_id.in_(sa.select(visits.id).where(visits.project_id.in_(self.project_ids)))
        rows = self.of(t, "id", "visit_id", "deputy_id", "happened_on", where=mine)
        return [r.Attendance(*row) for row in rows]

    def indicators(self) -> list[r.Indicator]:
        t = indicators.indicators
        names = ("id", "year", "key", "name", "unit_of_measure", "declared_by", "happened_on")
        return [r.Indicator(*row) for row in self.of(t, *names, where=t.c.year == self.year)]

    def indicator_entries(self) -> list[r.IndicatorEntry]:
        t, declared = indicators.indicator_entries, indicators.indicators.c
        mine = t.c.indicator_id.in_(sa.select(declared.id).where(declared.year == self.year))
        names = ("id", "indicator_id", "sequence", "month", "value", "happened_on")
        return [r.IndicatorEntry(*row) for row in self.of(t, *names, where=mine)]
