"""Projects by districts (项目与区县矩阵): the districts' parts, and the matters in each place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ...model.plan import Plan
from ...model.plan_content import Task
from ...model.state import ItemState, ProjectState
from ...tables.fieldwork import visits
from ...tables.projects import progress, projects
from ..plans import plans_in_force
from ..states import states_on
from .matter_counts import matter_counts

Json = dict[str, Any]

COUNTS = ("opinions", "opinions_open", "problems", "problems_open")


def matrix_of(session: Session, params: Json) -> Json:
    """The cells of a year on a day; a project's total is what the board says of it.

    A cell without a division holds what has no place; it is no district's.
    """
    on: dt.date = params.get("on") or params["today"]
    year: int = params.get("year") or on.year
    c = projects.c
    named = session.execute(sa.select(c.id, c.name).where(c.year == year).order_by(c.name, c.id))
    names = {row.id: row.name for row in named}
    ids = list(names)
    plans, states = plans_in_force(session, ids, on), states_on(session, ids, on)
    told, visited = _reported(session, ids, on), _visits(session, ids)
    cells = _cells(session, ids)
    for id_, plan in plans.items():
        _add_tasks(cells, id_, plan, told, on)
    return {
        "year": year,
        "as_of": on,
        "divisions": sorted({division for _, division in cells if division}),
        "projects": [
            _total(id_, names[id_], states[id_], visited.get(id_, 0), cells) for id_ in ids
        ],
        "cells": [
            {"project_id": id_, "division": division} | cell
            for (id_, division), cell in sorted(
                cells.items(), key=lambda one: (ids.index(one[0][0]), one[0][1] or "~")
            )
        ],
    }


def _cells(session: Session, ids: list[str]) -> dict[tuple[str, str | None], Json]:
    found: dict[tuple[str, str | None], Json] = defaultdict(
        lambda: {"tasks": [], "completion": None} | dict.fromkeys(COUNTS, 0)
    )
    for row in matter_counts(session, ids, "project_id", "division"):
        cell = found[row.project_id, row.division]
        cell[f"{row.register}s"], cell[f"{row.register}s_open"] = row.count, row.open
    return found


def _add_tasks(
    cells: dict[tuple[str, str | None], Json],
    id_: str,
    plan: Plan,
    told: dict[tuple[str, str], Any],
    on: dt.date,
) -> None:
    by_division: dict[str, list[tuple[Task, ItemState]]] = defaultdict(list)
    for task in plan.tasks:
        state = _state(task, plan, told.get((id_, task.code)))
        by_division[task.division].append((task, state))
    for division, parts in by_division.items():
        cell = cells[id_, division]
        cell["tasks"] = [_task(task, state) for task, state in parts]
        cell["completion"] = ProjectState(id_, on, None, [state for _, state in parts]).completion


def _state(task: Task, plan: Plan, entry: Any) -> ItemState:
    """A district's part as if it were a sub-item: its own number, or its share of the whole."""
    target = task.target_of(plan.says.target(task.sub_item_id))
    actual = 0.0
    if entry is not None:
        actual = (entry.share if entry.quantity is None else entry.quantity) or 0.0
    return ItemState(task.sub_item_id, target, actual, None, None, None)


def _task(task: Task, state: ItemState) -> Json:
    return {
        "code": task.code,
        "sub_item_id": task.sub_item_id,
        "unit_id": task.unit_id,
        "share": task.share,
        "target": state.target,
        "reported": state.actual,
        "completion": state.completion,
    }


def _reported(session: Session, ids: list[str], on: dt.date) -> dict[tuple[str, str], Any]:
    """What was told last of each district's part by that day, by project and code."""
    c = progress.c
    place = sa.func.row_number().over(
        partition_by=(c.project_id, c.task_code), order_by=(c.month.desc(), c.sequence.desc())
    )
    rows = (
        sa.select(c.project_id, c.task_code, c.quantity, c.share, place.label("place"))
        .where(c.project_id.in_(ids), c.task_code.is_not(None), c.happened_on <= on)
        .subquery()
    )
    query = sa.select(rows).where(rows.c.place == 1)
    return {(row.project_id, row.task_code): row for row in session.execute(query)}


def _visits(session: Session, ids: list[str]) -> dict[str, int]:
    c = visits.c
    query = sa.select(c.project_id, sa.func.count().label("number"))
    found = session.execute(query.where(c.project_id.in_(ids)).group_by(c.project_id))
    return {row.project_id: row.number for row in found}


def _total(
    id_: str,
    name: str,
    state: ProjectState,
    visited: int,
    cells: dict[tuple[str, str | None], Json],
) -> Json:
    mine = [cell for (of, _), cell in cells.items() if of == id_]
    return {
        "project_id": id_,
        "name": name,
        "completion": state.completion,
        "tasks": sum(len(cell["tasks"]) for cell in mine),
        "visits": visited,
        **{key: sum(cell[key] for cell in mine) for key in COUNTS},
    }
