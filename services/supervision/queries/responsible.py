"""Which units are responsible for a project on a day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from ..model.project import Project
from .plans import plan_in_force


def lead_unit(session: Session, project: Project, on: dt.date) -> str:
    """The lead unit by the plan in force; before there is one, as the congress voted."""
    plan = plan_in_force(session, project.id, on)
    return plan.lead_unit_id if plan else project.lead_unit_id


def units(session: Session, project: Project, on: dt.date) -> set[str]:
    """All units that the plan in force names; before there is one, the lead unit."""
    plan = plan_in_force(session, project.id, on)
    return {one.unit_id for one in plan.units} if plan else {project.lead_unit_id}
