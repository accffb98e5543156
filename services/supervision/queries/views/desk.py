"""The desk (专项监督台): what waits for the reader, by her roles, the most urgent first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.work import is_id

from ...model.group import Group
from ...tables.groups import groups
from .due import DUE, deadlines_of
from .merged import NEVER, Merged
from .waiting import DEPUTY, ROLES
from .waits import WAITS

Json = dict[str, Any]

#: What each kind is called, and where it leads.
CALLED: dict[str, Any] = DUE | {one.kind: one for one in WAITS}


#: Whose subject is no id in a register has nothing there.
_NOBODY = "00000000-0000-0000-0000-000000000000"


def desk_of(session: Session, principal: Principal, params: Json) -> Json:
    """One page of what waits, with how many of each kind there are and how many are overdue."""
    today = params["today"]
    subject = principal.subject if is_id(principal.subject) else _NOBODY
    filters = tuple(name for name in ("kind", "unit_id", "project_id") if name in params)
    values: Json = {name: params[name] for name in filters}
    values |= {"subject": subject, "today": today, "group_ids": []}
    if DEPUTY in principal.roles:
        values["group_ids"] = _groups_of(session, subject, today)
    merged = _merged(principal.roles.intersection(ROLES))
    rows, following = merged.page(session, values, params, *filters)
    counts = merged.counted(session, values, today, *filters)
    return {
        "as_of": today,
        "counts": _counts(counts),
        "items": [_shown(row, today) for row in rows],
        "next": following,
    }


@cache
def _merged(roles: frozenset[str]) -> Merged:
    branches = enumerate([deadlines_of(roles), *(one.branch(roles) for one in WAITS)])
    return Merged((number, branch) for number, branch in branches if branch)


def _groups_of(session: Session, deputy_id: str, today: dt.date) -> list[str]:
    """The groups to which a deputy belongs today; the text of the lists is a first sieve."""
    c = groups.c
    named = [sa.cast(one, sa.Text).contains(deputy_id) for one in (c.members, c.memberships)]
    return [
        group.id
        for group in session.scalars(sa.select(Group).where(sa.or_(*named)))
        if any(one.deputy_id == deputy_id for one in group.members_on(today))
    ]


def _counts(rows: Sequence[Any]) -> list[Json]:
    return [
        {
            "kind": row.kind,
            "zh": CALLED[row.kind].zh,
            "en": CALLED[row.kind].en,
            "count": row.count,
            "overdue": row.before,
        }
        for row in sorted(rows, key=lambda row: (-row.before, -row.count, row.kind))
    ]


def _shown(row: Any, today: dt.date) -> Json:
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
        "overdue": due_on is not None and due_on < today,
    }
