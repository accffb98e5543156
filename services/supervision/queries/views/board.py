"""The progress board (项目进度榜): where each project of a year stands, and what changed lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ...model.state import ItemState, ProjectState
from ...tables.projects import progress, projects, sub_items
from ...tables.rules import deadlines
from ..deadlines import kept
from ..funds import executions_on
from ..rectifications import open_of
from ..rules import in_force
from ..states import states_on
from .matter_counts import matter_counts

Json = dict[str, Any]

_FAR = dt.date.max


def board_of(session: Session, params: Json, inside: bool) -> Json:
    """One row for each project of a year on a day; ``inside``: with what only some may see."""
    today = params["today"]
    on: dt.date = params.get("on") or today
    board = _Board(session, params.get("year") or on.year, on, today)
    rows = [board.row(id_, inside) for id_ in board.projects]
    order = [one["code"] for one in in_force(session, "lights", on).content]
    rows.sort(key=_sorted(params.get("sort", "lag"), order))
    return {"year": board.year, "as_of": on, "compared_with": board.before_on, "items": rows}


def _sorted(sort: str, lights: list[str]) -> Callable[[Json], Any]:
    keys: dict[str, Callable[[Json], Any]] = {
        "lag": lambda row: -(row["lag"] or 0),
        "completion": lambda row: row["completion"] or 0,
        "light": lambda row: (
            lights.index(row["light"]["code"]) if row["light"]["code"] in lights else len(lights)
        ),
        "due_on": lambda row: row["due_on"] or _FAR,
        "name": lambda row: row["name"],
    }
    # The projects that are behind by as much stand as their names do.
    return lambda row: (keys[sort](row), row["name"], row["project_id"])


class _Board:
    """The reads of a year's board."""

    def __init__(self, session: Session, year: int, on: dt.date, today: dt.date) -> None:
        self.session, self.year, self.on, self.today = session, year, on, today
        self.before_on = on.replace(day=1) - dt.timedelta(days=1)
        c = projects.c
        columns = (c.id, c.year, c.name, c.aspect, c.lead_unit_id)
        query = sa.select(*columns).where(c.year == year).order_by(c.name, c.id)
        self.projects = {row.id: row for row in session.execute(query)}
        ids = list(self.projects)
        self.items = self._items(ids)
        self.states = states_on(session, ids, on)
        self.before = states_on(session, ids, self.before_on)
        self.reports = self._reports(ids)
        self.overdue = self._overdue(ids)
        self.matters = self._matters(ids)
        self.rectifications = open_of(session, ids)
        self.money = executions_on(session, ids, on)

    def row(self, id_: str, inside: bool) -> Json:
        """One project's."""
        state, project, reports = self.states[id_], self.projects[id_], self.reports.get(id_)
        row = {
            "project_id": id_,
            "name": project.name,
            "aspect": project.aspect,
            "lead_unit_id": project.lead_unit_id,
            "due_on": state.due_on,
            "planned": state.planned,
            "completion": state.completion,
            "lag": state.lag,
            "light": state.light,
            "finished_on": state.finished_on,
            "accepted_on": state.accepted_on,
            "deferred": state.deferred,
            "deferred_until": state.deferred_until,
            "ended_on": state.ended_on,
            "late_reports": state.late_reports,
            "overdue_reports": state.overdue_reports,
            "milestones_late": state.milestones_late,
            "last_reported_on": reports.last if reports else None,
            "sub_items": [self._item(one) for one in state.items],
            "since": self._since(id_, state),
            "inside": None,
        }
        return row | {"inside": self._inside(id_)} if inside else row

    def _item(self, state: ItemState) -> Json:
        item = self.items[state.sub_item_id]
        return {
            "sub_item_id": item.id,
            "name": item.name,
            "unit_of_measure": item.unit_of_measure,
            "target": state.target,
            "actual": state.actual,
            "planned": state.planned,
            "completion": state.completion,
            "finished_on": state.finished_on,
            "accepted_on": state.accepted_on,
        }

    def _since(self, id_: str, state: ProjectState) -> Json:
        """What is otherwise than at the end of the month before."""
        before, reports = self.before[id_], self.reports.get(id_)
        return {
            "completion": _more(state.completion, before.completion),
            "light": before.light.code if before.light else None,
            "reports": reports.since if reports else 0,
        }

    def _inside(self, id_: str) -> Json:
        found = {f"{register}{name}": 0 for register in ("opinions", "problems") for name in _OPEN}
        for row in self.matters.get(id_, ()):
            found[f"{row.register}s"] = row.count
            found[f"{row.register}s_open"] = row.open
        return found | {
            "rectifications_open": self.rectifications.get(id_, 0),
            "overdue": self.overdue.get(id_, 0),
            "funds": self.money[id_].whole,
        }

    def _items(self, ids: list[str]) -> dict[str, Any]:
        query = sa.select(sub_items).where(sub_items.c.project_id.in_(ids))
        return {row.id: row for row in self.session.execute(query)}

    def _reports(self, ids: list[str]) -> dict[str, Any]:
        """Of each project: the last day of which a figure was told, and how many since."""
        c = progress.c
        since = sa.func.count(sa.case((c.happened_on > self.before_on, 1)))
        query = sa.select(
            c.project_id, sa.func.max(c.happened_on).label("last"), since.label("since")
        ).where(c.project_id.in_(ids), c.happened_on <= self.on)
        return {row.project_id: row for row in self.session.execute(query.group_by(c.project_id))}

    def _overdue(self, ids: list[str]) -> dict[str, int]:
        c = deadlines.c
        query = sa.select(c.project_id, sa.func.count().label("number")).where(
            c.project_id.in_(ids), kept.overdue(self.on, self.today)
        )
        found = self.session.execute(query.group_by(c.project_id))
        return {row.project_id: row.number for row in found}

    def _matters(self, ids: list[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for row in matter_counts(self.session, ids, "project_id"):
            found.setdefault(row.project_id, []).append(row)
        return found


_OPEN = ("", "_open")


def _more(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else round(now - before, 6)
