"""Payments released to units and spent by them."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.clock import not_before

from ..model.fund import FundEntry
from ..model.project import Project
from ..queries import funds
from ..queries.rules import in_force
from . import references
from .said import said

Json = dict[str, Any]


def enter_funds(command: Json, uow: UnitOfWork) -> FundEntry:
    """Enter a payment or correct one; a unit of the project in its own name, or an office.

    More spent than released is entered as it is; the summary warns of it.
    """
    project = uow.get(Project, command["id"])
    references.speaks_for_unit(uow, command["unit_id"])
    day = uow.happened(command["happened_on"])
    not_before(day, project.adopted_on)
    references.unit_of_project(uow, project, command["unit_id"], day)
    if command["sub_item_id"] is not None:
        project.sub_item(command["sub_item_id"])
    before = funds.entries_of(uow.session, [project.id], command["kind"])
    _corrects_its_own(uow, before, command["corrects"])
    rule = in_force(uow.session, "fund-sources", day)
    entry = FundEntry.enter(
        rule, before, **said(command), project_id=project.id, recorded_at=uow.now
    )
    return uow.add(entry)


def _corrects_its_own(uow: UnitOfWork, before: list[FundEntry], corrects: str | None) -> None:
    """Forbidden for a unit that corrects another one's payment."""
    for entry in before:
        if entry.id == corrects:
            references.speaks_for_unit(uow, entry.unit_id)
