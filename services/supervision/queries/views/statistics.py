"""Statistics of a year's supervision (监督统计): counts with their definitions, as of now."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.commons.clock import now

from ...model.participant import VISIT
from ...model.task_item import OPEN
from ...model.view_figures import FIGURES, GROUPINGS
from ...tables import fieldwork, groups, heard, meetings, opinions, organisation
from ...tables.calendar import task_items
from ...tables.findings import check_ins
from ...tables.messages import messages
from ...tables.photos import photos
from ...tables.projects import projects
from ...tables.rectifications import rectifications
from .matter_counts import REGISTERS, settled
from .merged import literal, nothing

Json = dict[str, Any]


def statistics_of(session: Session, params: Json) -> Json:
    """The figures of a year's projects, and its opinions and problems by what was asked for."""
    year, by = params["year"], params["by"]
    groups = _groups(session, year, by)
    names = _names(session, year, by)
    zh, en = GROUPINGS[by]
    return {
        "year": year,
        "by": by,
        "as_of": now(),
        "definition": {"zh": zh, "en": en},
        "figures": [
            {"key": key, "value": value, "zh": FIGURES[key][0], "en": FIGURES[key][1]}
            for key, value in _figures(session, year, groups).items()
        ],
        "groups": [
            {"key": key, "name": names.get(key) if key else None} | counts
            for key, counts in sorted(groups.items(), key=lambda one: _rank(by, *one))
        ],
    }


def _rank(by: str, key: str | None, counts: Json) -> Any:
    """The largest first, months in their order; what has none last."""
    size = 0 if by == "month" else -(counts["opinions"] + counts["problems"])
    return key is None, size, key or ""


def _key(by: str, table: sa.Table) -> sa.ColumnElement[Any]:
    c = table.c
    if by == "month":
        year, month = (sa.extract(part, c.happened_on) for part in ("year", "month"))
        return sa.cast(year * 100 + month, sa.Integer)
    column = {"project": "project_id", "unit": "unit_id"}.get(by, by)
    return c[column] if column in c else nothing(sa.String)


def _of_year(year: int) -> sa.Select[Any]:
    return sa.select(projects.c.id).where(projects.c.year == year)


def _groups(session: Session, year: int, by: str) -> dict[str | None, Json]:
    parts = []
    for register, table in REGISTERS.items():
        key = _key(by, table)
        open_ = sa.func.count(sa.case((sa.not_(settled(table)), 1)))
        columns = (literal(register).label("register"), sa.cast(key, sa.String).label("key"))
        part = sa.select(*columns, sa.func.count().label("count"), open_.label("open"))
        parts.append(part.where(table.c.project_id.in_(_of_year(year))).group_by(key))
    found: dict[str | None, Json] = defaultdict(
        lambda: {"opinions": 0, "opinions_open": 0, "problems": 0, "problems_open": 0}
    )
    for row in session.execute(sa.union_all(*parts)):
        counts = found[_written(by, row.key)]
        counts[f"{row.register}s"] += row.count
        counts[f"{row.register}s_open"] += row.open
    return found


def _written(by: str, key: str | None) -> str | None:
    """A key as it is told: ids with their dashes, months as YYYY-MM."""
    if key is None:
        return None
    if by == "month":
        return f"{key[:4]}-{key[4:6]}"
    if by in ("project", "unit") and len(key) == 32:  # SQLite's way of keeping an id
        return "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))
    return key


def _names(session: Session, year: int, by: str) -> dict[str | None, str]:
    tables: dict[str, tuple[sa.Table, Any]] = {
        "project": (projects, projects.c.year == year),
        "unit": (heard.units, sa.true()),
    }
    if by not in tables:
        return {}
    table, where = tables[by]
    rows = session.execute(sa.select(table.c.id, table.c.name).where(where))
    return {row.id: row.name for row in rows}


def _figures(session: Session, year: int, groups: dict[str | None, Json]) -> dict[str, int]:
    """All of :data:`FIGURES`, in its order; the matters are the groups' sums."""
    counted = _counted(session, year)
    matters = ("opinions", "opinions_open", "problems", "problems_open")
    counted |= {key: sum(one[key] for one in groups.values()) for key in matters}
    return {key: counted[key] for key in FIGURES}


def _counted(session: Session, year: int) -> dict[str, int]:
    mine = _of_year(year)
    times = _person_times(mine).subquery()
    t, r = task_items.c, rectifications.c
    single: dict[str, sa.Select[Any]] = {
        "visits": _number(fieldwork.visits, mine),
        "persons": sa.select(sa.func.count(times.c.person.distinct())),
        "person_times": sa.select(sa.func.count()).select_from(times),
        "photos": _number(photos, mine),
        "messages": _number(messages, mine),
        "task_items": _number(task_items, mine),
        "task_items_open": _number(task_items, mine).where(t.state == OPEN),
        "rectifications": _number(rectifications, mine),
        "rectifications_open": _number(rectifications, mine).where(r.confirmed_on.is_(None)),
        "online_checks": _number(opinions.online_checks, mine),
        "check_ins": _number(check_ins, mine),
    }
    row = session.execute(sa.select(*(q.scalar_subquery().label(n) for n, q in single.items())))
    return dict(row.one()._mapping) | {"meetings": _meetings(session, year)}


def _number(table: sa.Table, mine: sa.Select[Any]) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table).where(table.c.project_id.in_(mine))


def _person_times(mine: sa.Select[Any]) -> sa.CompoundSelect[Any]:
    """Each person at each visit once: deputies' attendances, and the others beside them."""
    a, p, v = fieldwork.attendances.c, organisation.participants.c, fieldwork.visits.c
    visited = sa.select(v.id).where(v.project_id.in_(mine))
    deputies = sa.select(
        a.visit_id.label("visit_id"), sa.cast(a.deputy_id, sa.String).label("person")
    ).where(a.visit_id.in_(visited))
    others = sa.select(
        p.subject_id, sa.func.coalesce(sa.cast(p.deputy_id, sa.String), p.person)
    ).where(p.subject_kind == VISIT, p.subject_id.in_(visited))
    return sa.union(deputies, others)


def _meetings(session: Session, year: int) -> int:
    """Meetings that name a project of the year, or that its group held; a year has few."""
    m, g = meetings.meetings.c, groups.groups.c
    ids = set(session.scalars(_of_year(year)))
    held = sa.select(g.project_id).where(g.id == m.group_id).scalar_subquery()
    found = session.execute(sa.select(held, m.project_ids))
    return sum(bool(ids & {of, *(named or ())}) for of, named in found)
