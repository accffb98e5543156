"""Rules."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork

from ..model.rule import Rule


def adopt_rule(command: dict[str, Any], uow: UnitOfWork) -> Rule:
    """Record a rule that a body adopted; it is in force from that day on."""
    uow.happened(command["happened_on"])
    return uow.add(Rule.adopt(**command, recorded_at=uow.now))
