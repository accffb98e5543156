"""Files of forms: what is known of their numbers, and what became of the imports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get
from services.commons.clock import now

from ..model.answer_import import CHECKING, LEASE, UNFINISHED, WAITING, WRITING, AnswerImport
from ..model.audience import Audience
from ..model.paper import WITHDRAWN
from ..tables.audiences import audiences
from ..tables.offline import answer_imports, imported_forms, paper_forms
from ..transfer.columns import Columns
from .paper_forms import form_of

#: Rows that one statement deletes.
_DELETED = 10_000


def known_numbers(
    session: Session, audience_id: str, numbers: Iterable[str]
) -> dict[str, str | None]:
    """Which numbers are known, with the mark of what was imported; None: entered on paper."""
    wanted = list(numbers)
    of, on = imported_forms.c, paper_forms.c
    imported = sa.select(of.number, of.mark).where(
        of.audience_id == audience_id, of.number.in_(wanted)
    )
    entered = sa.select(on.number).where(
        on.audience_id == audience_id, on.number.in_(wanted), on.state != WITHDRAWN
    )
    found: dict[str, str | None] = {row.number: row.mark for row in session.execute(imported)}
    return found | dict.fromkeys(session.scalars(entered))


def unfinished(session: Session, audience_id: str) -> list[AnswerImport]:
    """The imports into an audience of which more is to come."""
    of = answer_imports.c
    query = sa.select(AnswerImport).where(
        of.audience_id == audience_id, of.state.in_(UNFINISHED), of.dry_run.is_(False)
    )
    return list(session.scalars(query.order_by(of.asked_at, of.id)))


def resumable(session: Session, audience_id: str, sha256: str) -> AnswerImport | None:
    """An import of this very file that an operator began and that was not finished."""
    found = unfinished(session, audience_id)
    return next((one for one in found if one.sha256 == sha256 and not one.stored), None)


def get_import(session: Session, id_: str) -> AnswerImport:
    """One import."""
    return get(session, AnswerImport, id_)


def list_imports(params: dict[str, Any]) -> sa.Select[Any]:
    """The imports into an audience, in order."""
    of = answer_imports.c
    query = sa.select(AnswerImport).where(of.audience_id == params["audience_id"])
    return query.order_by(of.asked_at, of.id)


def next_import(session: Session, at: dt.datetime) -> AnswerImport | None:
    """The stored file that waits longest, or whose writer has been silent for too long."""
    of = answer_imports.c
    silent = sa.and_(of.state.in_((CHECKING, WRITING)), of.beat_at < at - LEASE)
    query = sa.select(AnswerImport).where(of.stored.is_(True), sa.or_(of.state == WAITING, silent))
    return session.scalars(query.order_by(of.asked_at, of.id).limit(1)).first()


def imports_due(session: Session) -> bool:
    """Whether a file waits."""
    return next_import(session, now()) is not None


def wanted_file(session: Session, audience_id: str, sha256: str) -> bool:
    """Whether an import still needs this file in the store."""
    of = answer_imports.c
    query = sa.select(of.id).where(
        of.audience_id == audience_id,
        of.sha256 == sha256,
        of.stored.is_(True),
        of.state.in_(UNFINISHED),
    )
    return session.execute(query.limit(1)).first() is not None


def forget_numbers(session: Session) -> int:
    """Delete numbers of imported forms of closed audiences, some at a time; how many they were."""
    closed = sa.select(audiences.c.id).where(audiences.c.closed_on.is_not(None))
    of = imported_forms.c
    some = sa.select(of.audience_id, of.number).where(of.audience_id.in_(closed)).limit(_DELETED)
    rows = [tuple(row) for row in session.execute(some)]
    for audience_id in {row[0] for row in rows}:
        numbers = [number for owner, number in rows if owner == audience_id]
        session.execute(
            sa.delete(imported_forms).where(of.audience_id == audience_id, of.number.in_(numbers))
        )
    return len(rows)


def get_template(session: Session, audience_id: str) -> dict[str, Any]:
    """The columns of the sheets of an audience's forms."""
    columns = Columns(form_of(session, get(session, Audience, audience_id))).all
    return {"columns": [{"key": one.key, "title": one.names[0]} for one in columns]}
