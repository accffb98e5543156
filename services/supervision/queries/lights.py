"""Lights: by the rule in force, or as somebody set them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ..model.light import Light, light
from ..model.override import LightOverride
from ..model.state import ProjectState
from ..tables.changes import light_overrides
from .reading import Json, Query
from .rules import in_force


def lights_of(
    session: Session, states: Mapping[str, ProjectState], on: dt.date
) -> dict[str, Light]:
    """The light of each state, computed by that day's rule unless a person's holds."""
    rule = in_force(session, "lights", on)
    held = {one.project_id: one for one in overrides(session, list(states)) if one.holds(on)}
    found = {}
    for id_, state in states.items():
        computed = replace(
            light(rule.content, state), rule_id=rule.id or None, rule_digest=rule.digest
        )
        found[id_] = _set(held[id_], computed) if id_ in held else computed
    return found


def overrides(session: Session, project_ids: list[str]) -> list[LightOverride]:
    """All lights that were ever set by hand for some projects, the oldest first."""
    c = light_overrides.c
    query = sa.select(LightOverride).where(c.project_id.in_(project_ids))
    return list(session.scalars(query.order_by(c.happened_on, c.id)))


def list_overrides(project_id: str) -> Callable[[Json], Query]:
    """Those of one project by day."""
    c = light_overrides.c
    query = sa.select(LightOverride).where(c.project_id == project_id)
    return lambda params: query.order_by(c.happened_on, c.id)


def _set(override: LightOverride, computed: Light) -> Light:
    until = override.until.isoformat()
    return replace(
        computed,
        code=override.code,
        name=override.name,
        colour=override.colour,
        reason_zh=f"人工调整(至{until}):{override.reason};按规则为“{computed.name}”",
        reason_en=f"set by a person until {until}; by the rule: {computed.code}",
        override_id=override.id,
        computed_code=computed.code,
    )
