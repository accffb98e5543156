"""Do the things that a command names exist here?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Forbidden, Invalid

from ..model.project import Project
from ..queries import existing, responsible
from ..tables import heard


def project(uow: UnitOfWork, id_: str) -> Project:
    """The project; Conflict while no certified result has brought it."""
    found = uow.find(Project, id_)
    if found is None:
        raise _not_heard("project", "项目", "/project_id")
    return found


def deputies(uow: UnitOfWork, ids: Iterable[str], pointer: str = "/deputy_id") -> None:
    """Conflict while one of these deputies has not been heard of."""
    if not existing.all_heard(uow.session, heard.deputies, ids):
        raise _not_heard("deputy", "代表", pointer)


def speaks_for_unit(uow: UnitOfWork, unit_id: str) -> None:
    """Forbidden unless a unit does it itself: its token's subject is its id in the register.

    The government's and the congress's offices may do it in any unit's name.
    """
    uow.principal.speak_for(unit_id, own="unit", others=("government", "clerk"))


def part_of(uow: UnitOfWork, unit_id: str | None, allowed: Collection[str], lead: str) -> str:
    """The unit in whose name something is done that only ``allowed`` ones may do.

    Without ``unit_id`` the caller's own, if it is one of them, else the lead unit's.
    """
    subject = uow.principal.subject
    unit = unit_id or (subject if subject in allowed else lead)
    speaks_for_unit(uow, unit)
    if unit not in allowed:
        raise Forbidden(
            "unit-not-of-project",
            "this is done by the units that carry it out by the plan in force",
            "只有现行实施计划中负责此项的单位可以办理",
        )
    return unit


def units(uow: UnitOfWork, ids: Iterable[str], pointer: str = "/unit_id") -> None:
    """Conflict while one of these units has not been heard of."""
    if not existing.all_heard(uow.session, heard.units, ids):
        raise _not_heard("unit", "单位", pointer)


def unit_of_project(
    uow: UnitOfWork, project: Project, unit_id: str, day: dt.date, pointer: str = "/unit_id"
) -> None:
    """Invalid unless the plan in force on that day names the unit."""
    if unit_id not in responsible.units(uow.session, project, day):
        raise Invalid(
            "unit-of-another-project",
            "this unit is not one of the project's by its plan in force",
            "该单位不是本项目实施计划所列的单位",
            [{"pointer": pointer, "detail": "is not a unit of this project"}],
        )


def own(uow: UnitOfWork, cls: type[Any], id_: str | None, pointer: str) -> Any:
    """What this service itself keeps, or None for None; Invalid if it does not exist."""
    return None if id_ is None else uow.known(cls, id_, pointer)


def same_project(thing: Any, project_id: str, pointer: str) -> None:
    """Invalid if a visit or a problem belongs to another project."""
    if thing is not None and thing.project_id != project_id:
        raise Invalid(
            "other-project",
            "this belongs to another project",
            "该记录属于另一个项目",
            [{"pointer": pointer, "detail": "belongs to another project"}],
        )


def _not_heard(en: str, zh: str, pointer: str) -> Conflict:
    # It may still be on its way in an event: to try again a moment later is right.
    return Conflict(
        f"{en}-not-heard",
        f"no such {en} is known here (yet); check the id, or try again in a moment",
        f"此处尚不知道该{zh}:请核对编号,或稍后再试",
        [{"pointer": pointer, "detail": "is not known here"}],
    )
