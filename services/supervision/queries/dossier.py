"""The dossier of a project: its outcome, and every register about it, paged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.chassis.work import get, is_id
from services.commons.errors import NotFound

from ..model.project import Project
from .archive import outcome_of
from .project_registers import Register, registers
from .reading import Query

Json = dict[str, Any]
#: So many of a register's last records stand in the overview.
LAST = 3


def dossier(session: Session, project_id: str, now: dt.datetime) -> Json:
    """The overview: each register that has something, with its count and its last records."""
    project = get(session, Project, project_id)
    found = [_overview(session, register, project_id) for register in registers().values()]
    return {
        "outcome": outcome_of(session, project),
        "as_of": now,
        "registers": [one for one in found if one["count"]],
    }


def register_of(project_id: str, code: str) -> Callable[[Json], Query]:
    """The records of one register about a project, the first first; NotFound without it."""
    register = registers().get(code)
    if register is None or not is_id(project_id):
        raise NotFound("register-unknown", "there is no such register", "没有此登记册")
    query = sa.select(register.entity).where(register.of(project_id)).order_by(*register.order)
    return lambda params: query


def entry(row: Any) -> Json:
    """A record as the dossier shows it."""
    state = sa.inspect(row)
    register = registers()[state.mapper.local_table.name]
    named = {
        name: state.mapper.get_property_by_column(register.table.c[name]).key
        for name in register.columns
    }
    return {
        "register": register.code,
        "id": row.id,
        "happened_on": getattr(row, "happened_on", None),
        "data": {
            name: _plain(getattr(row, key)) for name, key in named.items() if name != "happened_on"
        },
    }


def _overview(session: Session, register: Register, project_id: str) -> Json:
    about = register.of(project_id)
    count = session.scalar(sa.select(sa.func.count()).select_from(register.table).where(about))
    last: list[Any] = []
    if count:
        order = [column.desc() for column in register.order]
        query = sa.select(register.entity).where(about).order_by(*order).limit(LAST)
        last = list(session.scalars(query))
    return {
        "register": register.code,
        "name_zh": register.name_zh,
        "count": count,
        "last": [entry(row) for row in last],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
