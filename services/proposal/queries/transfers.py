"""What imports and exports look up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.context import Principal
from services.chassis.paging import ordered
from services.chassis.work import get
from services.commons.clock import now
from services.commons.errors import NotFound

from ..model.suggestion import Suggestion
from ..model.transfer import KEPT as EXPORT_KEPT
from ..model.transfer import LEASE, READY, WAITING, WRITING, Export, Import
from ..tables.heard import deputies
from ..tables.register import aspects
from ..tables.suggestions import suggestions
from ..tables.transfers import exports, imports
from .rules import in_force
from .suggestions import SORTED, narrowed


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


def get_export(session: Session, id_: str, principal: Principal) -> Export:
    """One export, to whoever asked for it and to the office; NotFound to anybody else."""
    export = get(session, Export, id_)
    if principal.subject != export.asked_by and "clerk" not in principal.roles:
        raise NotFound("not-found", "there is no such Export", "未找到所指的内容")
    return export


def get_export_file(
    session: Session, id_: str, principal: Principal, zone: ZoneInfo
) -> dict[str, Any]:
    """Its file, once that can be fetched; Conflict before and after."""
    export = get_export(session, id_, principal).fetched()
    found = {name: getattr(export, name) for name in ("key", "format", "size", "sha256")}
    return found | {"name": export.name(zone)}


def suggestion_rows(params: dict[str, Any]) -> sa.Select[Any]:
    """Suggestions as rows of a sheet, in the order that is asked for."""
    of = suggestions.c
    rows = sa.select(*(of[name] for name in _SHEET), deputies.c.delegation).outerjoin_from(
        suggestions, deputies, deputies.c.id == of.deputy_id
    )
    query = narrowed(rows, params)
    return ordered(query, params, SORTED, of.id, default="happened_on")


def next_export(session: Session, at: dt.datetime) -> Export | None:
    """The export that waits longest, or whose writer has been silent for too long."""
    silent = sa.and_(exports.c.state == WRITING, exports.c.beat_at < at - LEASE)
    query = sa.select(Export).where(sa.or_(exports.c.state == WAITING, silent))
    return session.scalars(query.order_by(exports.c.asked_at).limit(1)).first()


def expired_exports(session: Session, at: dt.datetime) -> list[Export]:
    """Exports whose file has been kept long enough."""
    old = sa.and_(exports.c.state == READY, exports.c.ready_at < at - EXPORT_KEPT)
    return list(session.scalars(sa.select(Export).where(old).limit(100)))


def exports_due(session: Session) -> bool:
    """Whether an export waits, or a file is to go."""
    at = now()
    return next_export(session, at) is not None or bool(expired_exports(session, at))


_SHEET = (
    "source",
    "source_id",
    "year",
    "author_kind",
    "deputy_id",
    "channel",
    "aspect",
    "title",
    "text",
    "beneficiaries",
    "division",
    "longitude",
    "latitude",
    "datum",
    "given_longitude",
    "given_latitude",
    "round_id",
    "activity_id",
    "happened_on",
    "id",
    "recorded_at",
    "state",
    "sorted_on",
    "reason",
    "reason_code",
    "withdrawn_on",
    "matched_sub_item",
    "matched_on",
    "supporters",
    "cosigners",
    "answer_due_on",
    "answered_on",
)
