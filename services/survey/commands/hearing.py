"""Copies of what other services published."""

from __future__ import annotations

from typing import Any

from services.chassis import copies
from services.chassis.cloudevents import Event
from services.chassis.work import UnitOfWork
from services.commons.errors import Invalid

from ..model.heard import HeardScore
from ..model.requirement import Requirement
from ..tables.heard import heard_deputies, heard_look_backs, heard_projects
from ..tables.results import heard_scores


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


def hear_rectification(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Note at a requirement how far its task has come; it was told of by this service itself."""
    requirement = uow.get(Requirement, data["requirement_id"], locked=True)
    told = {name: data[name] for name in ("state", "round", "reported_on", "confirmed_on")}
    requirement.hear(told | {"version": event.version})


def hear_score(data: dict[str, Any], event: Event, uow: UnitOfWork) -> None:
    """Keep what is compared of a score that another deployment published; never of an own one.

    Who publishes for a congress is the deployment that sends it first: another source can not
    change what one has published.
    """
    if event.source == f"/{uow.settings.jurisdiction}/{uow.settings.service}":
        return
    known = uow.session.get(HeardScore, data["id"])
    if known is not None and known.source != event.source:
        raise Invalid(
            "score-of-another",
            "this score was published by another deployment",
            "该测评结果系由另一地系统公布",
        )
    row = {
        "id": data["id"],
        "source": event.source,
        "congress": data["congress"],
        "year": data["year"],
        "content": data,
        "version": event.version,
    }
    copies.keep_newest(uow.session, heard_scores, row)
