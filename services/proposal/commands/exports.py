"""Exports: asked for, begun, finished, gone."""

from __future__ import annotations

from typing import Any

from services.chassis.store import load
from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid

from ..model.transfer import EXPIRED, WRITING, Export
from ..queries import transfers as queries
from ..transfer.lists import LISTS


class Superseded(Exception):
    """Another writer has taken this export over: this one has been silent for too long."""


def ask(command: dict[str, Any], uow: UnitOfWork) -> Export:
    """Note that somebody wants a list as a file."""
    try:
        load(LISTS[command["list"]].filters, command["filters"])
    except Invalid as exc:
        places = [{**one, "pointer": f"/filters{one['pointer']}"} for one in exc.errors]
        raise Invalid(exc.code, exc.en, exc.zh, places) from exc
    return uow.add(Export.ask(**command, asked_by=uow.principal.subject, recorded_at=uow.now))


def begin_next(uow: UnitOfWork) -> Export | None:
    """Take the next export in hand; None if nothing waits."""
    found = queries.next_export(uow.session, uow.now)
    if found is not None:
        found.begin(uow.now)
    return found


def in_hand(uow: UnitOfWork, mine: Export) -> Export:
    """The export as it is stored, still this writer's; Superseded otherwise."""
    export = uow.get(Export, mine.id)
    if (export.state, export.attempts) != (WRITING, mine.attempts):
        raise Superseded
    return export


def beat(uow: UnitOfWork, mine: Export) -> None:
    """Say that its writer lives."""
    in_hand(uow, mine).beat_at = uow.now


def old(uow: UnitOfWork) -> list[Export]:
    """Those whose files were kept long enough."""
    found: list[Export] = queries.expired_exports(uow.session, uow.now)
    return found


def expire(uow: UnitOfWork, export: Export) -> None:
    """Note that an old one's files are gone: only afterwards, or what is left is never found."""
    uow.get(Export, export.id).state = EXPIRED
