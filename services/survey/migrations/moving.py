"""Moves what the release before kept of a questionnaire into an audience, its roll and its count.

Then a questionnaire had one record, of all deputies and of how often each line got each mark.  The
record is taken away when it is moved: a process of the release before that still runs finds none,
and so accepts no answer that would be lost.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from services.chassis.columns import Id, Json, UtcDateTime

from ..model.tally import sealed_text

_former = sa.table(
    "tallies",
    sa.column("questionnaire_id", Id),
    sa.column("answered", Json()),
    sa.column("counts", Json()),
)
_questionnaires = sa.table(
    "questionnaires",
    sa.column("id", Id),
    *(sa.column(name, sa.Date()) for name in ("opens_on", "closes_on", "opened_on", "closed_on")),
    sa.column("drafted_on", sa.Date()),
    sa.column("recorded_at", UtcDateTime()),
    sa.column("audience", sa.String()),
    sa.column("eligible", sa.Integer()),
)
_audiences = sa.table(
    "audiences",
    sa.column("id", Id),
    sa.column("questionnaire_id", Id),
    *(sa.column(n) for n in ("group_code", "title", "channel", "kind", "sampling", "eligible")),
    *(sa.column(name, sa.Date()) for name in ("opens_on", "closes_on", "opened_on", "closed_on")),
    *(sa.column(name, sa.Boolean()) for name in ("by_delegation", "replaceable")),
    *(sa.column(name, Json()) for name in ("quotas", "limits")),
    sa.column("recorded_at", UtcDateTime()),
    sa.column("version"),
)
_rolls = sa.table(
    "rolls",
    sa.column("audience_id", Id),
    sa.column("answered", Json()),
    sa.column("cells", Json()),
)
_tallies = sa.table(
    "cell_tallies",
    sa.column("audience_id", Id),
    sa.column("cell"),
    sa.column("returned"),
    sa.column("straight", Json()),
    sa.column("counts", Json()),
    sa.column("seal"),
)


def move(connection: sa.Connection, mark: Callable[[str], str]) -> int:
    """Move every record that is left; how many.  ``mark``: makes the seal on a count."""
    joined = sa.select(_former, _questionnaires).join(
        _questionnaires, _questionnaires.c.id == _former.c.questionnaire_id
    )
    rows = connection.execute(joined.order_by(_former.c.questionnaire_id)).all()
    for row in rows:
        _move_one(connection, row, mark)
    connection.execute(sa.delete(_former))
    undated = _questionnaires.c.drafted_on.is_(None)
    dated = sa.update(_questionnaires).where(undated)
    connection.execute(dated.values(drafted_on=_questionnaires.c.opened_on))
    return len(rows)


def _move_one(connection: sa.Connection, row: Any, mark: Callable[[str], str]) -> None:
    audience_id = str(uuid.uuid4())
    connection.execute(
        sa.insert(_audiences).values(
            id=audience_id,
            questionnaire_id=row.questionnaire_id,
            group_code=row.audience,
            title="全体代表",
            channel="roll",
            kind="secret",
            sampling="census",
            eligible=row.eligible,
            by_delegation=False,
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            replaceable=False,
            quotas=[],
            limits={},
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            recorded_at=row.recorded_at,
            version=1,
        )
    )
    roll = {"audience_id": audience_id, "answered": row.answered, "cells": {}}
    connection.execute(sa.insert(_rolls).values(roll))
    codes = sorted({code for count in row.counts.values() for code in count})
    tally = {
        "audience_id": audience_id,
        "cell": "",
        "returned": sum(row.answered.values()),
        # How many forms had one mark on all lines was not counted.
        "straight": dict.fromkeys(codes, 0),
        "counts": {f"grade:{item_id}": count for item_id, count in row.counts.items()},
    }
    sealed = tally | {"seal": mark(sealed_text(tally))}
    connection.execute(sa.insert(_tallies).values(sealed))
