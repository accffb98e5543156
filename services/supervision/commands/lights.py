"""Lights set by hand."""

from __future__ import annotations

from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid

from ..model.override import LightOverride
from ..model.project import Project
from ..queries.lights import overrides
from ..queries.rules import in_force
from .said import said

Json = dict[str, Any]


def override_light(command: Json, uow: UnitOfWork) -> LightOverride:
    """Set a light of the rule in force for a time; one at a time."""
    # Locked: of two at once, nobody could say which holds.
    project = uow.get(Project, command["id"], locked=True)
    day = uow.happened(command["happened_on"])
    rule = in_force(uow.session, "lights", day)
    chosen = [one for one in rule.content if one["code"] == command["code"]]
    if not chosen:
        raise Invalid(
            "light-unknown",
            "the rule in force has no such light",
            "现行进度灯规则中没有此项",
            [{"pointer": "/code", "detail": "is not a light of the rule in force"}],
        )
    before = overrides(uow.session, [project.id])
    if any(one.overlaps(day, command["until"]) for one in before):
        raise Conflict(
            "override-there",
            "a light set by hand holds already; lift it first",
            "已有人工调整的进度灯,请先撤销",
        )
    shown = {name: chosen[0][name] for name in ("name", "colour")}
    return uow.add(
        LightOverride.set(project_id=project.id, **shown, **said(command), recorded_at=uow.now)
    )


def lift_override(command: Json, uow: UnitOfWork) -> LightOverride:
    """Let the rule decide again."""
    override = uow.get(LightOverride, command["id"])
    uow.happened(command["happened_on"])
    override.lift(**said(command))
    return override
