"""What imports and exports look up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get

from ..model.suggestion import Suggestion
from ..model.transfer import KEPT as EXPORT_KEPT
from ..model.transfer import LEASE, READY, WAITING, WRITING, Export, Import
from ..tables.register import aspects
from ..tables.suggestions import suggestions
from ..tables.transfers import exports, imports
from .rules import in_force


def aspect_names(session: Session) -> dict[str, str]:
    """Codes of aspects by their names."""
    rows = session.execute(sa.select(aspects.c.name, aspects.c.code))
    return {row.name: row.code for row in rows}


def channel_names(session: Session, day: dt.date) -> dict[str, str]:
    """Codes of channels by their names."""
    return {one["name"]: one["code"] for one in in_force(session, "channels", day).content}


def known_origins(session: Session, source: str, ids: Iterable[str]) -> dict[str, str | None]:
    """Which numbers of a source have been imported, with the hash of what they said."""
    query = sa.select(suggestions.c.source_id, suggestions.c.source_digest).where(
        suggestions.c.source == source, suggestions.c.source_id.in_(list(ids))
    )
    return {row.source_id: row.source_digest for row in session.execute(query)}


def own(session: Session, ids: Iterable[str]) -> list[Suggestion]:
    """Suggestions of these ids, those that there are."""
    query = sa.select(Suggestion).where(suggestions.c.id.in_(list(ids)))
    return list(session.scalars(query))


def import_of(session: Session, file_hash: str) -> Import | None:
    """The import of a file, if it was begun before."""
    return session.scalars(sa.select(Import).where(imports.c.file_hash == file_hash)).first()


def get_export(session: Session, id_: str) -> Export:
    """One export."""
    return get(session, Export, id_)


def next_export(session: Session, now: dt.datetime) -> Export | None:
    """The export that waits longest, or whose writer has been silent for too long."""
    silent = sa.and_(exports.c.state == WRITING, exports.c.beat_at < now - LEASE)
    query = sa.select(Export).where(sa.or_(exports.c.state == WAITING, silent))
    return session.scalars(query.order_by(exports.c.asked_at).limit(1)).first()


def expired_exports(session: Session, now: dt.datetime) -> list[Export]:
    """Exports whose file has been kept long enough."""
    old = sa.and_(exports.c.state == READY, exports.c.ready_at < now - EXPORT_KEPT)
    return list(session.scalars(sa.select(Export).where(old).limit(100)))


def something_to_write(session: Session, now: dt.datetime) -> bool:
    """Whether an export waits, or a file is to go."""
    return next_export(session, now) is not None or bool(expired_exports(session, now))
