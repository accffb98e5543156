"""Copies of what other services published."""

from __future__ import annotations

from typing import Any

from services.chassis import copies
from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork

from ..tables.heard import heard_deputies, heard_look_backs, heard_projects


def hear_project(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a copy of a project that supervision adopted."""
    copies.keep_newest(uow.session, heard_projects, data | {"version": event.version})


def hear_look_back(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a copy of a look-back."""
    copies.keep_newest(uow.session, heard_look_backs, data | {"version": event.version})


def hear_deputy(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep a copy of a deputy on ballot's register."""
    row = {
        "id": data["id"],
        "congresses": [mandate["congress"] for mandate in data["mandates"]],
        "enrolled_on": data["enrolled_on"],
        "delegations": {
            mandate["congress"]: mandate["delegation"]
            for mandate in data["mandates"]
            if mandate["delegation"]
        },
        "version": event.version,
    }
    copies.keep_newest(uow.session, heard_deputies, row)
