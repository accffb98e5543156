"""The desk (专项监督台): what waits for the reader, by her roles, the most urgent first."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal

from ...model.group import Group
from ...tables.groups import groups
from .due import DUE, deadlines_of
from .merged import NEVER, counted, page
from .waiting import DEPUTY, Reader
from .waits import WAITS

Json = dict[str, Any]

#: What each kind is called, and where it leads.
CALLED: dict[str, Any] = DUE | {one.kind: one for one in WAITS}


def desk_of(session: Session, principal: Principal, params: Json) -> Json:
    """One page of what waits, with how many of each kind there are and how many are overdue."""
    reader = _reader(session, principal, params)
    found = [deadlines_of(reader), *(one.queries(reader) for one in WAITS)]
    branches = [
        (number, _asked(query, params)) for number, queries in enumerate(found) for query in queries
    ]
    rows, following = page(session, branches, params)
    return {
        "as_of": reader.today,
        "counts": _counts(session, branches, reader),
        "items": [_shown(row, reader) for row in rows],
        "next": following,
    }


def _reader(session: Session, principal: Principal, params: Json) -> Reader:
    group_ids: tuple[str, ...] = ()
    if DEPUTY in principal.roles:
        group_ids = tuple(_groups_of(session, principal.subject, params["today"]))
    return Reader(principal.subject, principal.roles, params["today"], group_ids)


def _groups_of(session: Session, deputy_id: str, today: Any) -> list[str]:
    """The groups to which a deputy belongs today; the text of the lists is a first sieve."""
    c = groups.c
    named = [sa.cast(one, sa.Text).contains(deputy_id) for one in (c.members, c.memberships)]
    return [
        group.id
        for group in session.scalars(sa.select(Group).where(sa.or_(*named)))
        if any(one.deputy_id == deputy_id for one in group.members_on(today))
    ]


def _asked(query: sa.Select[Any], params: Json) -> sa.Select[Any]:
    for name in ("kind", "unit_id", "project_id"):
        if name in params:
            one = query.subquery()
            query = sa.select(one).where(one.c[name] == params[name])
    return query


def _counts(session: Session, branches: Any, reader: Reader) -> list[Json]:
    rows = counted(session, branches, "kind", overdue=lambda c: c.day < reader.today)
    return [
        {
            "kind": row.kind,
            "zh": CALLED[row.kind].zh,
            "en": CALLED[row.kind].en,
            "count": row.count,
            "overdue": row.overdue,
        }
        for row in sorted(rows, key=lambda row: (-row.overdue, -row.count, row.kind))
    ]


def _shown(row: Any, reader: Reader) -> Json:
    one = CALLED[row.kind]
    due_on = None if row.day == NEVER else row.day
    return {
        "kind": row.kind,
        "zh": one.zh,
        "en": one.en,
        "code": row.code,
        "record": row.record,
        "id": row.of or row.id,
        "project_id": row.project_id,
        "unit_id": row.unit_id,
        "since": row.since,
        "due_on": due_on,
        "overdue": due_on is not None and due_on < reader.today,
    }
