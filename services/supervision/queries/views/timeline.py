"""The timeline of a project (项目时间轴): all that happened to it, in order of day."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import not_found
from services.commons.errors import Invalid

from ...model.project import Project
from ...tables.projects import projects
from .happenings import HAPPENINGS
from .merged import Merged

Json = dict[str, Any]

_BY_KIND = {one.kind: one for one in HAPPENINGS}


def timeline_of(session: Session, project_id: str, params: Json, inside: bool) -> Json:
    """One page of what happened from ``from`` to ``to``; NotFound without the project.

    ``inside``: the reader may see more than the public kinds.
    """
    if params.get("kind", "adopted") not in _BY_KIND:
        raise Invalid(
            "kind-unknown",
            "the timeline has no such kind",
            "时间轴没有此类事项",
            [{"pointer": "/kind", "detail": f"is none of {', '.join(_BY_KIND)}"}],
        )
    if session.scalar(sa.select(projects.c.id).where(projects.c.id == project_id)) is None:
        raise not_found(Project)
    kinds = frozenset(
        one.kind
        for one in HAPPENINGS
        if (inside or one.public) and params.get("kind", one.kind) == one.kind
    )
    values = {
        "project_id": project_id,
        "project_text": project_id,
        "from_": params.get("from_", dt.date.min),
        "to": params.get("to", dt.date.max),
    }
    falling = params.get("sort", "").startswith("-")
    rows, following = _merged(kinds).page(session, values, params, falling=falling)
    return {"items": [_shown(row) for row in rows], "next": following}


@cache
def _merged(kinds: frozenset[str]) -> Merged:
    every = enumerate(HAPPENINGS)
    return Merged((number, one.branch) for number, one in every if one.kind in kinds)


def _shown(row: Any) -> Json:
    one = _BY_KIND[row.kind]
    zh, en = one.sentences(row)
    return {
        "kind": row.kind,
        "happened_on": row.day,
        "zh": zh,
        "en": en,
        "record": row.record,
        "id": row.of or row.id,
    }
