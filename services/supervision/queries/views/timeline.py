"""The timeline of a project (项目时间轴): all that happened to it, in order of day."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.errors import Invalid

from ...model.project import Project
from .happenings import HAPPENINGS
from .merged import page

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
    get(session, Project, project_id)
    branches = [
        (number, _within(one.query(project_id), one.table.c[one.day], params))
        for number, one in enumerate(HAPPENINGS)
        if (inside or one.public) and params.get("kind", one.kind) == one.kind
    ]
    rows, following = page(
        session, branches, params, falling=params.get("sort", "").startswith("-")
    )
    return {"items": [_shown(row) for row in rows], "next": following}


def _within(query: Any, day: Any, params: Json) -> Any:
    query = query.where(day <= params["to"]) if "to" in params else query
    return query.where(day >= params["from_"]) if "from_" in params else query


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
